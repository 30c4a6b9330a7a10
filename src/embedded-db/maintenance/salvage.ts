// Writes every document that can still be read into a new directory, with the collections and indexes they had.
import type { Collection } from '../catalog/catalog-types.ts';
import { CATALOG_TABLE } from '../catalog/catalog.ts';
import { Engine } from '../engine.ts';
import { describeId } from '../keys/describe-id.ts';
import { tableKey } from '../keys/table-key.ts';
import type { PageFile } from '../pages/page-file.ts';
import { pageView } from '../pages/page-view.ts';
import { lostEntries, surveyFile } from '../pages/survey.ts';
import { decode, type Doc } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';
import { operation } from '../session/operation.ts';
import { tableEntries, type Entry } from '../storage/view.ts';
import type { WriteWork } from '../storage/writer.ts';
import { idKeyOf, insertDocument, withIdFirst } from '../writes/insert-document.ts';
import { checkFile, describeDamage } from './check.ts';
import { DamagedData, readDataFile, readPages } from './data-file.ts';
import { mustHaveData } from './must-have-data.ts';
import { emptyDraft, fillPlace } from './put-in-place.ts';
import { storedCollections, withLostRecords, type StoredCollections } from './stored-collections.ts';

interface Filled {
  readonly ns: string;
  readonly documents: number;
  /** How many of them lay on pages that no tree reaches. */
  readonly fromLostPages: number;
}

export type Salvaged = Awaited<ReturnType<typeof salvageData>>;

/** An entry of the damaged file, and whether it lay on a page that no tree reaches. */
type FoundEntry = Entry & { readonly lost: boolean };

const SLICE = 200;
/** The database for documents whose collection's name is not known. */
const RECOVERED = 'recovered';

/**
 * Salvages `dir`, which stays as it is, into the new place `to`; `notes` has one sentence for each thing that was damaged, left
 * out or put elsewhere. NoData, PlaceInUse; DamagedData when there is nothing to be put there.
 */
export async function salvageData(dir: string, to: string) {
  mustHaveData(dir);
  return fillPlace(to, async (draft) => {
    const salvaged = await readDataFile(dir, (file) => {
      emptyDraft(draft);
      return salvageFile(file, draft);
    });
    if (salvaged.collections.every(({ documents }) => documents === 0))
      throw new DamagedData(
        `No document can be read in ${dir}: nothing was written to ${to}.`,
        salvaged.notes,
      );
    const { errors } = await readPages(draft, checkFile);
    if (errors.length > 0)
      throw new DamagedData(
        `What was written to ${to} cannot be read again and was removed: name a place on another disk.`,
        errors,
      );
    return salvaged;
  });
}

async function salvageFile(file: PageFile, to: string) {
  const tables = new Set<number>();
  const survey = surveyFile(file, ({ key }) => void (key.length > 4 && tables.add(key.readUInt32BE(0))));
  const damaged = survey.damages.length > 0 || file.heads.length === 0;
  // Without damage nothing is missing, and a page that belongs to nothing is only old.
  const lost = damaged ? survey.lost : [];
  const stored = storedCollections(withLostRecords(file, lost));
  const notes = [
    ...survey.fileDamages,
    ...stored.damages,
    ...survey.damages.map((one) => describeDamage(one, stored.collections)),
  ];
  const engine = new Engine({ dir: to, address: 'salvage', durable: false });
  try {
    const entries = everyEntry(file, tables, lost);
    return { collections: await engine.writer.submit(fill(engine, stored, entries, notes)), notes };
  } finally {
    await engine.close();
  }
}

// First what the trees reach; of lost pages the youngest first, so that another copy of a document is an older state of it.
function* everyEntry(file: PageFile, tables: Set<number>, lost: readonly number[]): Iterable<FoundEntry> {
  const view = pageView(file, file.heads[0]);
  for (const table of [...tables].sort((a, b) => a - b))
    for (const entry of tableEntries(view, table)) yield { ...entry, lost: false };
  for (const { key, value } of lostEntries(file, lost))
    if (value && key.length > 4) yield { key, value, lost: true };
}

// Makes the stored collections and their indexes and puts the documents in; what is left out goes to `notes`.
function* fill(
  engine: Engine,
  stored: StoredCollections,
  entries: Iterable<FoundEntry>,
  notes: string[],
): WriteWork<Filled[]> {
  const { catalog, store } = engine;
  const targets = new Map<number, { collection: Collection; documents: number; fromLostPages: number }>();
  const addTarget = (table: number, collection: Collection) => {
    const target = { collection, documents: 0, fromLostPages: 0 };
    catalog.register(collection);
    targets.set(table, target);
    return target;
  };
  const passedOver = new Set([CATALOG_TABLE, ...stored.garbage]);
  for (const { db, name, table, options, indexes } of stored.collections) {
    const { collection } = addTarget(table, { ...catalog.prepare(db, name), options });
    for (const index of indexes) {
      passedOver.add(index.table);
      catalog.finishIndex(collection, catalog.addIndex(collection, index.spec));
    }
  }
  let read = 0;
  for (const { key, value, lost } of entries) {
    const table = key.readUInt32BE(0);
    if (passedOver.has(table)) continue;
    if (++read % SLICE === 0) yield undefined;
    const idKey = key.subarray(4);
    const doc = readDocument(value, idKey);
    const known = targets.get(table);
    if (!doc) {
      if (known && !lost) notes.push(`${known.collection.ns}: document ${describeId(idKey)} cannot be read`);
      continue;
    }
    const target = known ?? addTarget(table, catalog.prepare(RECOVERED, `table_${table}`));
    const { collection } = target;
    if (lost && store.view.get(tableKey(collection.table, idKey)) !== undefined) continue;
    try {
      yield* insertDocument(operation(engine, collection.db), collection, withIdFirst(doc, value));
      target.documents += 1;
      if (lost) target.fromLostPages += 1;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      notes.push(`${collection.ns}: document ${describeId(idKey)} is left out: ${error.message}`);
    }
  }
  return [...targets.values()].map(({ collection, ...counts }) => ({ ns: collection.ns, ...counts }));
}

function readDocument(value: Buffer, idKey: Buffer): Doc | undefined {
  try {
    const doc = decode(value);
    return idKeyOf(doc['_id']).equals(idKey) ? doc : undefined;
  } catch {
    return undefined;
  }
}
