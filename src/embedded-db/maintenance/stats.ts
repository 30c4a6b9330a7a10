// How large a directory's data is, by collection and index.
import { pageView } from '../pages/page-view.ts';
import { surveyFile } from '../pages/survey.ts';
import { readDataFile } from './data-file.ts';
import { storedCollections } from './stored-collections.ts';

interface TableSize {
  readonly name: string;
  readonly entries: number;
  /** Keys and values together, without what pages cost besides. */
  readonly bytes: number;
}

interface CollectionStats extends TableSize {
  readonly indexes: readonly TableSize[];
}

interface Stats {
  readonly bytes: number;
  readonly bytesFree: number;
  /** Keys and values of dropped collections that the running server has still to remove. */
  readonly bytesDropped: number;
  readonly collections: readonly CollectionStats[];
}

/** Sizes in bytes and entries, also while a server writes. NoData without a file. */
export function dataStats(dir: string): Promise<Stats> {
  return readDataFile(dir, (file) => {
    const tables = new Map<number, { entries: number; bytes: number }>();
    const survey = surveyFile(file, ({ key, value }) => {
      const table = key.length >= 4 ? key.readUInt32BE(0) : 0;
      const size = tables.get(table) ?? { entries: 0, bytes: 0 };
      size.entries += 1;
      size.bytes += key.length + (value?.length ?? 0);
      tables.set(table, size);
    });
    const sizeOf = (name: string, table: number): TableSize => ({
      name,
      ...(tables.get(table) ?? { entries: 0, bytes: 0 }),
    });
    const { collections, garbage } = storedCollections(pageView(file, file.heads[0]));
    return {
      bytes: file.bytes,
      bytesFree: survey.pagesFree * file.pageSize,
      bytesDropped: garbage.reduce((sum, table) => sum + (tables.get(table)?.bytes ?? 0), 0),
      collections: collections.map(({ ns, table, indexes }) => ({
        ...sizeOf(ns, table),
        indexes: indexes.map((index) => sizeOf(index.name, index.table)),
      })),
    };
  });
}
