// Every command the server answers, by its name on the wire.
import { unsupported } from '../errors.ts';
import type { Request } from '../wire/messages.ts';
import { aggregate } from './aggregate.ts';
import { collStats } from './coll-stats.ts';
import { create, drop, dropDatabase } from './collections.ts';
import type { Command } from './command.ts';
import { count, distinct } from './count-distinct.ts';
import { getMore, killCursors } from './cursors.ts';
import { buildInfo, getLog, getParameter, ping, skillrollCheck, skillrollSweep } from './diagnostics.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import { find } from './find.ts';
import { endSessions, hello, saslContinue, saslStart } from './hello.ts';
import { createIndexes, dropIndexes } from './indexes.ts';
import { listCollections, listDatabases, listIndexes } from './listing.ts';
import { deleteCommand, insert, update } from './writes.ts';

/** What a transaction may hold. */
const OF_TRANSACTIONS: Record<string, Command> = {
  aggregate,
  delete: deleteCommand,
  distinct,
  find,
  findAndModify,
  getMore,
  insert,
  killCursors,
  update,
};

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...OF_TRANSACTIONS,
    buildInfo,
    buildinfo: buildInfo,
    collStats,
    count,
    create,
    createIndexes,
    drop,
    dropDatabase,
    dropIndexes,
    endSessions,
    explain,
    getLog,
    getParameter,
    hello,
    isMaster: hello,
    ismaster: hello,
    listCollections,
    listDatabases,
    listIndexes,
    ping,
    saslContinue,
    saslStart,
    skillrollCheck,
    skillrollSweep,
  }),
);

/** The command of a request, or CommandNotFound (59). */
export function commandOf({ name }: Request): Command {
  const command = COMMANDS.get(name);
  if (command) return command;
  throw unsupported(`The command ${name}`, 59);
}

/** Whether a transaction may hold this command. */
export function isOfTransactions({ name }: Request): boolean {
  return Object.hasOwn(OF_TRANSACTIONS, name);
}
