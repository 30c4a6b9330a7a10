// TTL indexes: deletes documents whose date plus the index's seconds has passed.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { encodeValue, RANK } from '../keys/encode.ts';
import { inverted, tableKey } from '../keys/table-key.ts';
import { isDoc, type Doc, type Value } from '../query/bson.ts';
import { operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { replaceDocument } from '../writes/replace-document.ts';

const CHUNK = 200;

/** Deletes every expired document and returns how many. */
export function* deleteExpired(engine: Engine, now: Date): WriteWork<number> {
  let deleted = 0;
  for (const collection of engine.catalog.databases().flatMap((db) => engine.catalog.list(db))) {
    for (const index of [...collection.indexes]) {
      if (index.expireAfterSeconds === undefined || index.building) continue;
      deleted += yield* deleteBy(
        engine,
        collection,
        index,
        new Date(now.getTime() - index.expireAfterSeconds * 1000),
      );
    }
  }
  return deleted;
}

function* deleteBy(engine: Engine, collection: Collection, index: Index, before: Date): WriteWork<number> {
  const [field] = index.fields;
  if (!field) return 0;
  const op = operation(engine, collection.db);
  const expired = (doc: Doc): boolean =>
    datesAt(doc, field.parts).some((date) => date.getTime() <= before.getTime());
  const rank = Buffer.of(RANK.date);
  const [start, end] = field.descending
    ? [inverted(encodeValue(before)), Buffer.of((~RANK.date & 0xff) + 1)]
    : [rank, Buffer.concat([encodeValue(before), Buffer.of(0xff)])];
  let from = tableKey(index.table, start);
  let deleted = 0;
  for (;;) {
    const chunk = op.view.range({ start: from, end: tableKey(index.table, end), limit: CHUNK });
    for (const { value: idKey } of chunk) {
      if (yield* replaceDocument(op, collection, idKey, expired, () => undefined)) deleted += 1;
    }
    const last = chunk.at(-1);
    if (!last || chunk.length < CHUNK) return deleted;
    from = Buffer.concat([last.key, Buffer.of(0)]);
    yield undefined;
    if (engine.catalog.find(collection.ns) !== collection) return deleted;
  }
}

function datesAt(value: Value | undefined, parts: readonly string[]): Date[] {
  if (Array.isArray(value)) return value.flatMap((item) => datesAt(item, parts));
  const [part, ...rest] = parts;
  if (part === undefined) return value instanceof Date ? [value] : [];
  return isDoc(value) ? datesAt(value[part], rest) : [];
}
