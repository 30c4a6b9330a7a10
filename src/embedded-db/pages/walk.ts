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
  // What is damaged hides the keys from `from` to `to`.
  const guarded = (from: Buffer, to: Buffer | undefined, reading: () => void): void => {
    try {
      reading();
    } catch (error) {
      if (!(error instanceof DamagedPage)) throw error;
      walk.damages.push({ what: error.message, from, to });
    }
  };
  const visit = (page: number, from: Buffer, to: Buffer | undefined): void =>
    guarded(from, to, () => {
      claim(page, 1);
      const found = readTreePage(file, page);
      if (found.transaction > transaction)
        throw new DamagedPage(`page ${page} is younger than the file's state`);
      if (found.kind === 'leaf') {
        checkOrder(found.entries, page, from, to);
        return found.entries.forEach(take);
      }
      checkOrder(found.children.slice(1), page, from, to);
      found.children.forEach((child, i) =>
        visit(child.page, i === 0 ? from : child.key, found.children[i + 1]?.key ?? to),
      );
    });
  const take = (entry: LeafEntry): void =>
    guarded(entry.key, Buffer.concat([entry.key, Buffer.of(0)]), () => {
      if (entry.overflow) claim(entry.overflow.page, entry.overflow.count);
      if (entry.damage !== undefined) throw new DamagedPage(entry.damage);
      onEntry(entry);
    });
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
    nodes.forEach(({ key }, i) => {
      const wrong = i === 0 ? Buffer.compare(key, from) < 0 : Buffer.compare(nodes[i - 1]!.key, key) >= 0;
      if (wrong || (to && Buffer.compare(key, to) >= 0))
        throw new DamagedPage(`page ${page} has keys out of order`);
    });
  };
  if (root !== undefined) visit(root, Buffer.alloc(0), undefined);
  return walk;
}
