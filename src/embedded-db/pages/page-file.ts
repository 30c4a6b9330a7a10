// Reads LMDB's file page by page without LMDB, which trusts every byte it maps: a damaged page here is an error with a
// sentence, there the end of the process. Layout: MDB_page, MDB_node and MDB_meta of LMDB 1.0.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

export const DATA_FILE = 'data.mdb';
/** Holds a data file that is being made, in the directory it is for; whoever has that directory's lock may remove it. */
export const DRAFT_FOLDER = 'unfinished';
export const PAGE_HEADER = 24;
const MAGIC = 0xbeefc0de;
const VERSION = 2;
/** Of every file that is ours. */
export const PAGE_SIZE = 8192;
/** Pages at the beginning of a file, of which each says what one of the last two states is. */
export const HEADS = 2;
const HEAD_BYTES = 256;
/** Where a head page describes the table of free pages, and the tree of everything else. */
const FREE = 48;
const FREE_FLAGS = 0x4008;
const MAIN = 96;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

/** Something in the file that cannot be what was written. */
export class DamagedPage extends Error {
  override readonly name = 'DamagedPage';
}

/** One of the two head pages: a committed state of the whole file. */
export interface Head {
  readonly transaction: number;
  readonly lastPage: number;
  /** Page numbers; undefined where the tree is empty. */
  readonly root: number | undefined;
  readonly freeRoot: number | undefined;
  /** As it lies on its page. */
  readonly bytes: Buffer;
}

export interface PageFile {
  readonly bytes: number;
  /** Newest first; a head page that cannot be read is missing. */
  readonly heads: readonly Head[];
  /** `count` pages as one piece. DamagedPage when the file ends before. */
  read(page: number, count?: number): Buffer;
  /** Whether nothing was committed since it was opened: a newer state uses the pages of this one again only after its own commit. */
  isNewest(): boolean;
  close(): void;
}

/** The data file of `dir` as it is on disk at this moment. */
export function openPageFile(dir: string): PageFile {
  const descriptor = openSync(join(dir, DATA_FILE), 'r');
  const piece = (at: number, length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    const read = readSync(descriptor, buffer, 0, length, at);
    return buffer.subarray(0, read);
  };
  const headPieces = (): Buffer[] => [0, PAGE_SIZE].map((at) => piece(at, HEAD_BYTES));
  const isStill = (pieces: readonly Buffer[]): boolean =>
    headPieces().every((now, page) => now.equals(pieces[page]!));
  let pieces = headPieces();
  // One that is being written can be read half old, half new.
  while (!isStill(pieces)) pieces = headPieces();
  const heads = pieces.flatMap((bytes) => headIn(bytes) ?? []);
  heads.sort((a, b) => b.transaction - a.transaction);
  // Asked only now: a state that was committed meanwhile may have made the file longer.
  const { size } = fstatSync(descriptor);
  return {
    bytes: size,
    heads,
    read(page, count = 1) {
      // Before anything is read: a damaged number may be larger than any place in a file.
      if ((page + count) * PAGE_SIZE > size)
        throw new DamagedPage(`the file ends before page ${page + count - 1}`);
      return piece(page * PAGE_SIZE, count * PAGE_SIZE);
    },
    isNewest: () => isStill(pieces),
    close: () => closeSync(descriptor),
  };
}

function headIn(bytes: Buffer): Head | undefined {
  const known = bytes.length >= 168 && bytes.readUInt32LE(24) === MAGIC && bytes.readUInt16LE(28) === VERSION;
  if (!known || bytes.readUInt32LE(48) !== PAGE_SIZE) return undefined;
  const number = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const rootOf = (tree: number): number | undefined =>
    bytes.readBigUInt64LE(tree + 40) === NO_PAGE ? undefined : number(tree + 40);
  // A tree has a root where it has a depth; flags would have LMDB read the documents in another order.
  const isSound = (tree: number, flags: number): boolean =>
    bytes.readUInt16LE(tree + 4) === flags &&
    bytes.readUInt16LE(tree + 6) > 0 === (rootOf(tree) !== undefined);
  if (!isSound(FREE, FREE_FLAGS) || !isSound(MAIN, 0)) return undefined;
  const [freeRoot, root] = [FREE, MAIN].map(rootOf);
  return { transaction: number(152), lastPage: number(144), freeRoot, root, bytes };
}

/** The head page of that number in a file whose one state is `head`. */
export function headPage({ bytes }: Head, page: number): Buffer {
  const whole = Buffer.alloc(PAGE_SIZE);
  bytes.copy(whole);
  whole.writeBigUInt64LE(BigInt(page), 0);
  return whole;
}
