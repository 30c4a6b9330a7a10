// Writes the results of a pipeline into a collection, as $merge and $out ask.
import type { Index } from '../catalog/catalog-types.ts';
import { OUT_PREFIX } from '../catalog/catalog.ts';
import { CommandError } from '../errors.ts';
import { docOf, ObjectId, type Doc, type Value } from '../query/bson.ts';
import { readPath } from '../query/paths.ts';
import type { MergeOptions, Target } from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { insertDocument, withIdFirst } from './insert-document.ts';
import { updateFirst } from './update-documents.ts';

/** Merges document by document; an error leaves those before it merged, as in MongoDB. */
export function* mergeInto(
  op: Operation,
  target: Target,
  docs: Iterable<Doc>,
  options: MergeOptions,
): WriteWork<void> {
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
  const isOn = ({ fields }: Index): boolean =>
    fields.length === on.length && fields.every(({ path }) => on.includes(path));
  const indexes = op.collection(name)?.indexes ?? [];
  const unique = indexes.some((index) => index.unique && !index.partial && isOn(index));
  if (!unique) throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}

function* mergeOne(op: Operation, collection: string, doc: Doc, options: MergeOptions): WriteWork<void> {
  // The unique index says what was there already.
  if (options.whenMatched === 'fail')
    return yield* insertDocument(op, op.collectionForWrite(collection), withIdFirst(doc));
  const filter = docOf(options.on.map((path) => [path, { $eq: joinedOn(doc, path) }]));
  const done = yield* updateFirst(op, {
    collection,
    filter,
    update: updateFor(doc, options),
    upsert: options.whenNotMatched === 'insert',
    made: doc,
    vars: { NOW: op.now, ...options.vars(doc) },
  });
  if (!done && options.whenNotMatched === 'fail')
    throw new CommandError(13113, '$merge could not find a matching document in the target collection');
}

// A document without an _id gets one of its own, which nothing has yet.
function joinedOn(doc: Doc, path: string): Value {
  const value = readPath(doc, path.split('.')) ?? (path === '_id' ? new ObjectId() : null);
  if (value !== null && !Array.isArray(value)) return value;
  throw new CommandError(
    51132,
    `$merge write error: 'on' field '${path}' cannot be missing, null or an array`,
  );
}

function updateFor(doc: Doc, { whenMatched }: MergeOptions): Doc | Doc[] {
  if (Array.isArray(whenMatched)) return whenMatched;
  if (whenMatched === 'replace') return doc;
  if (whenMatched === 'merge') return { $set: doc };
  return [];
}

/**
 * Replaces the documents of a collection at once: they are written into one of their own, which takes the place and the
 * indexes of the old one. Where one does not fit (11000) the old ones stay.
 */
export function* replaceCollection(op: Operation, target: Target, docs: Iterable<Doc>): WriteWork<void> {
  const { catalog } = op.engine;
  const db = target.db ?? op.db;
  const before = op.collection(target.collection, db);
  const version = catalog.versionOf(`${db}.${target.collection}`);
  const made = catalog.create(db, `${OUT_PREFIX}${String(process.hrtime.bigint())}`);
  try {
    for (const { spec } of before?.indexes ?? []) catalog.finishIndex(made, catalog.addIndex(made, spec));
    for (const doc of docs) {
      yield* insertDocument(op, made, withIdFirst(doc));
      yield undefined;
    }
    if (catalog.find(made.ns) !== made || catalog.versionOf(`${db}.${target.collection}`) !== version)
      throw new CommandError(20, `the collection ${db}.${target.collection} changed while $out ran`);
    catalog.rename(made, target.collection);
  } catch (error) {
    if (catalog.find(made.ns) === made) catalog.drop(made);
    throw error;
  } finally {
    op.engine.reclaim();
  }
}
