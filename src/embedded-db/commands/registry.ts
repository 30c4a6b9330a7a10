// Every command the server answers, by its name on the wire.
import { aggregate } from './aggregate.ts';
import { collStats } from './coll-stats.ts';
import type { Command } from './command.ts';
import { count } from './count.ts';
import { createIndexes } from './create-indexes.ts';
import { create } from './create.ts';
import { deleteCommand } from './delete.ts';
import { buildInfo, connectionStatus, getLog, getParameter, ping } from './diagnostics.ts';
import { distinct } from './distinct.ts';
import { drop, dropDatabase, dropIndexes } from './drop.ts';
import { endSessions } from './end-sessions.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import { find } from './find.ts';
import { getMore, killCursors } from './get-more.ts';
import { hello, saslContinue, saslStart } from './hello.ts';
import { insert } from './insert.ts';
import { listCollections, listDatabases, listIndexes } from './listing.ts';
import { checkCommand, sweepExpired } from './own.ts';
import { update } from './update.ts';

export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({
    aggregate,
    buildInfo,
    buildinfo: buildInfo,
    collStats,
    connectionStatus,
    count,
    create,
    createIndexes,
    delete: deleteCommand,
    distinct,
    drop,
    dropDatabase,
    dropIndexes,
    endSessions,
    explain,
    find,
    findAndModify,
    getLog,
    getMore,
    getParameter,
    hello,
    insert,
    isMaster: hello,
    ismaster: hello,
    killCursors,
    listCollections,
    listDatabases,
    listIndexes,
    ping,
    saslContinue,
    saslStart,
    skillrollCheck: checkCommand,
    skillrollSweep: sweepExpired,
    update,
  }),
);
