// The view engine: strict Handlebars templates, read at start and compiled once; a missing key is an error with its name.
import Handlebars from 'handlebars';
import type { Frame } from './frame.ts';
import { createHelpers } from './helpers/create-helpers.ts';
import { checkTemplate, readSignature } from './template-checks.ts';
import { readTemplates } from './template-files.ts';
import type { TemplateFile } from './template-files.ts';
import type { Wording } from './wording.ts';

export interface ViewEngine {
  /** The whole page as HTML. Throws, naming the template, when the model lacks a key the page prints. */
  render(view: string, model: object, frame: Frame): string;
  readonly views: readonly string[];
  /** Checks every template: one sentence for each that is wrong. Drawing such a template throws the same sentence. */
  problems(): string[];
}

type Compiled = (context: unknown, options: { data: object }) => string;

/** Reads every template under `viewsDir`; partials, arguments, helpers and wording keys are checked before a first use. */
export function createViewEngine(viewsDir: string, wording: Wording): ViewEngine {
  const handlebars = Handlebars.create();
  const files = readTemplates(viewsDir);
  const partials = new Map<string, Compiled>();
  const helpers = createHelpers({ wording, partial: (name) => found(partials, name, 'partial') });
  for (const [name, helper] of Object.entries(helpers))
    handlebars.registerHelper(name, helper as Handlebars.HelperDelegate);

  const context = {
    wording,
    helpers: new Set(Object.keys(helpers)),
    signatures: new Map(files.filter(isPartial).map((file) => [file.name, readSignature(file.source)])),
  };
  const prepare = (file: TemplateFile): hbs.AST.Program => {
    try {
      const ast = handlebars.parse(file.source);
      checkTemplate(ast, { ...context, strictArguments: file.kind !== 'partial' });
      return ast;
    } catch (cause) {
      throw new Error(`The ${file.kind} ${file.name}: ${(cause as Error).message}`, { cause });
    }
  };
  const options = compileOptions(Object.keys(helpers));
  // Compiled at first use: the process starts sooner, and one unfinished page does not stop the others.
  const compile = (file: TemplateFile): Compiled => {
    let template: Compiled | undefined;
    // A partial called without arguments gets none, not nothing: what it may be given is then absent.
    return (model, runtime) =>
      (template ??= handlebars.compile(prepare(file), options))(model ?? {}, runtime);
  };

  const views = new Map<string, { template: Compiled; layout: string }>();
  const layouts = new Map<string, Compiled>();
  for (const file of files) {
    const template = compile(file);
    if (file.kind === 'view') views.set(file.name, { template, layout: layoutOf(file) });
    else if (file.kind === 'layout') layouts.set(file.name, template);
    else partials.set(file.name, template);
  }
  for (const [name, template] of partials) handlebars.registerPartial(name, template as Handlebars.Template);

  return {
    views: [...views.keys()],
    problems: () => files.flatMap((file) => problemOf(() => prepare(file))),
    render(view, model, frame) {
      const { template, layout } = found(views, view, 'view');
      try {
        const still = /[?&]refresh=off\b/.test(frame.path);
        const html = template(model, { data: { frame, still } });
        const body = new Handlebars.SafeString(html);
        const parts = { ...partsOf(html), refreshing: !still && html.includes(' data-job=') };
        return found(layouts, layout, 'layout')({}, { data: { frame, body, parts } });
      } catch (cause) {
        throw new Error(`The view ${view} cannot be drawn: ${(cause as Error).message}`, { cause });
      }
    },
  };
}

function compileOptions(helpers: readonly string[]): CompileOptions {
  return {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(helpers.map((name) => [name, true])) as CompileOptions['knownHelpers'] &
      object,
    // A partial sees its named arguments and nothing else of the page.
    explicitPartialContext: true,
    // Indenting a partial would put spaces into the user's text areas.
    preventIndent: true,
  };
}

/** `{{!-- layout: public --}}` on the first line; main without it. */
function layoutOf(file: TemplateFile): string {
  return /^\{\{!--\s*layout:\s*([\w-]+)/.exec(file.source)?.[1] ?? 'main';
}

/** The skip links lead only to what the page has. */
function partsOf(html: string): { table: boolean; save: boolean } {
  return { table: html.includes(' id="table"'), save: html.includes(' id="save"') };
}

function problemOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function isPartial(file: TemplateFile): boolean {
  return file.kind === 'partial';
}

function found<T>(map: ReadonlyMap<string, T>, name: string, kind: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`There is no ${kind} "${name}".`);
  return value;
}
