// $out: the documents are written into a collection of their own, which then takes the place and the indexes of the old one.
import { CommandError } from '../errors.ts';
import { OUT_PREFIX } from '../catalog/catalog.ts';
import type { Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { insertDocument, withIdFirst } from './insert-document.ts';

/** Replaces the documents of a collection at once; where one does not fit (11000) the old ones stay. */
export function* replaceCollection(
  op: Operation,
  target: { readonly db?: string; readonly collection: string },
  docs: readonly Doc[],
): WriteWork<void> {
  const { catalog } = op.engine;
  const db = target.db ?? op.db;
  const before = op.collection(target.collection, db);
  const made = catalog.create(db, `${OUT_PREFIX}${String(process.hrtime.bigint())}`);
  try {
    for (const { spec } of before?.indexes ?? []) catalog.finishIndex(made, catalog.addIndex(made, spec));
    for (const doc of docs) {
      yield* insertDocument(op, made, withIdFirst(doc));
      yield undefined;
    }
    if (op.collection(target.collection, db) !== before)
      throw new CommandError(20, `the collection ${db}.${target.collection} changed while $out ran`);
    catalog.rename(made, target.collection);
  } catch (error) {
    if (catalog.find(made.ns) === made) catalog.drop(made);
    throw error;
  } finally {
    op.engine.reclaim();
  }
}
