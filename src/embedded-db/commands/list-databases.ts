// listDatabases: every database that has a collection.
import { newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { docField, flagOf } from '../wire/fields.ts';
import type { ReadCommand } from './command.ts';

export const listDatabases: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const matches = compileFilter(docField(body, 'filter') ?? newDoc());
    const all = op.engine.catalog.databases().map((name): Doc => ({ name, sizeOnDisk: 0, empty: false }));
    const databases = all.filter(matches);
    if (flagOf(body['nameOnly'])) return { fields: { databases: databases.map(({ name }) => ({ name })) } };
    return { fields: { databases, totalSize: 0, totalSizeMb: 0 } };
  },
};
