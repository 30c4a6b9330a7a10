// TTL indexes: deletes documents whose date plus the index's seconds has passed.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { findRows } from '../planner/find-rows.ts';
import { docOf, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { replaceDocument } from '../writes/update-documents.ts';

const CHUNK = 200;

/** Deletes every expired document and returns how many. */
export function* deleteExpired(engine: Engine, now: Date): WriteWork<number> {
  let deleted = 0;
  for (const collection of engine.catalog.all()) {
    for (const index of [...collection.indexes]) {
      const { expireAfterSeconds, building } = index;
      if (expireAfterSeconds === undefined || building) continue;
      const before = new Date(now.getTime() - expireAfterSeconds * 1000);
      deleted += yield* deleteBy(engine, collection, index, before);
    }
  }
  return deleted;
}

function* deleteBy(engine: Engine, collection: Collection, index: Index, before: Date): WriteWork<number> {
  const op = operation(engine, collection.db);
  const filter = docOf([[index.fields[0]!.path, { $lte: before }]]);
  const hasPassed = compileFilter(filter);
  // Whoever held a document that it waited for may have taken it out of the index.
  const matches = (doc: Doc): boolean => hasPassed(doc) && (index.partial?.matches(doc) ?? true);
  let deleted = 0;
  while (engine.catalog.find(collection.ns) === collection && collection.indexes.includes(index)) {
    const expired = [...findRows(op.view, collection, { filter, matches, hint: index.name, limit: CHUNK })];
    for (const one of expired)
      if (yield* replaceDocument(op, collection, one.idKey, matches, () => undefined, one)) deleted += 1;
    if (expired.length < CHUNK) break;
    yield undefined;
  }
  return deleted;
}
