// The fields a command may have. Another one is a mistake of who sends it, which must not pass as if it had been heeded.
import { unsupported } from '../errors.ts';
import { keysOf, type Doc } from '../query/bson.ts';
import { knownFields, requiredField } from '../query/stages/stage.ts';

const OF_ALL =
  '$db $readPreference $clusterTime lsid txnNumber autocommit startTransaction readConcern writeConcern maxTimeMS ' +
  'comment apiVersion apiStrict apiDeprecationErrors -collectionUUID';
const OF_WRITES = 'ordered bypassDocumentValidation stmtId stmtIds let';

// Of the commands whose fields MongoDB 7.0 checks, by their names there; with a dash before it what only MongoDB has.
const FIELDS = {
  aggregate: 'pipeline cursor allowDiskUse bypassDocumentValidation hint collation let -explain',
  count: 'query limit skip hint collation fields',
  create:
    'autoIndexId collation idIndex temp validationAction validationLevel -viewOn -timeseries -capped -changeStreamPreAndPostImages ' +
    '-clusteredIndex -encryptedFields -expireAfterSeconds -indexOptionDefaults -max -size -storageEngine ' +
    '-validator -pipeline',
  createIndexes: 'indexes commitQuorum -ignoreUnknownIndexOptions',
  delete: `deletes ${OF_WRITES}`,
  distinct: 'key query collation',
  drop: '',
  dropDatabase: '',
  dropIndexes: 'index',
  find:
    'filter projection sort hint collation skip limit batchSize singleBatch allowDiskUse oplogReplay allowPartialResults ' +
    'readOnce let -awaitData -max -min -noCursorTimeout -returnKey -showRecordId -tailable',
  findAndModify:
    'query fields sort hint collation remove update upsert new arrayFilters bypassDocumentValidation stmtId let',
  getMore: 'collection batchSize',
  insert: `documents ${OF_WRITES}`,
  killCursors: 'cursors',
  listCollections: 'filter cursor nameOnly authorizedCollections',
  listDatabases: 'filter nameOnly authorizedDatabases',
  listIndexes: 'cursor includeBuildUUIDs -includeIndexBuildInfo',
  update: `updates ${OF_WRITES}`,
};
// The first two must be there.
const OF_STATEMENTS = {
  'update.updates': 'q u c multi upsert arrayFilters hint collation upsertSupplied'.split(' '),
  'delete.deletes': 'q limit hint collation'.split(' '),
};

const known = new Map(
  Object.entries(FIELDS).map(([name, own]) => {
    const all = `${name} ${OF_ALL} ${own}`.split(' ');
    const refused = all.filter((field) => field.startsWith('-')).map((field) => field.slice(1));
    return [name, { fields: [...all, ...refused], refused }];
  }),
);

/** Refuses a field that the command has not (40415), and by name what it only has in MongoDB. */
export function checkFields(name: string, body: Doc): void {
  const { fields = keysOf(body), refused = [] } = known.get(name) ?? {};
  knownFields(name, body, fields);
  const asked = refused.find((field) => (body[field] ?? false) !== false);
  if (asked !== undefined) throw unsupported(`${name} with ${asked}`);
}

/** Refuses a field that a statement of an `update` or `delete` has not (40415), and one that is missing (40414). */
export function checkStatements(list: keyof typeof OF_STATEMENTS, statements: readonly Doc[]): void {
  const fields = OF_STATEMENTS[list];
  for (const statement of statements) {
    knownFields(list, statement, fields);
    // Null is a missing field to MongoDB's parser of commands.
    for (const field of fields.slice(0, 2))
      if ((statement[field] ?? null) === null) requiredField(list, {}, field);
  }
}
