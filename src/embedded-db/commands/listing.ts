// listDatabases, listCollections, listIndexes: what there is.
import { CommandError } from '../errors.ts';
import { madeRow } from '../planner/row.ts';
import { Binary, newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import type { Operation } from '../session/operation.ts';
import { docField, flagOf } from '../wire/fields.ts';
import type { Answer } from '../wire/reply.ts';
import { databaseBytes } from './coll-stats.ts';
import { collectionName, type Command, type Commands } from './command.ts';
import { batchSizeOf, firstBatch } from './cursors.ts';

const listDatabases: Command = (op, { body }) => {
  const matches = compileFilter(docField(body, 'filter') ?? newDoc());
  const names = op.engine.catalog.databases();
  if (flagOf(body['nameOnly'])) return { databases: names.map((name): Doc => ({ name })).filter(matches) };
  const sizes = names.map((name) => ({ name, size: databaseBytes(op, name) }));
  const totalSize = sizes.reduce((sum, { size }) => sum + size, 0);
  return {
    databases: sizes
      .map(({ name, size }): Doc => ({ name, sizeOnDisk: BigInt(size), empty: false }))
      .filter(matches),
    totalSize: BigInt(totalSize),
    totalSizeMb: BigInt(Math.floor(totalSize / 2 ** 20)),
  };
};

const ID_INDEX: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };

const listCollections: Command = (op, { body }) => {
  const matches = compileFilter(docField(body, 'filter') ?? newDoc());
  const all = op.engine.catalog.list(op.db).map(({ name, options, uuid }): Doc => {
    const info: Doc = { readOnly: false, uuid: new Binary(uuid, 4) };
    return { name, type: 'collection', options, info, idIndex: ID_INDEX };
  });
  const found = all
    .filter(matches)
    .map((doc) => (flagOf(body['nameOnly']) ? { name: doc['name']!, type: 'collection' } : doc));
  return listed(op, '$cmd.listCollections', found, body);
};

const listIndexes: Command = (op, request) => {
  const name = collectionName(request);
  const collection = op.collection(name);
  if (!collection) throw new CommandError(26, `ns does not exist: ${op.db}.${name}`);
  const built = collection.indexes.filter(({ building }) => !building);
  return listed(op, name, [ID_INDEX, ...built.map(({ spec }) => spec)], request.body);
};

function listed(op: Operation, name: string, docs: readonly Doc[], body: Doc): Answer {
  return firstBatch(op, name, docs.map(madeRow).values(), batchSizeOf(docField(body, 'cursor')));
}

export const listing: Commands = { listDatabases, listCollections, listIndexes };
