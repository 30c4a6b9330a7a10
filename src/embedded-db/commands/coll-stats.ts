// collStats and the stage $collStats: how many documents a collection has and how many bytes.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError, unsupported } from '../errors.ts';
import { isDoc, keysOf, type Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import { tableEntries } from '../storage/view.ts';
import { numberField } from '../wire/fields.ts';
import { docFrom } from '../wire/reply.ts';
import { collectionName, type ReadCommand } from './command.ts';

interface Size {
  readonly count: number;
  readonly bytes: number;
}

export const collStats: ReadCommand = {
  inTransaction: false,
  read(op, request) {
    const name = collectionName(request);
    return { fields: { ns: `${op.db}.${name}`, ...collectionStats(op, name, scaleOf(request.body)) } };
  },
};

// Count, sizes and indexes of a collection, its bytes divided by `scale`.
function collectionStats(op: Operation, name: string, scale: number): Record<string, unknown> {
  const collection = op.collection(name);
  const { count, bytes } = sizeOf(op, collection?.table);
  const indexes = indexSizes(op, collection);
  const indexBytes = total(Object.values(indexes));
  return {
    count,
    size: scaled(bytes, scale),
    avgObjSize: count === 0 ? undefined : Math.floor(bytes / count),
    storageSize: scaled(bytes, scale),
    nindexes: collection ? collection.indexes.length + 1 : 0,
    indexSizes: Object.fromEntries(
      Object.entries(indexes).map(([index, size]) => [index, scaled(size, scale)]),
    ),
    totalIndexSize: scaled(indexBytes, scale),
    totalSize: scaled(bytes + indexBytes, scale),
    capped: false,
    sharded: false,
    scaleFactor: scale,
  };
}

/** Bytes of a database's documents and index keys. */
export function databaseBytes(op: Operation, db: string): number {
  return total(
    op.engine.catalog
      .list(db)
      .map((one) => sizeOf(op, one.table).bytes + total(Object.values(indexSizes(op, one)))),
  );
}

// Documents are counted by their own bytes, indexes by those of their keys; the index on _id is the table itself.
function sizeOf({ view }: Operation, table: number | undefined): Size {
  let count = 0;
  let bytes = 0;
  for (const { value } of table === undefined ? [] : tableEntries(view, table)) {
    count += 1;
    bytes += value.length;
  }
  return { count, bytes };
}

function indexSizes(op: Operation, collection: Collection | undefined): Record<string, number> {
  if (!collection) return {};
  const own = collection.indexes.map(({ name, table }) => [name, sizeOf(op, table).bytes] as const);
  return Object.fromEntries([['_id_', 0] as const, ...own]);
}

// The divisor of sizes that a request asks for.
const scaleOf = (body: Doc): number => Math.max(1, Math.floor(numberField(body, 'scale', 1)));
const scaled = (bytes: number, scale: number): number => Math.floor(bytes / scale);
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Whether a stage is $collStats. */
export function asksForStats(stage: Doc | undefined): stage is Doc {
  return stage !== undefined && keysOf(stage).join() === '$collStats';
}

/** The one document of the stage. NamespaceNotFound (26) without the collection; latencies and their like are refused by name. */
export function statsDocument(op: Operation, name: string, stage: Doc): Doc {
  const given = stage['$collStats'];
  if (!isDoc(given)) throw new CommandError(5447000, '$collStats must take a nested object');
  const other = keysOf(given).find((option) => option !== 'storageStats' && option !== 'count');
  if (other !== undefined) throw unsupported(`$collStats with ${other}`);
  if (!op.collection(name)) throw new CommandError(26, `Collection [${op.db}.${name}] not found.`);
  const storage = given['storageStats'];
  const stats = collectionStats(op, name, isDoc(storage) ? scaleOf(storage) : 1);
  return docFrom({
    ns: `${op.db}.${name}`,
    host: op.engine.address,
    localTime: op.now,
    storageStats: storage === undefined ? undefined : docFrom(stats),
    count: given['count'] === undefined ? undefined : stats['count'],
  });
}
