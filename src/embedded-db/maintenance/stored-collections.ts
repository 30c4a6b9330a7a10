// The collections that a file's catalog names, as far as it can be read.
import { CATALOG_COUNTERS, CATALOG_TABLE, openCatalog } from '../catalog/catalog.ts';
import type { Collection } from '../catalog/catalog-types.ts';
import type { PageFile } from '../pages/page-file.ts';
import { pageView } from '../pages/page-view.ts';
import { lostEntries } from '../pages/survey.ts';
import { decode } from '../query/bson.ts';
import type { Entry, ReadableView } from '../storage/view.ts';

export interface StoredCollections {
  readonly collections: readonly Collection[];
  /** Tables of dropped collections and indexes that have not been emptied yet. */
  readonly garbage: readonly number[];
  /** One sentence for each record of the catalog that cannot be read. */
  readonly damages: readonly string[];
}

const NAME_AT = 4 + 'ns:'.length;

/** Reads the catalog record by record, so that one damaged record costs one collection. */
export function storedCollections(view: ReadableView): StoredCollections {
  const damages: string[] = [];
  const catalog = openCatalog({
    get(key) {
      const value = view.get(key);
      if (value === undefined || succeeds(() => decode(value))) return value;
      if (key.equals(CATALOG_COUNTERS)) damages.push('the list of tables cannot be read');
      return undefined;
    },
    range: (request) =>
      view.range(request).filter((entry) => {
        const name = entry.key.toString('utf8', NAME_AT);
        const described = { get: () => undefined, range: () => [entry] };
        const readable = succeeds(() => openCatalog(described).all()[0]?.ns === name);
        if (!readable) damages.push(`the description of ${name} cannot be read`);
        return readable;
      }),
  });
  return { collections: catalog.all(), garbage: catalog.garbage(), damages };
}

function succeeds(work: () => unknown): boolean {
  try {
    return work() !== false;
  } catch {
    return false;
  }
}

/**
 * The file's newest state for reading the catalog, which may itself lie behind a damaged page: completed from the leaves
 * nobody reaches, where the youngest copy of a record counts.
 */
export function withLostRecords(file: PageFile, lost: readonly number[]): ReadableView {
  const view = pageView(file, file.heads[0]);
  const found = new Map<string, Entry>();
  for (const { key, value } of lostEntries(file, lost)) {
    const name = key.toString('latin1');
    if (!value || key.length < 5 || key.readUInt32BE(0) !== CATALOG_TABLE) continue;
    if (!found.has(name) && view.get(key) === undefined) found.set(name, { key, value });
  }
  return {
    get: (key) => view.get(key) ?? found.get(key.toString('latin1'))?.value,
    range: (request) => [
      ...view.range(request),
      ...[...found.values()].filter(
        ({ key }) => Buffer.compare(key, request.start) >= 0 && Buffer.compare(key, request.end) < 0,
      ),
    ],
  };
}
