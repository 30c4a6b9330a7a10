// listDatabases, listCollections, listIndexes: what there is.
import { CommandError } from '../errors.ts';
import { madeRow } from '../planner/scan.ts';
import { Binary, newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import type { Operation } from '../session/operation.ts';
import { docField, flagOf, numberField } from '../wire/fields.ts';
import type { Answer } from '../wire/reply.ts';
import { databaseBytes } from './coll-stats.ts';
import { collectionName, type ReadCommand } from './command.ts';
import { FIRST_BATCH, firstBatch } from './cursor-answer.ts';

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

export const listCollections: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const matches = compileFilter(docField(body, 'filter') ?? newDoc());
    const all = op.engine.catalog.list(op.db).map((collection): Doc => {
      const info: Doc = { readOnly: false, uuid: new Binary(collection.uuid, 4) };
      return {
        name: collection.name,
        type: 'collection',
        options: collection.options,
        info,
        idIndex: collection.primary.spec,
      };
    });
    const found = all
      .filter(matches)
      .map((doc) => (flagOf(body['nameOnly']) ? { name: doc['name'] ?? '', type: 'collection' } : doc));
    return listed(op, '$cmd.listCollections', found, body);
  },
};

export const listIndexes: ReadCommand = {
  inTransaction: false,
  read(op, request) {
    const name = collectionName(request);
    const collection = op.collection(name);
    if (!collection) throw new CommandError(26, `ns does not exist: ${op.db}.${name}`);
    const ready = [collection.primary, ...collection.indexes].filter((index) => !index.building);
    return listed(
      op,
      name,
      ready.map((index) => index.spec),
      request.body,
    );
  },
};

function listed(op: Operation, name: string, docs: readonly Doc[], body: Doc): Answer {
  const batchSize = numberField(docField(body, 'cursor') ?? newDoc(), 'batchSize', FIRST_BATCH);
  return firstBatch(op, `${op.db}.${name}`, docs.map(madeRow).values(), { batchSize });
}
