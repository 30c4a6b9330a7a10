// Before LMDB commits into it, room on the disk is taken and a page of our own is written there: the write of a commit that
// fails may end the process (LMDB describes it in more bytes than it has reserved for that), while room that cannot be had, or
// a page that cannot be written, is an ordinary error that leaves nothing behind.
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** What LMDB tells of the tree: inside a write transaction as it stands there, under `root` as committed. */
export interface TreeStats {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly lastPageNumber: number;
}

const AHEAD = 2 ** 20;
const ZEROS = Buffer.alloc(2 ** 20);
/** Pages of LMDB's list of free pages, rewritten at each commit. */
const FREE_LIST = 8;

/** Room at the end of the data file, which must exist. */
export function openRoom(path: string) {
  const file = openSync(path, 'r+');
  let changes = 0;
  let largePages = 0;
  return {
    /** Notes a put (its bytes) or a removal (0) of the running write transaction. */
    note(bytes: number): void {
      changes += 1;
      if (bytes > 2_000) largePages += Math.ceil(bytes / 8_192) + 1;
    },
    /**
     * Takes the room the noted changes may need and writes a page behind it, with `flushed` to the disk; throws the file
     * system's error.
     */
    take(stats: TreeStats, flushed: boolean): void {
      // A change copies its leaf and, among many, about one page above it; no more pages than the tree has.
      const tree = stats.treeBranchPageCount + stats.treeLeafPageCount;
      const copied = Math.min(2 * changes, tree) + FREE_LIST;
      const end = (stats.lastPageNumber + 1 + copied + largePages) * stats.pageSize;
      const wanted = end + stats.pageSize;
      const { size } = fstatSync(file);
      if (wanted > size) {
        try {
          extend(file, size, wanted + AHEAD);
        } catch {
          extend(file, size, wanted);
        }
      } else writeSync(file, ZEROS, 0, stats.pageSize, end);
      if (flushed) fdatasyncSync(file);
    },
    /** Forgets what was noted. */
    clear(): void {
      changes = 0;
      largePages = 0;
    },
    /** Gives back what no commit used, and ends; only when nobody writes any more. */
    close(stats: TreeStats): void {
      const end = (stats.lastPageNumber + 1) * stats.pageSize;
      if (end < fstatSync(file).size) ftruncateSync(file, end);
      closeSync(file);
    },
  };
}

// Writes zeros from `size` to `end`; where they do not fit the file is cut back.
function extend(file: number, size: number, end: number): void {
  try {
    for (let at = size; at < end;) at += writeSync(file, ZEROS, 0, Math.min(ZEROS.length, end - at), at);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}
