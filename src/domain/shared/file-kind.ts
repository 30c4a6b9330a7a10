// What a file is, by its first bytes; the type a browser states proves nothing, and the name it came under has to fit.

/** 'sheet' is XLSX or CSV, and the sheet reader says what else it was. */
export type FileKind = 'sheet' | 'pdf' | 'jpeg' | 'png';

const beginnings = {
  pdf: { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  jpeg: { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  png: { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
} as const;

/** Whether the bytes are of one of the kinds; a sheet is left to the sheet reader, which says what is wrong with it. */
export function isOfKind(bytes: Uint8Array, kinds: readonly FileKind[]): boolean {
  return kinds.some((kind) => kind === 'sheet' || begins(bytes, beginnings[kind].bytes));
}

/** What a sheet may be by its content, and what a file's name must end in. */
const endings = {
  pdf: ['pdf'],
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  xlsx: ['xlsx', 'xlsm'],
  csv: ['csv', 'txt', 'tsv'],
} as const;

/** What a file is, and the endings its name may have, the usual one first. */
export interface Contradiction {
  readonly content: string;
  readonly endings: readonly string[];
}

/**
 * How the name of a file contradicts its content, null when they fit (ASVS 5.2.2). Content that is no kind of ours is left
 * to whoever reads the file and says what it is.
 */
export function contradictionOf(
  file: { readonly name: string; readonly bytes: Uint8Array },
  kinds: readonly FileKind[],
): Contradiction | null {
  const content = contentOf(file.bytes, kinds);
  if (content === null) return null;
  const ending = /\.([^.]*)$/.exec(file.name.trim())?.[1]?.toLowerCase() ?? '';
  const known: readonly string[] = endings[content];
  return known.includes(ending) ? null : { content: content.toUpperCase(), endings: known };
}

function contentOf(bytes: Uint8Array, kinds: readonly FileKind[]): keyof typeof endings | null {
  const plain = (['pdf', 'jpeg', 'png'] as const).find((kind) => isOfKind(bytes, [kind]));
  if (plain !== undefined) return kinds.includes(plain) ? plain : null;
  if (!kinds.includes('sheet') || bytes.length === 0) return null;
  if (begins(bytes, zipBeginning)) return otherOffice.some((name) => holds(bytes, name)) ? null : 'xlsx';
  return foreign.some((one) => begins(bytes, one)) ? null : 'csv';
}

const zipBeginning = [0x50, 0x4b, 0x03, 0x04];
/** Names inside a ZIP that make it another document than a workbook: Word, PowerPoint, OpenDocument. */
const otherOffice = ['word/document.xml', 'ppt/presentation.xml', 'application/vnd.oasis'];

/** Old or locked Office files, GIF, RAR, 7z and gzip. */
const foreign = [
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
];

function holds(bytes: Uint8Array, text: string): boolean {
  const letters = [...text].map((letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(letters[0]!); at !== -1; at = bytes.indexOf(letters[0]!, at + 1))
    if (letters.every((letter, index) => bytes[at + index] === letter)) return true;
  return false;
}

function begins(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, index) => bytes[index] === byte);
}

/** The media type of a PDF, JPEG or PNG, null for anything else. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const kind = (['pdf', 'jpeg', 'png'] as const).find((one) => isOfKind(bytes, [one]));
  return kind === undefined ? null : beginnings[kind].type;
}
