// The catalog may itself lie behind a damaged page: its records are then looked for on the leaves nobody reaches.
import { CATALOG_TABLE } from '../catalog/catalog.ts';
import type { PageFile } from '../pages/page-file.ts';
import { pageView } from '../pages/page-view.ts';
import { lostEntries } from '../pages/survey.ts';
import type { Entry, ReadableView } from '../storage/view.ts';

/** The file's newest state, its catalog completed from lost leaves, where the youngest copy of a record counts. */
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
