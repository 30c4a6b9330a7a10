// Visits every page of one tree once, hands out its entries and collects what is damaged.
import { DamagedPage, type PageFile } from './page-file.ts';
import { readTreePage, type LeafEntry } from './page.ts';

/** A place where the file is wrong, and between which keys entries are missing because of it. */
export interface Damage {
  readonly what: string;
  /** First key that may be missing; empty for the beginning. */
  readonly from: Buffer;
  /** First key that is not missing any more; undefined for the end. */
  readonly to: Buffer | undefined;
}

interface WalkOptions {
  readonly file: PageFile;
  readonly root: number | undefined;
  readonly lastPage: number;
  /** Number of the transaction that the state belongs to: nothing in it may be younger. */
  readonly transaction: number;
  readonly onEntry: (entry: LeafEntry) => void;
  /** LMDB's table of free pages is ordered by number, not by bytes. */
  readonly ordered?: boolean;
}

/** Walks the tree under `root` from its first key to its last: its pages, those of long values too, and what is damaged. */
export function walkTree({ file, root, lastPage, transaction, onEntry, ordered = true }: WalkOptions) {
  const walk = { pages: new Set<number>(), damages: [] as Damage[] };
  const visit = (page: number, from: Buffer, to: Buffer | undefined): void => {
    try {
      claim(page, 1);
      const found = readTreePage(file, page);
      if (found.transaction > transaction)
        throw new DamagedPage(`page ${page} is younger than the file's state`);
      if (found.kind === 'branch') {
        checkOrder(found.children.slice(1), page, from, to);
        found.children.forEach((child, i) =>
          visit(child.page, i === 0 ? from : child.key, found.children[i + 1]?.key ?? to),
        );
      } else {
        checkOrder(found.entries, page, from, to);
        for (const entry of found.entries) take(entry);
      }
    } catch (error) {
      if (!(error instanceof DamagedPage)) throw error;
      walk.damages.push({ what: error.message, from, to });
    }
  };
  const take = (entry: LeafEntry): void => {
    try {
      if (entry.overflow) claim(entry.overflow.page, entry.overflow.count);
    } catch (error) {
      if (error instanceof DamagedPage) return broken(entry, error.message);
      throw error;
    }
    if (entry.damage === undefined) onEntry(entry);
    else broken(entry, entry.damage);
  };
  const broken = ({ key }: LeafEntry, what: string): void =>
    void walk.damages.push({ what, from: key, to: Buffer.concat([key, Buffer.of(0)]) });
  const claim = (page: number, count: number): void => {
    if (page < 2 || page + count - 1 > lastPage)
      throw new DamagedPage(`page ${page} lies outside the file's state`);
    for (let one = page; one < page + count; one++) {
      if (walk.pages.has(one)) throw new DamagedPage(`page ${one} is used twice`);
      walk.pages.add(one);
    }
  };
  const checkOrder = (
    nodes: readonly { readonly key: Buffer }[],
    page: number,
    from: Buffer,
    to: Buffer | undefined,
  ): void => {
    if (!ordered) return;
    let previous: Buffer | undefined;
    for (const { key } of nodes) {
      const wrong = previous ? Buffer.compare(previous, key) >= 0 : Buffer.compare(key, from) < 0;
      if (wrong || (to && Buffer.compare(key, to) >= 0))
        throw new DamagedPage(`page ${page} has keys out of order`);
      previous = key;
    }
  };
  if (root !== undefined) visit(root, Buffer.alloc(0), undefined);
  return walk;
}
