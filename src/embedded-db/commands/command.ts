// What a command file exports: how it runs, and what it needs around it.
import { CommandError, unsupported } from '../errors.ts';
import { isDoc, keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { compileExpression } from '../query/expressions.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, numberField } from '../wire/fields.ts';
import type { Request } from '../wire/op-msg.ts';
import type { Answer } from '../wire/reply.ts';

export type Command = ReadCommand | WriteCommand | ReadOrWriteCommand;

/** Answers at once from the state it sees. */
export interface ReadCommand {
  readonly inTransaction: boolean;
  read(op: Operation, request: Request): Answer;
}

/** Changes documents, in steps that the writer may commit one by one. */
export interface WriteCommand {
  readonly inTransaction: boolean;
  write(op: Operation, request: Request): WriteWork<Answer>;
}

/** Either, as its request says. */
export interface ReadOrWriteCommand extends ReadCommand, WriteCommand {
  writes(request: Request): boolean;
}

/** The values of the variables in `let`, which may be given as constant expressions, with `NOW`. */
export function variablesOf(op: Operation, body: Doc): Doc {
  const given = docField(body, 'let') ?? newDoc();
  const vars = newDoc();
  vars['NOW'] = op.now;
  for (const name of keysOf(given)) {
    setField(vars, name, compileExpression(given[name] as Value)(newDoc(), { NOW: op.now }) ?? null);
  }
  return vars;
}

/** `performance.now()` at which `maxTimeMS` ends the command, if it was given. */
export function deadlineOf(body: Doc): number | undefined {
  const limit = numberField(body, 'maxTimeMS', 0);
  return limit > 0 ? performance.now() + limit : undefined;
}

/** The collection name a command is given in its first field. InvalidNamespace (73). */
export function collectionName(request: Request): string {
  const name = request.body[request.name];
  if (typeof name !== 'string' || name === '')
    throw new CommandError(73, `collection name has invalid type or is empty`);
  return name;
}

/** Refuses a collation other than the simple one, wherever it was written. */
export function refuseCollation(holder: Doc): void {
  const collation = holder['collation'];
  if (isDoc(collation) && collation['locale'] !== 'simple') throw unsupported('a collation');
}
