// What becomes of every page of the file: in use, free, or neither; what the leaves that no tree reaches still hold; and whether
// LMDB may open the file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE, openPageFile, PAGE_SIZE, type Head, type PageFile } from './page-file.ts';
import { wholeTreePage, type LeafEntry } from './page.ts';
import { walkTree } from './walk.ts';

/** Walks the newest state of `file`; `onEntry` gets every entry that can be reached, in key order. */
export function surveyFile(file: PageFile, onEntry: (entry: LeafEntry) => void = () => undefined) {
  const [head, older] = file.heads;
  const fileDamages = headDamages(file);
  if (!head) return { damages: [], fileDamages, pagesFree: 0, lost: pagesBut(file, [], file.bytes) };
  const main = walkTree({ file, ...head, onEntry });
  const free = freePages(file, head);
  const freeSet = (free.damaged && olderFreePages(file, head, older)) || free.pages;
  const end = Math.floor(file.bytes / PAGE_SIZE);
  // LMDB may leave free pages at the end unwritten.
  const missing = head.lastPage + 1 - end - [...freeSet].filter((page) => page >= end).length;
  if (missing > 0) fileDamages.push(`the file ends ${missing} pages early`);
  if (free.damaged)
    fileDamages.push(
      'the table of free pages is damaged: a salvage may bring back deleted documents and older states',
    );
  const both = [...freeSet].find((page) => main.pages.has(page));
  if (both !== undefined) fileDamages.push(`page ${both} is in use and free at once`);
  return {
    /** Damage between the keys of documents and indexes. */
    damages: main.damages,
    /** Damage to the file itself: its head pages, its table of free pages. */
    fileDamages,
    pagesFree: freeSet.size,
    /** Pages that no tree reaches and that are not free, in order: behind a damaged branch, say. */
    lost: pagesBut(file, [main.pages, freeSet, free.own], (head.lastPage + 1) * PAGE_SIZE),
  };
}

// A commit adds one to the number of the state and takes pages at the end; a compacted file begins with an empty state.
function headDamages({ heads: [head, older] }: PageFile): string[] {
  if (!head || !older) return [`${head ? 1 : 2} of the 2 head pages cannot be read`];
  const apart = head.transaction > older.transaction + 1 && older.transaction > 0;
  return apart || head.lastPage < older.lastPage ? ['the 2 head pages contradict each other'] : [];
}

/** Entries of the leaves that no tree reaches, the youngest leaf first. */
export function* lostEntries(file: PageFile, lost: readonly number[]): Generator<LeafEntry, void, void> {
  const youngest = file.heads[0]?.transaction ?? Infinity;
  const ages = new Map<number, number>();
  for (const page of lost) {
    const found = wholeTreePage(file, page);
    if (found?.kind === 'leaf' && found.transaction <= youngest) ages.set(page, found.transaction);
  }
  for (const [page] of [...ages].sort(([, one], [, other]) => other - one)) {
    const found = wholeTreePage(file, page);
    if (found?.kind === 'leaf') yield* found.entries;
  }
}

function pagesBut(file: PageFile, sets: readonly ReadonlySet<number>[], bytes: number): number[] {
  const pages = [];
  const end = Math.floor(Math.min(bytes, file.bytes) / PAGE_SIZE);
  for (let page = 2; page < end; page++) if (!sets.some((set) => set.has(page))) pages.push(page);
  return pages;
}

// The free pages of a state, and the pages of its table of them. A value is a count, then page numbers; a negative one says
// how many pages follow on from the next.
function freePages(file: PageFile, head: Head) {
  const pages = new Set<number>();
  let damaged = false;
  const { pages: own, damages } = walkTree({
    file,
    ...head,
    root: head.freeRoot,
    ordered: false,
    onEntry({ value }) {
      const numbers =
        value && value.length >= 8
          ? new BigInt64Array(Uint8Array.from(value).buffer, 0, value.length >> 3)
          : [];
      const count = Number(numbers[0] ?? 0);
      if (count >= numbers.length && count > 0) return void (damaged = true);
      for (let i = 1; i <= count; i++) {
        const number = Number(numbers[i]);
        const length = number < 0 ? -number : 1;
        const first = number < 0 ? Number(numbers[++i] ?? 0) : number;
        if (first + length - 1 > head.lastPage || length > head.lastPage) return void (damaged = true);
        if (first !== 0) for (let page = first; page < first + length; page++) pages.add(page);
      }
    },
  });
  return { pages, own, damaged: damaged || damages.length > 0 };
}

// The free pages of the state before, except those that the last transaction has written to.
function olderFreePages(file: PageFile, head: Head, older: Head | undefined): Set<number> | undefined {
  if (!older) return undefined;
  const { pages, damaged } = freePages(file, older);
  if (damaged) return undefined;
  for (const page of [...pages]) {
    const found = wholeTreePage(file, page);
    if (found && found.transaction === head.transaction) pages.delete(page);
  }
  return pages;
}

/** The data file cannot be served. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/**
 * Refuses with DamagedFile a file that LMDB could not open safely, since LMDB ends the process over a head page it cannot read or
 * pages that are missing; one that does not exist yet is fine.
 */
export function mustBeOpenable(dir: string): void {
  const path = join(dir, DATA_FILE);
  if (!existsSync(path)) return;
  // A server that writes meanwhile uses pages of a former state again: only what is found twice in one state is a fault.
  for (let before: number | undefined = NaN; ;) {
    const file = openPageFile(dir);
    try {
      const fault = faultOf(file);
      if (fault === undefined) return;
      const state = file.heads[0]?.transaction;
      if (state === before) throw damaged(dir, fault);
      before = state;
    } finally {
      file.close();
    }
  }
}

function faultOf(file: PageFile): string | undefined {
  const [head] = file.heads;
  const [damage] = headDamages(file);
  if (!head || damage !== undefined) return damage;
  // Only a file that is shorter than its state says is worth the walk: LMDB may leave free pages at its end unwritten.
  const short = (head.lastPage + 1) * PAGE_SIZE > file.bytes;
  if (short && surveyFile(file).fileDamages.length > 0) return 'its end is missing';
  const wrong = [head.root, head.freeRoot].find((root) => root !== undefined && !isTreeOf(file, head, root));
  return wrong === undefined ? undefined : `the head page names page ${wrong}, where no tree begins`;
}

const isTreeOf = (file: PageFile, { lastPage, transaction }: Head, root: number): boolean =>
  root >= 2 && root <= lastPage && (wholeTreePage(file, root)?.transaction ?? Infinity) <= transaction;

/** The refusal of a directory whose data cannot be served, with the ways on. */
export function damaged(dir: string, what: string): DamagedFile {
  return new DamagedFile(
    `The data file in ${dir} is damaged: ${what}. See what can be read with npm run db:check, and write it to a new directory with npm run db:salvage; or restore a backup.`,
  );
}
