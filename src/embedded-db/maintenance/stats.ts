// How large a directory's data is, by collection and index.
import { pageView } from '../pages/page-view.ts';
import { PAGE_SIZE } from '../pages/page-file.ts';
import { surveyFile } from '../pages/survey.ts';
import { readDataFile } from './data-file.ts';
import { storedCollections } from './stored-collections.ts';

/** Sizes in entries and in bytes of keys and values, also while a server writes. NoData without a file. */
export function dataStats(dir: string) {
  return readDataFile(dir, (file) => {
    const tables = new Map<number, { entries: number; bytes: number }>();
    const survey = surveyFile(file, ({ key, value }) => {
      const table = key.length >= 4 ? key.readUInt32BE(0) : 0;
      const size = tables.get(table) ?? { entries: 0, bytes: 0 };
      size.entries += 1;
      size.bytes += key.length + (value?.length ?? 0);
      tables.set(table, size);
    });
    const sizeOf = (table: number) => tables.get(table) ?? { entries: 0, bytes: 0 };
    const { collections, garbage, damages } = storedCollections(pageView(file, file.heads[0]));
    return {
      /** Whether something is damaged, so that these figures may lack what lies behind it. */
      damaged: [survey.damages, survey.fileDamages, damages].some(({ length }) => length > 0),
      bytes: file.bytes,
      bytesFree: survey.pagesFree * PAGE_SIZE,
      /** Keys and values of dropped collections that the running server has still to remove. */
      bytesDropped: garbage.reduce((sum, table) => sum + sizeOf(table).bytes, 0),
      collections: collections.map(({ ns, table, indexes }) => ({
        name: ns,
        ...sizeOf(table),
        indexes: indexes.map((index) => ({ name: index.name, ...sizeOf(index.table) })),
      })),
    };
  });
}
