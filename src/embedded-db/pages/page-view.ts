// Reads keys and values of one committed state straight from the file; what lies behind a damaged page is left out.
import type { Entry, RangeRequest, ReadableView } from '../storage/view.ts';
import type { Head, PageFile } from './page-file.ts';
import { wholeTreePage } from './page.ts';

const DEEPEST = 32;

/** A view of the state `head` describes, for the same readers as the store's own. */
export function pageView(file: PageFile, head: Head | undefined): ReadableView {
  const range = ({ start, end, limit }: RangeRequest): Entry[] => {
    const entries: Entry[] = [];
    const visit = (page: number, depth: number): void => {
      const found = depth > DEEPEST ? undefined : wholeTreePage(file, page);
      if (found?.kind === 'leaf')
        for (const { key, value } of found.entries)
          if (value && Buffer.compare(key, start) >= 0 && Buffer.compare(key, end) < 0)
            entries.push({ key, value });
      if (found?.kind !== 'branch') return;
      for (const [i, child] of found.children.entries()) {
        const next = found.children[i + 1];
        if (next && Buffer.compare(next.key, start) <= 0) continue;
        if (entries.length >= limit || (i > 0 && Buffer.compare(child.key, end) >= 0)) return;
        visit(child.page, depth + 1);
      }
    };
    if (head?.root !== undefined) visit(head.root, 0);
    return entries.slice(0, limit);
  };
  return {
    range,
    get: (key) => range({ start: key, end: Buffer.concat([key, Buffer.of(0)]), limit: 1 })[0]?.value,
  };
}
