// How every posted form is handled: token, shape (Joi), act, redirect; whatever is wrong shows the same page again with
// what was typed.
import type Joi from 'joi';
import {
  ApplicationError,
  Conflict,
  InvalidInput,
  NotFound,
  StoreFull,
  TooOften,
  type Details,
  type FieldProblem,
} from '../../domain/shared/errors.ts';
import type { FieldError } from '../frame.ts';
import type { Exchange } from './exchange.ts';
import type { FlashMessage } from './flash.ts';
import { contradictionOf, isOfKind, type Contradiction } from '../../domain/shared/file-kind.ts';
import type { Intake, IntakeRule } from './intake.ts';
import type { UploadedFile } from './body.ts';
import { noteRefusal } from './note-refusal.ts';
import { randomToken } from './tokens.ts';

export interface FormState {
  readonly status: number;
  /** What was typed, by field name; an empty object on a fresh form. */
  readonly values: Readonly<Record<string, string | string[]>>;
  readonly errors: readonly FieldError[];
  readonly submissionKey: string;
  /** The error that sent the form back, for pages that show more than its sentence (409 with both values). */
  readonly cause: ApplicationError | null;
  /** The key of the form that came back, '' where the page needs none; null on a fresh one. */
  readonly form: string | null;
}

export interface FormSpec<V> {
  readonly schema: Joi.ObjectSchema<V>;
  /** Files and size, where the form takes more than a few fields. */
  readonly takes?: IntakeRule;
  /** The `key` of its fields, where a page holds several forms with a field of the same name. */
  readonly key?: string | ((fields: FormState['values']) => string);
  /** Shows the page the form stands on, fresh errors included. */
  readonly show: (exchange: Exchange, state: FormState) => Promise<void> | void;
  /** Does the work and says where to go; errors of the five kinds come back to `show`. */
  readonly act: (
    exchange: Exchange,
    value: V,
    files: readonly UploadedFile[],
  ) => Promise<{ to: string; flash?: FlashMessage } | 'answered'>;
}

/** The state of a form nobody has sent yet; values prefill its fields. */
export function freshForm(values: FormState['values'] = {}): FormState {
  return { status: 200, values, errors: [], submissionKey: randomToken(18), cause: null, form: null };
}

/** The page options that carry a form's state to its page. */
export function formOptions(state: FormState): {
  status: number;
  errors: readonly FieldError[];
  submissionKey: string;
  form: string | null;
} {
  const { status, errors, submissionKey, form } = state;
  return { status, errors, submissionKey, form };
}

/**
 * Checks shape with Joi: converted value, or one problem a field. Messages are wording keys: a schema's
 * `.messages({ 'string.empty': 'training.enterName' })` or else `shared.form.<kind>` with the label's wording.
 */
export function checkShape<V>(
  schema: Joi.ObjectSchema<V>,
  fields: Record<string, unknown>,
): { value: V } | { problems: FieldProblem[] } {
  const keys = keysOf(schema);
  const { value, error } = schema.validate(tidyNumbers(keys, fields), {
    abortEarly: false,
    stripUnknown: true,
    convert: true,
    errors: { escapeHtml: false },
  });
  if (!error) return { value: value as V };
  const seen = new Set<string>();
  const problems: FieldProblem[] = [];
  for (const detail of error.details) {
    const field = detail.path.join('.');
    if (seen.has(field)) continue;
    seen.add(field);
    const label = typeof detail.context?.label === 'string' ? detail.context.label : field;
    const custom = /^[\w]+\.[\w.]+$/.test(detail.message) ? detail.message : null;
    problems.push({
      field,
      code: custom ?? `shared.form.${shapeKind(detail.type, detail.context?.value, keys[field])}`,
      details: { label, limit: limitOf(detail.context) },
    });
  }
  return { problems };
}

/** Handles one posted form by its spec; `intake` says what it takes. */
export async function handleForm<V>(exchange: Exchange, spec: FormSpec<V>, intake: Intake): Promise<void> {
  const key = submissionKeyOf(exchange);
  const shape = checkShape(spec.schema, exchange.body.fields);
  if (!exchange.hasValidToken()) {
    noteRefusal(exchange.site.log, exchange, { status: 422, code: 'shared.staleForm' });
    return comeBack(exchange, spec, new InvalidInput([{ field: '', code: 'shared.staleForm' }]));
  }
  if (exchange.body.fields._held === '1') return showHeld(exchange, spec);
  if (exchange.body.files.some((file) => file.tooLarge)) {
    const field = exchange.body.files.find((file) => file.tooLarge)!.field;
    return comeBack(exchange, spec, new InvalidInput([{ field, code: 'shared.fileTooLarge' }]), 413);
  }
  const repeated = Object.entries(exchange.body.fields)
    .filter(([name, value]) => Array.isArray(value) && intake.knows(name) && !intake.isList(name))
    .map(([name]) => ({ field: name, code: 'shared.form.repeated', details: { name } }));
  if (repeated.length > 0) return comeBack(exchange, spec, new InvalidInput(repeated));
  const foreign = exchange.body.files.find((file) => !isOfKind(file.bytes, intake.files[file.field] ?? []));
  if (foreign !== undefined) {
    const kinds = (intake.files[foreign.field] ?? []).map((kind) => kind.toUpperCase());
    const problem = { field: foreign.field, code: 'shared.fileKind', details: { kinds } };
    return comeBack(exchange, spec, new InvalidInput([problem]));
  }
  const misnamed = exchange.body.files.flatMap((file) => {
    const found = contradictionOf(file, intake.files[file.field] ?? []);
    return found === null
      ? []
      : [{ field: file.field, code: 'shared.fileEnding', details: endingDetails(file, found) }];
  });
  if (misnamed.length > 0) return comeBack(exchange, spec, new InvalidInput(misnamed));
  if ('problems' in shape) return comeBack(exchange, spec, new InvalidInput(shape.problems));
  const { submissions } = exchange.response.locals as { submissions: SubmissionKeys };
  try {
    const result = await submissions.under(key, () => spec.act(exchange, shape.value, exchange.body.files));
    if (result === 'answered') return;
    await submissions.finish(key, result.to);
    exchange.redirect(result.to, result.flash);
  } catch (error) {
    if (error instanceof Conflict && error.code === 'shared.repeatedSubmission')
      return repeat(exchange, spec, key, submissions);
    if (error instanceof ApplicationError && !(error instanceof NotFound))
      return comeBack(exchange, spec, error);
    throw error;
  }
}

/** What makes two sendings one: the key of the page they come from, and the form, of which a page may hold several. */
function submissionKeyOf({ body, request }: Exchange): string {
  const key = typeof body.fields._key === 'string' ? body.fields._key : randomToken(18);
  return `${request.path} ${key}`;
}

/** The file's name, its end where it is long, what it holds, and the endings that would fit. */
function endingDetails({ name }: UploadedFile, { content, endings }: Contradiction): Details {
  const letters = [...name];
  const shown = letters.length > 60 ? `…${letters.slice(-60).join('')}` : name;
  return { name: shown, content, ending: endings.map((one) => `.${one}`) };
}

/** The form keys that keep a form sent twice from writing twice. */
export interface SubmissionKeys {
  under<T>(key: string, work: () => Promise<T>): Promise<T>;
  locationOf(key: string): Promise<string | null>;
  finish(key: string, location: string): Promise<void>;
}

async function repeat<V>(
  exchange: Exchange,
  spec: FormSpec<V>,
  key: string,
  submissions: SubmissionKeys,
): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const location = await submissions.locationOf(key);
    if (location)
      return exchange.redirect(location, { tone: 'info', text: exchange.t('shared.repeatedSubmission') });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return comeBack(exchange, spec, new Conflict('shared.repeatedSubmission'));
}

async function comeBack<V>(
  exchange: Exchange,
  spec: FormSpec<V>,
  error: ApplicationError,
  status?: number,
): Promise<void> {
  const problems: readonly FieldProblem[] =
    error instanceof InvalidInput
      ? error.problems
      : [{ field: '', code: error.code, details: error.details }];
  const errors = problems.map((problem) => ({
    field: problem.field,
    message: explainProblem(exchange, problem),
  }));
  await spec.show(exchange, {
    status: status ?? statusOf(error),
    values: typedValues(exchange.body.fields),
    errors,
    submissionKey: randomToken(18),
    cause: error,
    form: keyOf(exchange, spec),
  });
}

/** A form kept while its sender signed in again: shown with what was typed, and nothing done yet. */
async function showHeld<V>(exchange: Exchange, spec: FormSpec<V>): Promise<void> {
  const form = keyOf(exchange, spec);
  await spec.show(exchange, { ...freshForm(typedValues(exchange.body.fields)), form });
}

function keyOf<V>({ body }: Exchange, { key = '' }: FormSpec<V>): string {
  return typeof key === 'string' ? key : key(typedValues(body.fields));
}

/** The fields of a form that may be shown again or kept: no hidden keys, no password. */
export function typedValues(fields: FormState['values']): FormState['values'] {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !name.startsWith('_') && !/password/i.test(name)),
  );
}

function explainProblem(exchange: Exchange, problem: FieldProblem): string {
  const label = problem.details?.label;
  const named =
    typeof label === 'string' && exchange.site.wording.has(label)
      ? { ...problem.details, label: exchange.t(label) }
      : problem.details;
  const message = exchange.explain({ code: problem.code, ...(named ? { details: named } : {}) });
  const line = problem.details?.line;
  // A sentence that knows nothing of lines is told of one of many.
  const saysLine = exchange.site.wording.entries.get(problem.code)?.zh.includes('{line}') ?? false;
  return typeof line === 'number' && !saysLine ? exchange.t('shared.onLine', { line, message }) : message;
}

function statusOf(error: ApplicationError): number {
  if (error instanceof Conflict) return 409;
  if (error instanceof TooOften) return 429;
  if (error instanceof StoreFull) return 507;
  return error.name === 'NotAllowed' ? 403 : 422;
}

/** What a schema says of its fields: `only` is set for those with a list to choose from. */
type Keys = Readonly<
  Record<string, { readonly type?: string; readonly flags?: { readonly only?: boolean } }>
>;

const known = new WeakMap<object, Keys>();

/** A schema serves every sending of its form and is described once. */
function keysOf(schema: Joi.ObjectSchema<unknown>): Keys {
  const keys = known.get(schema) ?? ((schema.describe().keys ?? {}) as Keys);
  known.set(schema, keys);
  return keys;
}

/** Digits of a number may be typed full-width, with spaces around. */
function tidyNumbers(keys: Keys, fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      typeof value === 'string' && keys[name]?.type === 'number'
        ? [name, value.normalize('NFKC').trim()]
        : [name, value],
    ),
  );
}

function shapeKind(type: string, value: unknown, key: Keys[string] | undefined): string {
  if (type === 'any.required' || type === 'string.empty')
    return key?.flags?.only === true ? 'choose' : 'required';
  if (type === 'number.base' && value === '') return 'required';
  if (type === 'any.only') return 'choose';
  if (type.startsWith('number.'))
    return type === 'number.min' || type === 'number.less'
      ? 'tooSmall'
      : type === 'number.max' || type === 'number.greater'
        ? 'tooLarge'
        : 'number';
  if (type.startsWith('date.') || type === 'day.invalid') return 'day';
  if (type === 'string.max') return 'tooLong';
  if (type === 'string.min') return 'tooShort';
  return 'unreadable';
}

function limitOf(context: Joi.Context | undefined): number | string {
  const limit: unknown = context?.limit;
  return typeof limit === 'number' || typeof limit === 'string' ? limit : '';
}
