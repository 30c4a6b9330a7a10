// What a file is, by its first bytes; the name it came under and the type a browser states prove nothing.
import type { FileKind } from './intake.ts';

const beginnings: Readonly<Record<Exclude<FileKind, 'sheet'>, readonly number[]>> = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** Whether the bytes are of one of the kinds; a sheet is left to the sheet reader, which says what is wrong with it. */
export function isOfKind(bytes: Uint8Array, kinds: readonly FileKind[]): boolean {
  return kinds.some(
    (kind) => kind === 'sheet' || beginnings[kind].every((byte, index) => bytes[index] === byte),
  );
}
