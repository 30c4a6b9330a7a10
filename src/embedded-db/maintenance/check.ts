// Checks a directory's file: its pages, its catalog, every document, every index entry in both directions.
import type { Collection } from '../catalog/catalog-types.ts';
import { checkCollection } from '../check-indexes.ts';
import { describeId } from '../keys/describe-id.ts';
import { pageView } from '../pages/page-view.ts';
import { PAGE_SIZE, type PageFile } from '../pages/page-file.ts';
import { surveyFile } from '../pages/survey.ts';
import type { Damage } from '../pages/walk.ts';
import { readDataFile } from './data-file.ts';
import { storedCollections } from './stored-collections.ts';

/** Checks the data in `dir`, also while a server writes there. NoData without a file. */
export function checkData(dir: string): Promise<ReturnType<typeof checkFile>> {
  return readDataFile(dir, checkFile);
}

/** The same for a file that is open already: `errors` has one sentence for each thing that is wrong, naming the record. */
export function checkFile(file: PageFile) {
  const survey = surveyFile(file);
  const view = pageView(file, file.heads[0]);
  const stored = storedCollections(view);
  const errors = [...survey.fileDamages, ...stored.damages];
  for (const damage of survey.damages) errors.push(describeDamage(damage, stored.collections));
  if (survey.damages.length > 0 && survey.lost.length > 0)
    errors.push(`${survey.lost.length} pages lie behind the damage: db:salvage reads those that are whole`);
  const collections = stored.collections.map((collection) => {
    const report = checkCollection(view, collection);
    errors.push(...report.errors);
    const { documents, unreadable, entries } = report;
    // Documents that can be read, and those that are there but cannot.
    return { ns: collection.ns, readable: documents - unreadable, unreadable, entries };
  });
  const { bytes } = file;
  return { bytes, pageSize: PAGE_SIZE, pagesFree: survey.pagesFree, collections, errors };
}

/** Which entries of which collection or index a damage hides. */
export function describeDamage({ what, from, to }: Damage, collections: readonly Collection[]): string {
  const only = to && from.length > 4 && to.length === from.length + 1 && to.subarray(0, -1).equals(from);
  const owner = only && collections.find(({ table }) => table === tableOf(from));
  if (owner) return `${what}: document ${describeId(from.subarray(4))} of ${owner.ns}`;
  const lowest = tableOf(from) ?? 0;
  const highest = to ? (tableOf(to) ?? Infinity) : Infinity;
  const isHidden = ({ table }: { table: number }): boolean => table >= lowest && table <= highest;
  const hidden = collections.flatMap((collection) => [
    ...(isHidden(collection) ? [`documents of ${collection.ns}`] : []),
    ...collection.indexes.filter(isHidden).map(({ name }) => `entries of index ${collection.ns}.${name}`),
  ]);
  const where = hidden.length === 0 ? 'the list of collections' : hidden.join(', ');
  const range = `from key ${from.toString('hex') || 'the first'} to ${to?.toString('hex') ?? 'the last'}`;
  return `${what}; hidden: ${where}, ${range}`;
}

const tableOf = (key: Buffer): number | undefined => (key.length >= 4 ? key.readUInt32BE(0) : undefined);
