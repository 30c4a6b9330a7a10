// listDatabases: every database that has a collection.
import { newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { docField, flagOf } from '../wire/fields.ts';
import { databaseBytes } from './coll-stats.ts';
import type { ReadCommand } from './command.ts';

export const listDatabases: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const matches = compileFilter(docField(body, 'filter') ?? newDoc());
    const names = op.engine.catalog.databases();
    if (flagOf(body['nameOnly']))
      return { fields: { databases: names.map((name): Doc => ({ name })).filter(matches) } };
    const sizes = names.map((name) => ({ name, size: databaseBytes(op, name) }));
    const databases = sizes
      .map(({ name, size }): Doc => ({ name, sizeOnDisk: BigInt(size), empty: false }))
      .filter(matches);
    const totalSize = sizes.reduce((sum, { size }) => sum + size, 0);
    return {
      fields: {
        databases,
        totalSize: BigInt(totalSize),
        totalSizeMb: BigInt(Math.floor(totalSize / 2 ** 20)),
      },
    };
  },
};
