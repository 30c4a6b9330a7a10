// Room on the disk is taken before LMDB commits into it: a commit that fails in the middle of its writes leaves LMDB's memory
// in disorder and may end the process, while taking room fails as an ordinary error and leaves nothing behind. After one such
// commit a page of our own is written first, each time, until it can be.
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** What LMDB tells of the tree: inside a write transaction as it stands there, under `root` as committed. */
export interface TreeStats {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly lastPageNumber: number;
}

const AHEAD = 2 ** 20;
const PROBE = 8_192;
const ZEROS = Buffer.alloc(2 ** 20);
/** Pages of LMDB's list of free pages, rewritten at each commit. */
const FREE_LIST = 8;

export type Room = ReturnType<typeof openRoom>;

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
    /** Takes the room the noted changes may need; throws the file system's error, and the file is as long as before. */
    take(stats: TreeStats): void {
      // A change copies its leaf and, among many, about one page above it; no more pages than the tree has.
      const tree = stats.treeBranchPageCount + stats.treeLeafPageCount;
      const copied = Math.min(2 * changes, tree) + FREE_LIST;
      const end = (stats.lastPageNumber + 1 + copied + largePages) * stats.pageSize;
      const { size } = fstatSync(file);
      if (end <= size) return;
      try {
        extend(file, size, end + AHEAD);
      } catch {
        extend(file, size, end);
      }
    },
    /** Writes behind the end of the file and to the disk; throws the file system's error where that fails. */
    probe(): void {
      const { size } = fstatSync(file);
      try {
        writeSync(file, ZEROS, 0, PROBE, size);
        fdatasyncSync(file);
      } finally {
        ftruncateSync(file, size);
      }
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
