// Reads keys and values of one committed state straight from the file; what lies behind a damaged page is left out.
import type { Entry, ReadableView } from '../storage/view.ts';
import type { Head, PageFile } from './page-file.ts';
import { wholeTreePage } from './page.ts';

const DEEPEST = 32;

/** A view of the state `head` describes, for the same readers as the store's own. */
export function pageView(file: PageFile, head: Head | undefined): ReadableView {
  function* below(page: number, start: Buffer, end: Buffer, depth: number): Generator<Entry, void, void> {
    const found = depth > DEEPEST ? undefined : wholeTreePage(file, page);
    if (!found) return;
    if (found.kind === 'leaf') {
      for (const { key, value } of found.entries)
        if (value && Buffer.compare(key, start) >= 0 && Buffer.compare(key, end) < 0) yield { key, value };
      return;
    }
    for (const [i, child] of found.children.entries()) {
      const next = found.children[i + 1];
      if (next && Buffer.compare(next.key, start) <= 0) continue;
      if (i > 0 && Buffer.compare(child.key, end) >= 0) return;
      yield* below(child.page, start, end, depth + 1);
    }
  }
  const range = ({ start, end, limit }: { start: Buffer; end: Buffer; limit: number }): Entry[] => {
    const found: Entry[] = [];
    if (head?.root === undefined) return found;
    for (const entry of below(head.root, start, end, 0)) {
      if (found.length === limit) break;
      found.push(entry);
    }
    return found;
  };
  return {
    range,
    get: (key) => range({ start: key, end: Buffer.concat([key, Buffer.of(0)]), limit: 1 })[0]?.value,
  };
}
