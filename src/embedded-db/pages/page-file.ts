// Reads LMDB's file page by page without LMDB, which trusts every byte it maps: a damaged page here is an error with a
// sentence, there the end of the process. Layout: MDB_page, MDB_node and MDB_meta of LMDB 1.0.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

export const DATA_FILE = 'data.mdb';
export const PAGE_HEADER = 24;
const MAGIC = 0xbeefc0de;
/** Of every file that is ours. */
export const PAGE_SIZE = 8192;
const CACHED_PAGES = 2048;
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
  readonly entries: number;
}

export interface PageFile {
  readonly bytes: number;
  readonly pageSize: number;
  /** Newest first; a head page that cannot be read is missing. */
  readonly heads: readonly Head[];
  /** `count` pages as one piece. DamagedPage when the file ends before. */
  read(page: number, count?: number): Buffer;
  close(): void;
}

/** The data file of `dir` (or another LMDB file there), as it is on disk at this moment. */
export function openPageFile(dir: string, name = DATA_FILE): PageFile {
  const descriptor = openSync(join(dir, name), 'r');
  const { size } = fstatSync(descriptor);
  const piece = (at: number, length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    const read = readSync(descriptor, buffer, 0, length, at);
    return buffer.subarray(0, read);
  };
  const { pageSize, heads } = readHeads(piece);
  const cache = new Map<number, Buffer>();
  return {
    bytes: size,
    pageSize,
    heads,
    read(page, count = 1) {
      const known = count === 1 ? cache.get(page) : undefined;
      if (known) return known;
      // Before anything is read: a damaged number may be larger than any place in a file.
      if ((page + count) * pageSize > size)
        throw new DamagedPage(`the file ends before page ${page + count - 1}`);
      const found = piece(page * pageSize, count * pageSize);
      if (count > 1) return found;
      if (cache.size >= CACHED_PAGES) cache.delete(cache.keys().next().value ?? page);
      cache.set(page, found);
      return found;
    },
    close: () => closeSync(descriptor),
  };
}

function readHeads(piece: (at: number, length: number) => Buffer): { pageSize: number; heads: Head[] } {
  const first = headIn(piece(0, 256));
  const sizes = first ? [first.pageSize] : [PAGE_SIZE, 4096, 16384, 32768, 65536];
  for (const pageSize of sizes) {
    const second = headIn(piece(pageSize, 256));
    const heads = [first, second].flatMap((one) => (one ? [one.head] : []));
    heads.sort((a, b) => b.transaction - a.transaction);
    if (heads.length > 0) return { pageSize, heads };
  }
  return { pageSize: PAGE_SIZE, heads: [] };
}

function headIn(bytes: Buffer): { pageSize: number; head: Head } | undefined {
  if (bytes.length < 168 || bytes.readUInt32LE(24) !== MAGIC || (bytes.readUInt16LE(28) & 0xffff) !== 2)
    return;
  const pageSize = bytes.readUInt32LE(48);
  if (pageSize < 512 || pageSize > 65536 || (pageSize & (pageSize - 1)) !== 0) return;
  const root = (at: number): number | undefined => {
    const page = bytes.readBigUInt64LE(at);
    return page === NO_PAGE ? undefined : Number(page);
  };
  const head = {
    transaction: Number(bytes.readBigUInt64LE(152)),
    lastPage: Number(bytes.readBigUInt64LE(144)),
    freeRoot: root(88),
    root: root(136),
    entries: Number(bytes.readBigUInt64LE(128)),
  };
  return { pageSize, head };
}
