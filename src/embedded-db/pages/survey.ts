// What becomes of every page of the file: in use, free, or neither; and what the leaves that no tree reaches still hold.
import { PAGE_SIZE, type Head, type PageFile } from './page-file.ts';
import { wholeTreePage, type LeafEntry } from './page.ts';
import { walkTree, type Damage } from './walk.ts';

interface Survey {
  /** Damage between the keys of documents and indexes. */
  readonly damages: readonly Damage[];
  /** Damage to the file itself: its head pages, its table of free pages. */
  readonly fileDamages: readonly string[];
  readonly pagesInUse: number;
  readonly pagesFree: number;
  /** Pages that no tree reaches and that are not free, in order: behind a damaged branch, say. */
  readonly lost: readonly number[];
}

/** Walks the newest state of `file`; `onEntry` gets every entry that can be reached, in key order. */
export function surveyFile(file: PageFile, onEntry: (entry: LeafEntry) => void = () => undefined): Survey {
  const [head, older] = file.heads;
  const fileDamages =
    file.heads.length < 2 ? [`${2 - file.heads.length} of the 2 head pages cannot be read`] : [];
  if (!head)
    return { damages: [], fileDamages, pagesInUse: 0, pagesFree: 0, lost: pagesBut(file, [], file.bytes) };
  const main = walkTree({ file, ...head, onEntry });
  const missing = Math.ceil(head.lastPage + 1 - file.bytes / PAGE_SIZE);
  // LMDB may leave free pages at the end unwritten: only where something is missed is a short file a damaged one.
  if (missing > 0 && main.damages.length > 0) fileDamages.push(`the file ends ${missing} pages early`);
  const free = freePages(file, head);
  let freeSet = free.pages;
  if (free.damaged) {
    fileDamages.push(
      'the table of free pages is damaged: a salvage may bring back deleted documents and older states',
    );
    freeSet = olderFreePages(file, head, older) ?? freeSet;
  }
  const both = [...freeSet].find((page) => main.pages.has(page));
  if (both !== undefined) fileDamages.push(`page ${both} is in use and free at once`);
  return {
    damages: main.damages,
    fileDamages,
    pagesInUse: main.pages.size + free.own.size + 2,
    pagesFree: freeSet.size,
    lost: pagesBut(file, [main.pages, freeSet, free.own], (head.lastPage + 1) * PAGE_SIZE),
  };
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
