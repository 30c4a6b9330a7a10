// listDatabases, listCollections, listIndexes, collStats and the stage $collStats: what there is, and how many bytes it takes.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError, unsupported } from '../errors.ts';
import { madeRow } from '../planner/scan.ts';
import { Binary, isDoc, keysOf, newDoc, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import type { Operation } from '../session/operation.ts';
import { tableEntries } from '../storage/view.ts';
import { docField, flagOf, numberField } from '../wire/fields.ts';
import type { Answer } from '../wire/reply.ts';
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

const listCollections: Command = (op, { body }) => {
  const matches = compileFilter(docField(body, 'filter') ?? newDoc());
  const all = op.engine.catalog.list(op.db).map(({ name, options, uuid, primary }): Doc => {
    const info: Doc = { readOnly: false, uuid: new Binary(uuid, 4) };
    return { name, type: 'collection', options, info, idIndex: primary.spec };
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
  const built = [collection.primary, ...collection.indexes].filter(({ building }) => !building);
  const specs = built.map(({ spec }) => spec);
  return listed(op, name, specs, request.body);
};

function listed(op: Operation, name: string, docs: readonly Doc[], body: Doc): Answer {
  return firstBatch(op, name, docs.map(madeRow).values(), batchSizeOf(docField(body, 'cursor')));
}

const collStats: Command = (op, request) => {
  const name = collectionName(request);
  return { ns: `${op.db}.${name}`, ...statsOf(op, op.collection(name), request.body) };
};

/** The one document of the stage. NamespaceNotFound (26) without the collection; latencies and their like are refused by name. */
export function statsDocument(op: Operation, name: string, given: Value | undefined): Doc {
  if (!isDoc(given)) throw new CommandError(5447000, '$collStats must take a nested object');
  const other = keysOf(given).find((option) => option !== 'storageStats');
  if (other !== undefined) throw unsupported(`$collStats with ${other}`);
  const collection = op.collection(name);
  if (!collection) throw new CommandError(26, `Collection [${op.db}.${name}] not found.`);
  const asked = docField(given, 'storageStats');
  return {
    ns: collection.ns,
    host: op.engine.address,
    localTime: op.now,
    ...(asked && { storageStats: statsOf(op, collection, asked) }),
  };
}

// Bytes of a database's documents and index keys.
function databaseBytes(op: Operation, db: string): number {
  return total(op.engine.catalog.list(db).map((one) => sizesOf(op, one).totalSize));
}

function statsOf(op: Operation, collection: Collection | undefined, options: Doc): Doc {
  if (numberField(options, 'scale', 1) !== 1) throw unsupported('a scale of collection statistics');
  const { count, size, totalSize, indexSizes } = sizesOf(op, collection);
  return {
    count,
    size,
    ...(count > 0 ? { avgObjSize: Math.floor(size / count) } : {}),
    storageSize: size,
    nindexes: collection ? collection.indexes.length + 1 : 0,
    indexSizes,
    totalIndexSize: totalSize - size,
    totalSize,
    capped: false,
    sharded: false,
    scaleFactor: 1,
  };
}

// Documents are counted by their own bytes, indexes by those of their keys; the index on _id is the table itself.
function sizesOf(op: Operation, collection: Collection | undefined) {
  const { count, size } = collection ? sizeOf(op, collection.table) : { count: 0, size: 0 };
  const own = (collection?.indexes ?? []).map(({ name, table }) => [name, sizeOf(op, table).size] as const);
  const indexSizes = Object.fromEntries(collection ? [['_id_', 0] as const, ...own] : []);
  return { count, size, indexSizes, totalSize: size + total(Object.values(indexSizes)) };
}

function sizeOf({ view }: Operation, table: number): { count: number; size: number } {
  let count = 0;
  let size = 0;
  for (const { value } of tableEntries(view, table)) {
    count += 1;
    size += value.length;
  }
  return { count, size };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

export const listing: Commands = { listDatabases, listCollections, listIndexes, collStats };
