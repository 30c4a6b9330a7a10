// Writes the results of a pipeline into a collection, as $merge asks.
import { CommandError } from '../errors.ts';
import { newDoc, setField, type Doc } from '../query/bson.ts';
import type { MergeOptions } from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { insertDocument, withIdFirst } from './insert-document.ts';
import { updateFirst } from './update-documents.ts';

interface PendingMerge {
  readonly target: { readonly db?: string; readonly collection: string };
  readonly docs: readonly Doc[];
  readonly options: MergeOptions;
}

/** Merges document by document; an error leaves those before it merged, as in MongoDB. */
export function* mergeInto(op: Operation, { target, docs, options }: PendingMerge): WriteWork<void> {
  const db = target.db ?? op.db;
  const into = {
    ...op,
    db,
    collection: (name: string) => op.collection(name, db),
    collectionForWrite: (name: string) => op.collectionForWrite(name, db),
  };
  checkTarget(into, target.collection, options.on);
  for (const doc of docs) {
    yield* mergeOne(into, target.collection, doc, options);
    yield undefined;
  }
}

function checkTarget(op: Operation, name: string, on: readonly string[]): void {
  if (on.join() === '_id') return;
  const wanted = [...on].sort().join();
  const unique = op.collection(name)?.indexes.some(
    (index) =>
      index.unique &&
      !index.partial &&
      index.fields
        .map((field) => field.path)
        .sort()
        .join() === wanted,
  );
  if (!unique) throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}

function* mergeOne(op: Operation, collection: string, doc: Doc, options: MergeOptions): WriteWork<void> {
  // The unique index says what was there already.
  if (options.whenMatched === 'fail')
    return yield* insertDocument(op, op.collectionForWrite(collection), withIdFirst(doc));
  const filter = newDoc();
  for (const path of options.on) setField(filter, path, doc[path] ?? null);
  const done = yield* updateFirst(op, {
    collection,
    filter,
    update: updateFor(doc, options),
    vars: { ...options.vars, new: doc },
  });
  if (done || options.whenNotMatched === 'discard') return;
  if (options.whenNotMatched === 'fail')
    throw new CommandError(13113, '$merge could not find a matching document in the target collection');
  yield* insertDocument(op, op.collectionForWrite(collection), withIdFirst(doc));
}

function updateFor(doc: Doc, { whenMatched }: MergeOptions): Doc | Doc[] {
  if (Array.isArray(whenMatched)) return whenMatched;
  if (whenMatched === 'replace') return doc;
  if (whenMatched === 'merge') return { $set: doc };
  return [];
}
