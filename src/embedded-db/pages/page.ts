// What lies on one page of LMDB's trees, with every length and number checked before it is used.
import { DamagedPage, PAGE_HEADER, PAGE_SIZE, type PageFile } from './page-file.ts';

const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
const ON_OTHER_PAGES = 1;
const NODE_HEADER = 8;

/** An entry of a leaf: its value, or why it cannot be read. */
export interface LeafEntry {
  readonly key: Buffer;
  readonly value: Buffer | undefined;
  readonly damage?: string;
  /** Pages that hold the value, where it did not fit on the leaf. */
  readonly overflow?: { readonly page: number; readonly count: number };
}

/** A child of a branch has the first key below it, which is empty for the leftmost. */
export type TreePage =
  | {
      readonly kind: 'branch';
      readonly transaction: number;
      readonly children: readonly { readonly key: Buffer; readonly page: number }[];
    }
  | { readonly kind: 'leaf'; readonly transaction: number; readonly entries: readonly LeafEntry[] };

/** The branch or leaf page of that number. DamagedPage when it is neither, or contradicts itself. */
export function readTreePage(file: PageFile, page: number): TreePage {
  const bytes = file.read(page);
  if (Number(bytes.readBigUInt64LE(0)) !== page) throw new DamagedPage(`page ${page} bears another number`);
  const transaction = Number(bytes.readBigUInt64LE(8));
  const kind = bytes.readUInt16LE(18) & 0xff;
  if (kind !== BRANCH && kind !== LEAF) throw new DamagedPage(`page ${page} is no page of a tree`);
  const lower = bytes.readUInt16LE(20);
  const upper = bytes.readUInt16LE(22);
  if (lower % 2 === 1 || lower > upper || upper + PAGE_HEADER > PAGE_SIZE)
    throw new DamagedPage(`page ${page} has an impossible layout`);
  const nodes = Array.from({ length: lower / 2 }, (_, i) => nodeAt(bytes, page, i));
  if (kind === BRANCH) {
    if (nodes.length === 0) throw new DamagedPage(`page ${page} is an empty branch`);
    const pageOf = ({ low, high, flags }: Node): number => low + high * 2 ** 16 + flags * 2 ** 32;
    return {
      kind: 'branch',
      transaction,
      children: nodes.map((node) => ({ key: node.key, page: pageOf(node) })),
    };
  }
  return { kind: 'leaf', transaction, entries: nodes.map((node) => leafEntry(file, bytes, page, node)) };
}

/** The same, or undefined where it is damaged. */
export function wholeTreePage(file: PageFile, page: number): TreePage | undefined {
  try {
    return readTreePage(file, page);
  } catch (error) {
    if (error instanceof DamagedPage) return undefined;
    throw error;
  }
}

type Node = ReturnType<typeof nodeAt>;

// A node's key, its three numbers, and where its value begins on the page.
function nodeAt(bytes: Buffer, page: number, i: number) {
  const start = bytes.readUInt16LE(PAGE_HEADER + 2 * i) + PAGE_HEADER;
  if (start + NODE_HEADER > bytes.length) throw new DamagedPage(`page ${page} has a node outside itself`);
  const at = start + NODE_HEADER + bytes.readUInt16LE(start + 6);
  if (at > bytes.length) throw new DamagedPage(`page ${page} has a key longer than itself`);
  return {
    key: bytes.subarray(start + NODE_HEADER, at),
    low: bytes.readUInt16LE(start),
    high: bytes.readUInt16LE(start + 2),
    flags: bytes.readUInt16LE(start + 4),
    at,
  };
}

function leafEntry(
  file: PageFile,
  bytes: Buffer,
  page: number,
  { key, low, high, flags, at }: Node,
): LeafEntry {
  const size = low + high * 2 ** 16;
  const damaged = (damage: string): LeafEntry => ({ key, value: undefined, damage });
  if (flags === 0) {
    if (at + size <= bytes.length) return { key, value: bytes.subarray(at, at + size) };
    return damaged(`a value on page ${page} is longer than the page`);
  }
  if (flags !== ON_OTHER_PAGES || at + 24 > bytes.length)
    return damaged(`a value on page ${page} has an unknown form`);
  const first = Number(bytes.readBigUInt64LE(at));
  const count = Number(bytes.readBigUInt64LE(at + 16));
  const wanted = Math.ceil((PAGE_HEADER + size) / PAGE_SIZE);
  if (count < wanted || first < 2 || (first + count) * PAGE_SIZE > file.bytes)
    return damaged(`a value on page ${page} points outside the file`);
  const overflow = { page: first, count };
  const value = file.read(first, wanted);
  const whole =
    Number(value.readBigUInt64LE(0)) === first &&
    (value.readUInt16LE(18) & OVERFLOW) !== 0 &&
    value.readUInt32LE(20) === count;
  if (!whole) return { ...damaged(`page ${first} is not the long value it should be`), overflow };
  return { key, value: value.subarray(PAGE_HEADER, PAGE_HEADER + size), overflow };
}
