// The collections and indexes of all databases: kept in memory, stored in table 0 with the next commit.
import { randomUUID } from 'node:crypto';
import { CommandError } from '../errors.ts';
import { tableKey } from '../keys/table-key.ts';
import { Binary, decode, encode, isDoc, newDoc, type Doc, type Value } from '../query/bson.ts';
import type { ReadableView, View } from '../storage/view.ts';
import { numberOf } from '../wire/fields.ts';
import type { Collection, Index } from './catalog-types.ts';
import { readIndexSpec } from './index-spec.ts';

/** What a collection is called while `$out` fills it; after a crash it goes. */
export const OUT_PREFIX = 'tmp.agg_out.';
/** The table that describes collections and lists tables. */
export const CATALOG_TABLE = 0;
const FIRST_TABLE = 16;
/** Key of the list of tables. */
export const CATALOG_COUNTERS = tableKey(CATALOG_TABLE, Buffer.from('counters'));
const collectionKey = (ns: string): Buffer => tableKey(CATALOG_TABLE, Buffer.from(`ns:${ns}`));
const NAMESPACES = { start: collectionKey(''), end: tableKey(CATALOG_TABLE, Buffer.from('ns;')) };

export interface Catalog {
  /** Rises with every change of collections or indexes. */
  version(): number;
  find(ns: string): Collection | undefined;
  /** The version of the last change of a collection, its end included, that an older state cannot follow. */
  versionOf(ns: string): number;
  list(db: string): Collection[];
  databases(): string[];
  create(db: string, name: string): Collection;
  /** A new collection that nobody else can see until `register`. */
  prepare(db: string, name: string): Collection;
  register(collection: Collection): void;
  drop(collection: Collection): void;
  /** Puts a collection in the place of the one that has the name, which goes. */
  rename(collection: Collection, name: string): void;
  addIndex(collection: Collection, spec: Doc): Index;
  dropIndex(collection: Collection, index: Index): void;
  finishIndex(collection: Collection, index: Index): void;
  /** Remembers that arrays were met on some fields of an index. */
  noteMultikey(collection: Collection, index: Index, multikey: readonly boolean[]): void;
  /** Tables whose collections and indexes are gone but whose keys are not yet. */
  garbage(): readonly number[];
  forgetGarbage(table: number): void;
  /** Writes what changed since the last flush; runs inside each LMDB write transaction. */
  flush(view: View): void;
  /** Reads everything back, after a commit that did not happen. */
  reload(view: ReadableView): void;
}

/** The catalog stored in `view`; an index whose build never finished is dropped. */
export function openCatalog(stored: ReadableView): Catalog {
  const collections = new Map<string, Collection>();
  const versions = new Map<string, number>();
  const changed = new Set<string>();
  let garbage = new Set<number>();
  let nextTable = FIRST_TABLE;
  let version = 1;
  let countersChanged = false;

  const touch = (collection: Collection): void => {
    version += 1;
    versions.set(collection.ns, version);
    changed.add(collection.ns);
  };
  const newTable = (): number => {
    countersChanged = true;
    return nextTable++;
  };
  const discard = (table: number): void => {
    garbage.add(table);
    countersChanged = true;
  };

  const catalog: Catalog = {
    version: () => version,
    find: (ns) => collections.get(ns),
    versionOf: (ns) => versions.get(ns) ?? 0,
    list: (db) =>
      [...collections.values()].filter((one) => one.db === db).sort((a, b) => (a.name < b.name ? -1 : 1)),
    databases: () => [...new Set([...collections.values()].map((one) => one.db))].sort(),
    create(db, name) {
      const collection = catalog.prepare(db, name);
      catalog.register(collection);
      return collection;
    },
    prepare(db, name) {
      checkName(db, name);
      const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      return collectionOf(db, name, newTable(), uuid, newDoc(), []);
    },
    register(collection) {
      collections.set(collection.ns, collection);
      touch(collection);
    },
    drop(collection) {
      collections.delete(collection.ns);
      for (const index of collection.indexes) discard(index.table);
      discard(collection.table);
      touch(collection);
    },
    rename(collection, name) {
      checkName(collection.db, name);
      const ns = `${collection.db}.${name}`;
      const before = collections.get(ns);
      if (before) catalog.drop(before);
      collections.delete(collection.ns);
      touch(collection);
      catalog.register({ ...collection, name, ns, options: before?.options ?? collection.options });
    },
    addIndex(collection, spec) {
      const index = readIndexSpec(spec, newTable());
      index.building = true;
      collection.indexes.push(index);
      touch(collection);
      return index;
    },
    dropIndex(collection, index) {
      collection.indexes.splice(collection.indexes.indexOf(index), 1);
      discard(index.table);
      touch(collection);
    },
    finishIndex(collection, index) {
      index.building = false;
      touch(collection);
    },
    noteMultikey(collection, index, multikey) {
      multikey.forEach((met, i) => {
        if (!met || index.multikey[i]) return;
        index.multikey[i] = true;
        changed.add(collection.ns);
      });
    },
    garbage: () => [...garbage],
    forgetGarbage(table) {
      garbage.delete(table);
      countersChanged = true;
    },
    flush(view) {
      if (countersChanged) view.put(CATALOG_COUNTERS, bytesOf({ nextTable, garbage: [...garbage] }));
      for (const ns of changed) {
        const collection = collections.get(ns);
        if (collection) view.put(collectionKey(ns), bytesOf(describe(collection)));
        else view.remove(collectionKey(ns));
      }
      countersChanged = false;
      changed.clear();
    },
    reload(view) {
      const counters = view.get(CATALOG_COUNTERS);
      const read = counters ? decode(counters) : newDoc();
      // Never back: a running transaction may hold a table that no commit has counted yet.
      const counted = numberOf(read['nextTable']) ?? FIRST_TABLE;
      nextTable = Math.max(nextTable, counted);
      garbage = new Set(
        ((read['garbage'] as Value[] | undefined) ?? []).map((table) => numberOf(table) ?? 0),
      );
      const before = new Map(collections);
      collections.clear();
      changed.clear();
      countersChanged = nextTable > counted;
      version += 1;
      for (const ns of versions.keys()) versions.set(ns, version);
      for (const { value } of view.range({ ...NAMESPACES, limit: 1_000_000 })) {
        const collection = restore(decode(value), discard, (ns) => changed.add(ns));
        if (collection.name.startsWith(OUT_PREFIX)) {
          catalog.drop(collection);
          continue;
        }
        collections.set(collection.ns, sameObject(before.get(collection.ns), collection));
      }
    },
  };
  catalog.reload(stored);
  return catalog;
}

// Work that is under way keeps its collection: only what is in it goes back.
function sameObject(known: Collection | undefined, stored: Collection): Collection {
  if (known?.table !== stored.table) return stored;
  known.indexes.splice(0, Infinity, ...stored.indexes);
  return known;
}

function describe(collection: Collection): Doc {
  const { db, name, table, options } = collection;
  const indexes = collection.indexes.map((index) => ({
    table: index.table,
    multikey: index.multikey,
    building: index.building,
    spec: index.spec,
  }));
  return { db, name, table, options, uuid: new Binary(collection.uuid, 4), indexes } as unknown as Doc;
}

function restore(doc: Doc, discard: (table: number) => void, change: (ns: string) => void): Collection {
  const db = String(doc['db']);
  const name = String(doc['name']);
  const indexes: Index[] = [];
  for (const entry of (doc['indexes'] as Doc[]) ?? []) {
    const index = readIndexSpec(entry['spec'] as Doc, numberOf(entry['table']) ?? 0);
    index.multikey.splice(0, Infinity, ...(entry['multikey'] as boolean[]));
    if (entry['building'] !== true) indexes.push(index);
    else {
      discard(index.table);
      change(`${db}.${name}`);
    }
  }
  const uuid = (doc['uuid'] as Binary).buffer;
  const options = isDoc(doc['options']) ? doc['options'] : newDoc();
  return collectionOf(db, name, numberOf(doc['table']) ?? 0, uuid, options, indexes);
}

function collectionOf(
  db: string,
  name: string,
  table: number,
  uuid: Uint8Array,
  options: Doc,
  indexes: Index[],
): Collection {
  const primary = readIndexSpec({ key: { _id: 1 }, name: '_id_' }, table);
  return { db, name, ns: `${db}.${name}`, uuid, table, primary, indexes, options };
}

function bytesOf(value: object): Buffer {
  return Buffer.from(encode(value as Doc));
}

function checkName(db: string, name: string): void {
  const bad =
    name === '' ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('.') ||
    Buffer.byteLength(`${db}.${name}`) > 255;
  if (bad) throw new CommandError(73, `Invalid collection name: ${name}`);
  if (name.startsWith('system.'))
    throw new CommandError(73, `the collections "system." are reserved: ${name}`);
}
