// Builds an index over the documents that are there, in slices between which others read and write, and says how far it is.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { tableRange } from '../keys/table-key.ts';
import { decode, type Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import { chunksOf } from '../storage/view.ts';
import { SLICE_MS, type WriteWork } from '../storage/writer.ts';
import { planEntries } from '../writes/document-change.ts';

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
export function* buildIndex(op: Operation, collection: Collection, spec: Doc): WriteWork<Index> {
  const { engine, view } = op;
  const { catalog } = engine;
  const index = catalog.addIndex(collection, spec);
  const documents = tableRange(collection.table);
  let done = 0;
  let total = 0;
  let tellAt = performance.now() + SLICE_MS;
  const tell = (): void => engine.report({ collection: collection.ns, index: index.name, done, total });
  const mustStand = (): void => {
    if (!collection.indexes.includes(index) || catalog.find(collection.ns) !== collection)
      throw new CommandError(276, `Index build failed: ${index.name} was dropped meanwhile`);
  };
  try {
    for (const chunk of chunksOf(view, documents)) {
      let hasWaited = false;
      for (const { key, value } of chunk) {
        let stored = hasWaited ? view.get(key) : value;
        // False where it waited for a transaction that holds a unique key: that one may have changed this and the others.
        while (
          stored &&
          !(yield* op.change(collection, planEntries(index, key.subarray(4), decode(stored))))
        ) {
          mustStand();
          hasWaited = true;
          stored = view.get(key);
        }
      }
      done += chunk.length;
      if (performance.now() > tellAt) {
        total ||= view.count(documents.start, documents.end);
        tell();
        tellAt = performance.now() + REPORT_MS;
      }
      yield undefined;
      mustStand();
    }
    catalog.finishIndex(collection, index);
    if (total > 0) {
      total = done;
      tell();
    }
    return index;
  } catch (error) {
    catalog.dropIndex(collection, index);
    throw error;
  }
}
