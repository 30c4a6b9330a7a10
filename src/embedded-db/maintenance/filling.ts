// Puts salvaged documents into a new engine: into their collection, or into `recovered` where its name is not known.
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { describeId } from '../keys/describe-id.ts';
import { tableKey } from '../keys/table-key.ts';
import { decode, type Doc } from '../query/bson.ts';
import { operation } from '../session/operation.ts';
import type { Entry } from '../storage/view.ts';
import type { WriteWork } from '../storage/writer.ts';
import { idKeyOf, insertDocument, withIdFirst } from '../writes/insert-document.ts';
import type { StoredCollections } from './stored-collections.ts';

export interface Filled {
  readonly ns: string;
  readonly documents: number;
  /** How many of them lay on pages that no tree reaches. */
  readonly fromLostPages: number;
}

interface Filling {
  /** Adds documents; those of lost pages only where the file had no other copy. Entries of indexes are passed over. */
  add(entries: Iterable<Entry>, lost: boolean): Promise<void>;
  filled(): Filled[];
}

const SLICE = 200;
const RECOVERED = 'recovered';

/** Makes the stored collections and their indexes in `engine`, ready to be filled; what is left out goes to `notes`. */
export function fillingOf(engine: Engine, stored: StoredCollections, notes: string[]): Filling {
  const targets = new Map<number, { collection: Collection; documents: number; fromLostPages: number }>();
  const passedOver = new Set(stored.garbage);
  const addTarget = (table: number, collection: Collection): void => {
    engine.catalog.register(collection);
    targets.set(table, { collection, documents: 0, fromLostPages: 0 });
  };
  for (const { db, name, table, options, indexes } of stored.collections) {
    const collection = { ...engine.catalog.prepare(db, name), options };
    addTarget(table, collection);
    for (const index of indexes) {
      passedOver.add(index.table);
      engine.catalog.finishIndex(collection, engine.catalog.addIndex(collection, index.spec));
    }
  }

  function* addAll(entries: Iterable<Entry>, lost: boolean): WriteWork<void> {
    let count = 0;
    for (const { key, value } of entries) {
      const table = key.readUInt32BE(0);
      if (table === 0 || passedOver.has(table)) continue;
      yield* addOne(table, key.subarray(4), value, lost);
      if (++count % SLICE === 0) yield undefined;
    }
  }

  function* addOne(table: number, idKey: Buffer, value: Buffer, lost: boolean): WriteWork<void> {
    const known = targets.has(table);
    const doc = readDocument(value, idKey);
    if (!doc) {
      if (known && !lost) notes.push(`${nsOf(table)}: document ${describeId(idKey)} cannot be read`);
      return;
    }
    if (!known) addTarget(table, engine.catalog.prepare(RECOVERED, `table_${table}`));
    const target = targets.get(table)!;
    const { collection } = target;
    // The youngest copy of a document comes first; another one is an older state of it.
    if (lost && engine.store.view.get(tableKey(collection.table, idKey)) !== undefined) return;
    try {
      yield* insertDocument(operation(engine, collection.db), collection, withIdFirst(doc, value));
      target.documents += 1;
      if (lost) target.fromLostPages += 1;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      notes.push(`${collection.ns}: document ${describeId(idKey)} is left out: ${error.message}`);
    }
  }

  const nsOf = (table: number): string => targets.get(table)?.collection.ns ?? `table ${table}`;
  return {
    add: (entries, lost) => engine.writer.submit(addAll(entries, lost)),
    filled: () =>
      [...targets.values()].map(({ collection, documents, fromLostPages }) => ({
        ns: collection.ns,
        documents,
        fromLostPages,
      })),
  };
}

function readDocument(value: Buffer, idKey: Buffer): Doc | undefined {
  try {
    const doc = decode(value);
    return idKeyOf(doc['_id']).equals(idKey) ? doc : undefined;
  } catch {
    return undefined;
  }
}
