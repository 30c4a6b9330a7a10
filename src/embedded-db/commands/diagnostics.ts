// Small questions about the server itself: what drivers and tools ask, and two of our own. skillrollCheck compares every
// index entry with the documents, in both directions; skillrollSweep deletes expired documents now instead of within a minute.
import { checkCollection } from '../check-indexes.ts';
import { CommandError } from '../errors.ts';
import { deleteExpired } from '../indexes/expiry.ts';
import type { Command } from './command.ts';

export const ping: Command = () => ({});

export const buildInfo: Command = () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded',
  modules: ['embedded'],
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
});

export const connectionStatus: Command = ({ caller: { user } }) => ({
  authInfo: {
    authenticatedUsers: user === undefined ? [] : [{ user, db: 'admin' }],
    authenticatedUserRoles: user === undefined ? [] : [{ role: 'root', db: 'admin' }],
  },
});

const LOGS = ['global', 'startupWarnings'];

/** The server keeps no log of its own; shells ask for warnings at their start. */
export const getLog: Command = (_op, { body: { getLog: wanted } }) => {
  if (wanted === '*') return { names: LOGS };
  if (typeof wanted !== 'string' || !LOGS.includes(wanted))
    throw new CommandError(96, `No log named '${String(wanted)}'`);
  return { totalLinesWritten: 0, log: [] };
};

export const skillrollCheck: Command = ({ engine: { catalog }, view }) => {
  const reports = catalog
    .databases()
    .flatMap((db) => catalog.list(db))
    .map((collection) => checkCollection(view, collection));
  const errors = reports.flatMap((report) => report.errors);
  return {
    valid: errors.length === 0,
    documents: reports.reduce((sum, report) => sum + report.documents, 0),
    entries: reports.reduce((sum, report) => sum + report.entries, 0),
    errors: errors.slice(0, 100),
  };
};

export const skillrollSweep: Command = function* ({ engine, now }) {
  return { deleted: yield* deleteExpired(engine, now) };
};
