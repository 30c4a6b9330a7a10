// What a file is, by its first bytes; the name it came under and the type a browser states prove nothing.

/** 'sheet' is XLSX or CSV, and the sheet reader says what else it was. */
export type FileKind = 'sheet' | 'pdf' | 'jpeg' | 'png';

const beginnings = {
  pdf: { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  jpeg: { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  png: { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
} as const;

/** Whether the bytes are of one of the kinds; a sheet is left to the sheet reader, which says what is wrong with it. */
export function isOfKind(bytes: Uint8Array, kinds: readonly FileKind[]): boolean {
  return kinds.some(
    (kind) => kind === 'sheet' || beginnings[kind].bytes.every((byte, index) => bytes[index] === byte),
  );
}

/** The media type of a PDF, JPEG or PNG, null for anything else. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const kind = (['pdf', 'jpeg', 'png'] as const).find((one) => isOfKind(bytes, [one]));
  return kind === undefined ? null : beginnings[kind].type;
}
