// Small questions about the server itself: what drivers and tools ask, and two of our own. skillrollCheck compares every
// index entry with the documents, in both directions; skillrollSweep deletes expired documents now instead of within a minute.
import { checkCollection } from '../check-indexes.ts';
import { unsupported } from '../errors.ts';
import { deleteExpired } from '../indexes/expiry.ts';
import { flagOf } from '../wire/fields.ts';
import type { Command, Commands } from './command.ts';

const ping: Command = () => ({});

const buildInfo: Command = () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded',
  modules: ['embedded'],
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
});

// The server keeps no log of its own; shells ask for warnings at their start.
const getLog: Command = (_op, { body }) => {
  if (body['getLog'] !== 'startupWarnings') throw unsupported(`the log ${String(body['getLog'])}`);
  return { totalLinesWritten: 0, log: [] };
};

const getParameter: Command = (_op, { body }) => {
  if (body['getParameter'] === '*' || flagOf(body['featureCompatibilityVersion']))
    return { featureCompatibilityVersion: { version: '7.0' } };
  throw unsupported('a parameter other than featureCompatibilityVersion');
};

const skillrollCheck: Command = ({ engine: { catalog }, view }) => {
  const reports = catalog.all().map((collection) => checkCollection(view, collection));
  const errors = reports.flatMap((report) => report.errors);
  return {
    valid: errors.length === 0,
    documents: reports.reduce((sum, report) => sum + report.documents, 0),
    entries: reports.reduce((sum, report) => sum + report.entries, 0),
    errors: errors.slice(0, 100),
  };
};

const skillrollSweep: Command = function* ({ engine, now }) {
  return { deleted: yield* deleteExpired(engine, now) };
};

export const diagnostics: Commands = {
  ping,
  buildInfo,
  buildinfo: buildInfo,
  getLog,
  getParameter,
  skillrollCheck,
  skillrollSweep,
};
