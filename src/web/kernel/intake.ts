// What a form takes: how much, which files, and which of its fields are lists. Read off its schema, stated beside it.
import type Joi from 'joi';
import type { FileKind } from '../../domain/shared/file-kind.ts';

export interface IntakeRule {
  /** File fields and what each may hold; a form without any takes no file. */
  readonly files?: Readonly<Record<string, readonly FileKind[]>>;
  /** Most bytes of its fields, as sent. */
  readonly bytes?: number;
}

export interface Intake {
  readonly files: Readonly<Record<string, readonly FileKind[]>>;
  readonly bytes: number;
  /** Whether the form's schema names the field, or has a pattern for it. */
  knows(name: string): boolean;
  /** Whether the field may be given several times. */
  isList(name: string): boolean;
}

/** Enough for every form of single fields. */
export const usualFormBytes = 256 * 1024;
/** For grids and pasted lists of a whole cohort; a Chinese character takes nine bytes on the way. */
export const largeFormBytes = 2 * 1024 * 1024;

interface Described {
  readonly type?: string;
  readonly keys?: Readonly<Record<string, Described>>;
  readonly patterns?: readonly { readonly regex?: string; readonly rule: Described }[];
  readonly matches?: readonly { readonly schema?: Described }[];
}

/** The intake of a form with this schema. */
export function intakeOf(schema: Joi.ObjectSchema<unknown>, rule: IntakeRule = {}): Intake {
  const described = schema.describe() as Described;
  const fields = new Map(Object.entries(described.keys ?? {}));
  const patterns = (described.patterns ?? []).flatMap(({ regex, rule: inside }) =>
    regex === undefined ? [] : [{ regex: readRegex(regex), inside }],
  );
  const find = (name: string) =>
    fields.get(name) ?? patterns.find(({ regex }) => regex.test(name))?.inside ?? null;
  return {
    files: rule.files ?? {},
    bytes: rule.bytes ?? usualFormBytes,
    knows: (name) => find(name) !== null,
    isList: (name) => holdsList(find(name)),
  };
}

/** The intake of a request no form stands behind: nothing is known, nothing taken but a little text. */
export const noIntake: Intake = {
  files: {},
  bytes: usualFormBytes,
  knows: () => false,
  isList: () => false,
};

function holdsList(described: Described | null): boolean {
  return (
    described?.type === 'array' || (described?.matches ?? []).some(({ schema }) => holdsList(schema ?? null))
  );
}

/** Joi describes an expression as its source between slashes, with flags. */
function readRegex(text: string): RegExp {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}
