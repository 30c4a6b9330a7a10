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

export type Catalog = ReturnType<typeof openCatalog>;

/** The catalog stored in `view`; an index whose build never finished is dropped. */
export function openCatalog(stored: ReadableView) {
  const collections = new Map<string, Collection>();
  const versions = new Map<string, number>();
  const changed = new Set<string>();
  let garbage = new Set<number>();
  let nextTable = FIRST_TABLE;
  let version = 1;
  let reloadedAt = version;
  let countersChanged = false;

  const touch = ({ ns }: Collection): void => {
    version += 1;
    versions.set(ns, version);
    changed.add(ns);
  };
  const newTable = (): number => {
    countersChanged = true;
    return nextTable++;
  };
  const discard = (table: number): void => {
    garbage.add(table);
    countersChanged = true;
  };

  const catalog = {
    /** Rises with every change of collections or indexes. */
    version: (): number => version,
    find: (ns: string): Collection | undefined => collections.get(ns),
    /** The version of the last change of a collection, its end included, that an older state cannot follow. */
    versionOf: (ns: string): number => versions.get(ns) ?? reloadedAt,
    list: (db: string): Collection[] =>
      [...collections.values()].filter((one) => one.db === db).sort((a, b) => (a.name < b.name ? -1 : 1)),
    databases: (): string[] => [...new Set([...collections.values()].map((one) => one.db))].sort(),
    /** Every collection, database by database. */
    all: (): Collection[] => catalog.databases().flatMap(catalog.list),
    create: (db: string, name: string): Collection => catalog.register(catalog.prepare(db, name)),
    /** A new collection that nobody else can see until `register`. */
    prepare(db: string, name: string): Collection {
      checkName(db, name);
      const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      return collectionOf({ db, name, table: newTable(), uuid, options: newDoc(), indexes: [] });
    },
    register(collection: Collection): Collection {
      collections.set(collection.ns, collection);
      touch(collection);
      return collection;
    },
    drop(collection: Collection): void {
      collections.delete(collection.ns);
      collection.dropped = true;
      for (const { table } of [collection, ...collection.indexes]) discard(table);
      touch(collection);
    },
    /** Puts a collection in the place of the one that has the name, which goes. */
    rename(collection: Collection, name: string): void {
      checkName(collection.db, name);
      const ns = `${collection.db}.${name}`;
      const before = collections.get(ns);
      if (before) catalog.drop(before);
      collections.delete(collection.ns);
      touch(collection);
      catalog.register({ ...collection, name, ns, options: before?.options ?? collection.options });
    },
    addIndex(collection: Collection, spec: Doc): Index {
      const index = { ...readIndexSpec(spec, newTable()), building: true };
      collection.indexes.push(index);
      touch(collection);
      return index;
    },
    /** Takes an index away, if the collection has it still or again: after a commit that failed by another object. */
    dropIndex({ ns }: Collection, { table }: Index): void {
      const collection = collections.get(ns);
      const at = collection?.indexes.findIndex((index) => index.table === table) ?? -1;
      if (!collection || at < 0) return;
      collection.indexes.splice(at, 1);
      discard(table);
      touch(collection);
    },
    finishIndex(collection: Collection, index: Index): void {
      index.building = false;
      touch(collection);
    },
    /** Remembers that arrays were met on some fields of an index. */
    noteMultikey(collection: Collection, index: Index, multikey: readonly boolean[]): void {
      multikey.forEach((met, i) => {
        if (!met || index.multikey[i]) return;
        index.multikey[i] = true;
        changed.add(collection.ns);
      });
    },
    /** Tables whose collections and indexes are gone but whose keys are not yet. */
    garbage: (): readonly number[] => [...garbage],
    forgetGarbage(table: number): void {
      garbage.delete(table);
      countersChanged = true;
    },
    /** Writes what changed since the last flush; runs inside each LMDB write transaction. */
    flush(view: View): void {
      if (countersChanged) view.put(CATALOG_COUNTERS, bytesOf({ nextTable, garbage: [...garbage] }));
      for (const ns of changed) {
        const collection = collections.get(ns);
        if (collection) view.put(collectionKey(ns), bytesOf(describe(collection)));
        else view.remove(collectionKey(ns));
      }
      countersChanged = false;
      changed.clear();
    },
    /** Reads everything back, after a commit that did not happen. */
    reload(view: ReadableView): void {
      const counters = view.get(CATALOG_COUNTERS);
      const read = counters ? decode(counters) : newDoc();
      // Never back: a running transaction may hold a table that no commit has counted yet.
      const counted = numberOf(read['nextTable']) ?? FIRST_TABLE;
      nextTable = Math.max(nextTable, counted);
      garbage = new Set(((read['garbage'] ?? []) as Value[]).map((table) => numberOf(table) ?? 0));
      const before = new Map(collections);
      collections.clear();
      changed.clear();
      countersChanged = nextTable > counted;
      // What a transaction has met and no commit has noted yet (arrays in an index) is forgotten: it runs again.
      version += 1;
      reloadedAt = version;
      versions.clear();
      for (const { value } of view.range({ ...NAMESPACES, limit: 1_000_000 })) {
        const collection = restore(decode(value));
        for (const index of collection.indexes.filter(({ building }) => building)) {
          collection.indexes.splice(collection.indexes.indexOf(index), 1);
          discard(index.table);
          changed.add(collection.ns);
        }
        if (collection.name.startsWith(OUT_PREFIX)) catalog.drop(collection);
        else collections.set(collection.ns, sameObject(before.get(collection.ns), collection));
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

function describe({ db, name, table, options, uuid, indexes }: Collection): object {
  const kept = indexes.map(({ table, multikey, building, spec }) => ({ table, multikey, building, spec }));
  return { db, name, table, options, uuid: new Binary(uuid, 4), indexes: kept };
}

function restore(doc: Doc): Collection {
  const indexes = (doc['indexes'] as Doc[]).map((stored): Index => {
    const multikey = [...(stored['multikey'] as boolean[])];
    const building = stored['building'] === true;
    return { ...readIndexSpec(stored['spec'] as Doc, tableOf(stored)), multikey, building };
  });
  const [db, name] = [String(doc['db']), String(doc['name'])];
  const options = isDoc(doc['options']) ? doc['options'] : newDoc();
  const uuid = (doc['uuid'] as Binary).buffer;
  return collectionOf({ db, name, table: tableOf(doc), uuid, options, indexes });
}

function tableOf({ table }: Doc): number {
  if (typeof table !== 'number') throw new TypeError('a record without its table');
  return table;
}

function collectionOf(described: Omit<Collection, 'ns' | 'primary' | 'dropped'>): Collection {
  const { db, name, table } = described;
  const primary = readIndexSpec({ key: { _id: 1 }, name: '_id_' }, table);
  return { ...described, ns: `${db}.${name}`, primary, dropped: false };
}

function bytesOf(value: object): Buffer {
  return Buffer.from(encode(value as Doc));
}

function checkName(db: string, name: string): void {
  if (/^$|^\.|[$\0]/.test(name) || Buffer.byteLength(`${db}.${name}`) > 255)
    throw new CommandError(73, `Invalid collection name: ${name}`);
  if (name.startsWith('system.'))
    throw new CommandError(73, `the collections "system." are reserved: ${name}`);
}
