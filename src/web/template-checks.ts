// Checks a parsed template at start, so that a misspelt partial, argument, helper or wording key never waits for a reader.
import type { Wording } from './wording.ts';
import { placeholders } from './wording.ts';

type Program = hbs.AST.Program;
type Hash = hbs.AST.Hash | undefined;
type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/** What a partial takes: `{{!-- args: name label hint? -- what it draws --}}` on its first line. */
export interface Signature {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface CheckContext {
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly helpers: ReadonlySet<string>;
  readonly wording: Pick<Wording, 'has' | 'entries'>;
  /** In views every value handed on must exist; partials may hand on an optional argument. */
  readonly strictArguments: boolean;
}

const builtIn = new Set(['if', 'unless', 'each', 'with', 'lookup']);
/** These ask whether something is there, so a missing key is an answer and not a mistake. */
const asking = new Set(['if', 'unless', 'and', 'or', 'not', 'either', 'isNone']);

/** Reads the argument list of a partial; a partial without one takes no arguments. */
export function readSignature(source: string): Signature {
  const list = /^\{\{!--\s*args:\s*([\w?\s]*?)\s*--/.exec(source)?.[1] ?? '';
  const names = list.split(/\s+/).filter(Boolean);
  return {
    required: names.filter((name) => !name.endsWith('?')),
    optional: names.filter((name) => name.endsWith('?')).map((name) => name.slice(0, -1)),
  };
}

/** Throws one sentence naming the first mistake, and marks arguments strict where the context asks for it. */
export function checkTemplate(program: Program, context: CheckContext): void {
  for (const statement of program.body) checkNode(statement, context);
}

function checkNode(node: hbs.AST.Node, context: CheckContext): void {
  switch (node.type) {
    case 'MustacheStatement':
    case 'BlockStatement':
    case 'SubExpression':
      checkCall(node as Call, context);
      break;
    case 'PartialStatement':
    case 'PartialBlockStatement':
      checkPartial(node as hbs.AST.PartialStatement, context);
      break;
    default:
  }
  const block = node as Partial<hbs.AST.BlockStatement>;
  if (block.program) checkTemplate(block.program, context);
  if (block.inverse) checkTemplate(block.inverse, context);
}

function checkCall(node: Call, context: CheckContext): void {
  const path = node.path;
  if (!isPath(path)) return;
  if (node.params.length === 0 && !node.hash) {
    // `{{count}}` is the field count, never the helper of that name: a helper always has arguments.
    if (node.type !== 'SubExpression' && !path.original.startsWith('@')) path.original = `./${path.original}`;
    return;
  }
  if (!context.helpers.has(path.original) && !builtIn.has(path.original)) {
    throw new Error(`there is no helper "${path.original}"`);
  }
  if (path.original === 't') checkWording(node.params[0], node.hash, context);
  if (path.original === 'within') {
    checkArguments(literal(node.params[0]), [...hashNames(node.hash), 'body'], context);
  }
  visitArguments(node.params, node.hash, context, context.strictArguments && !asking.has(path.original));
}

function checkPartial(node: hbs.AST.PartialStatement, context: CheckContext): void {
  const name = isPath(node.name) ? node.name.original : '';
  if (node.params.length === 0) checkArguments(name, hashNames(node.hash), context);
  else if (name !== '' && !context.signatures.has(name)) throw new Error(`there is no partial "${name}"`);
  visitArguments(node.params, node.hash, context, context.strictArguments);
}

function checkArguments(name: string, given: readonly string[], context: CheckContext): void {
  if (name === '') return;
  const signature = context.signatures.get(name);
  if (!signature) throw new Error(`there is no partial "${name}"`);
  const missing = signature.required.filter((key) => !given.includes(key));
  if (missing.length > 0) throw new Error(`the partial "${name}" needs ${missing.join(', ')}`);
  const known = new Set([...signature.required, ...signature.optional]);
  const unknown = given.filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`the partial "${name}" takes no ${unknown.join(', ')}`);
}

function checkWording(key: hbs.AST.Expression | undefined, hash: Hash, context: CheckContext): void {
  const name = literal(key);
  if (name === '') return;
  const entry = context.wording.entries.get(name);
  if (!entry) throw new Error(`there is no wording "${name}"`);
  const needed = placeholders(entry.zh);
  const given = hashNames(hash).filter((param) => param !== 'count' || needed.includes('count'));
  if (given.sort().join() !== needed.join()) {
    throw new Error(`the wording "${name}" takes ${needed.join(', ') || 'no parameter'}`);
  }
}

function visitArguments(
  params: readonly hbs.AST.Expression[],
  hash: Hash,
  context: CheckContext,
  strict: boolean,
): void {
  for (const value of [...params, ...(hash?.pairs.map((pair) => pair.value) ?? [])]) {
    if (value.type === 'PathExpression' && strict) Object.assign(value, { strict: true });
    checkNode(value, context);
  }
}

function hashNames(hash: Hash): string[] {
  return hash?.pairs.map((pair) => pair.key) ?? [];
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function literal(node: hbs.AST.Node | undefined): string {
  return node?.type === 'StringLiteral' ? (node as hbs.AST.StringLiteral).value : '';
}
