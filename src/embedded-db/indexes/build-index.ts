// Builds an index over the documents that are there, in slices between which others read and write, and says how far it is.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { above, tableKey, tableRange } from '../keys/table-key.ts';
import { decode, type Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import { chunksOf } from '../storage/view.ts';
import { SLICE_MS, type WriteWork } from '../storage/writer.ts';
import { checkKey, duplicateKey, indexKeys } from '../writes/document-change.ts';

/** How far a build is that outlasts its first slice: told at once, about every second, and at its end. */
export interface BuildProgress {
  readonly collection: string;
  readonly index: string;
  /** Documents read. */
  readonly done: number;
  /** Documents there were when it was first told; at the end those read. */
  readonly total: number;
}

const REPORT_MS = 1_000;

/** Adds an index and its entries. Duplicate key (11000), key too long (17280), dropped meanwhile (276): then it is gone again. */
export function* buildIndex(op: Operation, collection: Collection, spec: Doc): WriteWork<void> {
  const { catalog } = op.engine;
  const index = catalog.addIndex(collection, spec);
  const progress = progressOf(op, collection, index);
  try {
    for (const chunk of chunksOf(op.view, tableRange(collection.table))) {
      for (const { key, value } of chunk) addEntries(op, collection, index, key.subarray(4), decode(value));
      progress.read(chunk.length);
      yield undefined;
      if (!collection.indexes.includes(index) || catalog.find(collection.ns) !== collection) {
        throw new CommandError(276, `Index build failed: ${index.name} was dropped meanwhile`);
      }
    }
    catalog.finishIndex(collection, index);
    progress.end();
  } catch (error) {
    if (collection.indexes.includes(index)) catalog.dropIndex(collection, index);
    throw error;
  }
}

function progressOf(
  { engine, view }: Operation,
  collection: Collection,
  index: Index,
): { read(documents: number): void; end(): void } {
  let done = 0;
  let total = 0;
  let next = performance.now() + SLICE_MS;
  const tell = (): void => engine.report({ collection: collection.ns, index: index.name, done, total });
  return {
    read(documents) {
      done += documents;
      if (performance.now() < next) return;
      if (total === 0) {
        const { start, end } = tableRange(collection.table);
        total = view.count(start, end);
      }
      tell();
      next = performance.now() + REPORT_MS;
    },
    end() {
      if (total === 0) return;
      total = done;
      tell();
    },
  };
}

function addEntries(op: Operation, collection: Collection, index: Index, idKey: Buffer, doc: Doc): void {
  const extracted = indexKeys(index, doc);
  if (!extracted) return;
  op.engine.catalog.noteMultikey(collection, index, extracted.multikey);
  for (const { bytes, values } of extracted.keys) {
    const prefix = tableKey(index.table, bytes);
    if (index.unique) {
      const [holder] = op.view.range({ start: prefix, end: above(prefix), limit: 1 });
      if (holder && !holder.value.equals(idKey)) throw duplicateKey(collection, index, values);
    }
    const key = tableKey(index.table, bytes, idKey);
    checkKey(key);
    op.view.put(key, idKey);
  }
}
