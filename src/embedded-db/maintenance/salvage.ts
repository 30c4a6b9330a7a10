// Writes every document that can still be read into a new directory, with the collections and indexes they had.
import { mkdirSync } from 'node:fs';
import { openEngine } from '../engine.ts';
import type { PageFile } from '../pages/page-file.ts';
import { pageView } from '../pages/page-view.ts';
import { lostEntries, surveyFile } from '../pages/survey.ts';
import { tableEntries } from '../storage/view.ts';
import type { Entry } from '../storage/view.ts';
import { checkData, describeDamage } from './check.ts';
import { readDataFile } from './data-file.ts';
import { fillingOf, type Filled } from './filling.ts';
import { withLostRecords } from './lost-records.ts';
import { storedCollections } from './stored-collections.ts';
import { mustBeEmpty } from './whole-file.ts';

export interface Salvaged {
  readonly collections: readonly Filled[];
  /** One sentence for each thing that was damaged, left out or put elsewhere. */
  readonly notes: readonly string[];
}

/** Salvages `dir`, which stays as it is, into the new place `to`. NoData, PlaceInUse. */
export async function salvageData(dir: string, to: string): Promise<Salvaged> {
  mustBeEmpty(to);
  const { collections, notes } = await readDataFile(dir, (file) => salvageFile(file, to));
  const { errors } = await checkData(to);
  return { collections, notes: [...notes, ...errors.map((one) => `in the new place: ${one}`)] };
}

async function salvageFile(file: PageFile, to: string): Promise<Salvaged> {
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
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const engine = openEngine({ dir: to, address: 'salvage', durable: false });
  try {
    const filling = fillingOf(engine, stored, notes);
    const view = pageView(file, file.heads[0]);
    for (const table of [...tables].sort((a, b) => a - b))
      await filling.add(tableEntries(view, table), false);
    await filling.add(wholeEntries(file, lost), true);
    return { collections: filling.filled(), notes };
  } finally {
    await engine.close();
  }
}

function* wholeEntries(file: PageFile, lost: readonly number[]): Generator<Entry, void, void> {
  for (const { key, value } of lostEntries(file, lost)) if (value && key.length > 4) yield { key, value };
}
