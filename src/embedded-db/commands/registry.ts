// Every command the server answers, by its name on the wire.
import { aggregate } from './aggregate.ts';
import { checkCommand } from './check.ts';
import { collStats, dbStats } from './coll-stats.ts';
import type { Command } from './command.ts';
import { count } from './count.ts';
import { createIndexes } from './create-indexes.ts';
import { create } from './create.ts';
import { deleteCommand } from './delete.ts';
import {
  buildInfo,
  connectionStatus,
  getLog,
  getParameter,
  ping,
  replSetGetStatus,
  serverStatus,
  whatsmyuri,
} from './diagnostics.ts';
import { distinct } from './distinct.ts';
import { dropDatabase } from './drop-database.ts';
import { dropIndexes } from './drop-indexes.ts';
import { drop } from './drop.ts';
import { endSessions, killAllSessions, refreshSessions, startSession } from './end-sessions.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import { find } from './find.ts';
import { getMore } from './get-more.ts';
import { hello } from './hello.ts';
import { insert } from './insert.ts';
import { killCursors } from './kill-cursors.ts';
import { listCollections } from './list-collections.ts';
import { listDatabases } from './list-databases.ts';
import { listIndexes } from './list-indexes.ts';
import { saslContinue, saslStart } from './sasl.ts';
import { sweepExpired } from './sweep-expired.ts';
import { update } from './update.ts';
import { validate } from './validate.ts';

export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({
    aggregate,
    buildInfo,
    buildinfo: buildInfo,
    collStats,
    collstats: collStats,
    connectionStatus,
    count,
    create,
    createIndexes,
    dbStats,
    dbstats: dbStats,
    delete: deleteCommand,
    distinct,
    drop,
    dropDatabase,
    dropIndexes,
    deleteIndexes: dropIndexes,
    endSessions,
    explain,
    find,
    findAndModify,
    findandmodify: findAndModify,
    getLog,
    getMore,
    getParameter,
    hello,
    insert,
    isMaster: hello,
    ismaster: hello,
    killAllSessions,
    killCursors,
    killSessions: endSessions,
    listCollections,
    listDatabases,
    listIndexes,
    ping,
    refreshSessions,
    replSetGetStatus,
    saslContinue,
    saslStart,
    serverStatus,
    skillrollCheck: checkCommand,
    skillrollSweep: sweepExpired,
    startSession,
    update,
    validate,
    whatsmyuri,
  }),
);
