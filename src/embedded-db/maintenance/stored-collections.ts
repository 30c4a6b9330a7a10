// The collections that a file's catalog names, as far as it can be read.
import { CATALOG_COUNTERS, openCatalog } from '../catalog/catalog.ts';
import type { Collection } from '../catalog/catalog-types.ts';
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
      if (value === undefined || isDocument(value)) return value;
      if (key.equals(CATALOG_COUNTERS)) damages.push('the list of tables cannot be read');
      return undefined;
    },
    range: (request) =>
      view.range(request).filter((entry) => {
        const readable = describesCollection(entry);
        if (!readable)
          damages.push(`the description of ${entry.key.toString('utf8', NAME_AT)} cannot be read`);
        return readable;
      }),
  });
  return { collections: catalog.all(), garbage: catalog.garbage(), damages };
}

function describesCollection(entry: Entry): boolean {
  try {
    const [found] = openCatalog({ get: () => undefined, range: () => [entry] }).all();
    return found?.ns === entry.key.toString('utf8', NAME_AT);
  } catch {
    return false;
  }
}

function isDocument(value: Buffer): boolean {
  try {
    decode(value);
    return true;
  } catch {
    return false;
  }
}
