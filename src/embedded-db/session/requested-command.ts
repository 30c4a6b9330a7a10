// Finds the command a request asks for, and says whether it reads or writes.
import type { Command, WriteCommand } from '../commands/command.ts';
import { COMMANDS } from '../commands/registry.ts';
import { CommandError, unsupported } from '../errors.ts';
import type { Request } from '../wire/op-msg.ts';
import type { Answer } from '../wire/reply.ts';
import type { Operation } from './operation.ts';

/** Whether this request of the command changes anything. */
export function writes(command: Command, request: Request): command is WriteCommand & Command {
  return 'write' in command && (!('writes' in command) || command.writes(request));
}

/** The answer of a command that only reads. */
export function readOf(command: Command, op: Operation, request: Request): Answer {
  if (!('read' in command)) throw new TypeError(`${request.name} does not read`);
  return command.read(op, request);
}

/** The command of a request, or CommandNotFound (59). */
export function commandOf(request: Request): Command {
  const command = COMMANDS.get(request.name);
  if (command) return command;
  throw unsupported(`The command ${request.name}`, 59);
}

/** The database a request is for. */
export function databaseOf({ body }: Request): string {
  const db = body['$db'];
  if (typeof db !== 'string' || db === '')
    throw new CommandError(40571, 'OP_MSG requests require a $db argument');
  return db;
}
