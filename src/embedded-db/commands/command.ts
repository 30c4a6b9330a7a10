// What a command is, and what most of them are given.
import { CommandError, unsupported } from '../errors.ts';
import { isDoc, keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { compileExpression } from '../query/expressions.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, numberField } from '../wire/fields.ts';
import type { Request } from '../wire/messages.ts';
import type { Answer } from '../wire/reply.ts';

/** Answers at once from the state it sees; or goes on in steps that the writer may commit one by one. */
export type Command = (op: Operation, request: Request) => Answer | WriteWork<Answer>;
/** The commands of a family, by their names on the wire. */
export type Commands = Readonly<Record<string, Command>>;

/** The collection name a command is given in its first field. InvalidNamespace (73). */
export function collectionName({ name, body }: Request): string {
  const collection = body[name];
  if (typeof collection === 'string' && collection !== '') return collection;
  throw new CommandError(73, 'collection name has invalid type or is empty');
}

/** What a command or statement asks of a collection: the filter in its field `filter`, hint, variables, and when to give up. */
export function queryOf(
  op: Operation,
  body: Doc,
  filter: 'filter' | 'query' | 'q',
  vars = variablesOf(op, body),
) {
  refuseCollation(body);
  const limitMs = numberField(body, 'maxTimeMS', 0);
  return {
    filter: docField(body, filter) ?? newDoc(),
    hint: hintOf(body),
    vars,
    deadline: limitMs > 0 ? performance.now() + limitMs : undefined,
    memory: op.engine.memory,
  };
}

/** The values of the variables in `let`, which may be given as constant expressions, with `NOW`. */
export function variablesOf(op: Operation, body: Doc): Doc {
  const vars: Doc = { NOW: op.now };
  const given = docField(body, 'let') ?? newDoc();
  for (const name of keysOf(given))
    setField(vars, name, compileExpression(given[name] as Value)(newDoc(), { NOW: op.now }) ?? null);
  return vars;
}

/** Refuses a collation other than the simple one, wherever it was written. */
export function refuseCollation({ collation }: Doc): void {
  if (isDoc(collation) && collation['locale'] !== 'simple') throw unsupported('a collation');
}

// An empty hint counts as none.
function hintOf(body: Doc): Doc | string | undefined {
  if (typeof body['hint'] === 'string') return body['hint'];
  const key = docField(body, 'hint');
  return key && keysOf(key).length > 0 ? key : undefined;
}
