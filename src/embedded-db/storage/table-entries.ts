// Reads one table from its first key to its last, a chunk at a time.
import { tableStart } from '../keys/table-key.ts';
import type { Entry, ReadableView } from './view.ts';

const CHUNK = 1000;

/** Every entry of `table` in key order; nothing stays open between chunks. */
export function* tableEntries(view: ReadableView, table: number): Generator<Entry, void, void> {
  const end = tableStart(table + 1);
  let start = tableStart(table);
  for (;;) {
    const chunk = view.range({ start, end, limit: CHUNK });
    yield* chunk;
    const last = chunk.at(-1);
    if (!last) return;
    start = Buffer.concat([last.key, Buffer.of(0)]);
  }
}
