// The fields a command may have. Another one is a mistake of who sends it, which must not pass as if it had been heeded.
import type { Doc } from '../query/bson.ts';
import { knownFields } from '../query/stages/stage.ts';

const OF_ALL =
  '$db $readPreference $clusterTime lsid txnNumber autocommit startTransaction readConcern writeConcern maxTimeMS ' +
  'comment apiVersion apiStrict apiDeprecationErrors';
const OF_WRITES = 'ordered bypassDocumentValidation stmtId stmtIds let collectionUUID';

// Of the commands whose fields MongoDB 7.0 checks, by the names they have there.
const FIELDS: Readonly<Record<string, string>> = {
  aggregate:
    'pipeline cursor explain allowDiskUse bypassDocumentValidation hint collation let collectionUUID fromMongos needsMerge',
  count: 'query limit skip hint collation fields collectionUUID',
  create:
    'capped size max autoIndexId idIndex storageEngine validator validationLevel validationAction indexOptionDefaults viewOn ' +
    'pipeline collation timeseries expireAfterSeconds clusteredIndex changeStreamPreAndPostImages encryptedFields temp',
  createIndexes: 'indexes commitQuorum ignoreUnknownIndexOptions',
  delete: `deletes ${OF_WRITES}`,
  distinct: 'key query collation collectionUUID',
  drop: 'collectionUUID',
  dropDatabase: '',
  dropIndexes: 'index collectionUUID',
  find:
    'filter projection sort hint collation skip limit batchSize singleBatch allowDiskUse min max returnKey showRecordId tailable ' +
    'awaitData noCursorTimeout oplogReplay allowPartialResults readOnce let collectionUUID',
  findAndModify:
    'query fields sort hint collation remove update upsert new arrayFilters bypassDocumentValidation stmtId let collectionUUID',
  getMore: 'collection batchSize',
  insert: `documents ${OF_WRITES}`,
  killCursors: 'cursors',
  listCollections: 'filter cursor nameOnly authorizedCollections',
  listDatabases: 'filter nameOnly authorizedDatabases',
  listIndexes: 'cursor includeBuildUUIDs includeIndexBuildInfo',
  update: `updates ${OF_WRITES}`,
};
const OF_STATEMENTS = {
  'update.updates': 'q u c multi upsert arrayFilters hint collation upsertSupplied'.split(' '),
  'delete.deletes': 'q limit hint collation'.split(' '),
};

const known = new Map(
  Object.entries(FIELDS).map(([name, own]) => [name, [name, ...OF_ALL.split(' '), ...own.split(' ')]]),
);

/** Refuses a field that the command has not (40415). */
export function refuseUnknownFields(name: string, body: Doc): void {
  const fields = known.get(name);
  if (fields) knownFields(name, body, fields);
}

/** Refuses a field that a statement of an `update` or `delete` has not (40415). */
export function refuseUnknownInStatements(list: keyof typeof OF_STATEMENTS, statements: readonly Doc[]): void {
  for (const statement of statements) knownFields(list, statement, OF_STATEMENTS[list]);
}
