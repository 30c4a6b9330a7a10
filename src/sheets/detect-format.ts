// What a file is, by its first bytes; its name only serves the message.
import { SheetError } from './sheet-error.ts';

const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', [0x1f, 0x8b]],
];

/** 'zip' (an XLSX, or not: its parts tell) or 'text'; throws SheetError for an empty file, an old Excel file, a locked one, anything else. */
export function detectFormat(file: Uint8Array, fileName: string): 'zip' | 'text' {
  if (file.length === 0) throw new SheetError('sheets.empty');
  if (beginsWith(file, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (beginsWith(file, [0xd0, 0xcf, 0x11, 0xe0])) throw compoundFile(file, fileName);
  const found = signatures.find(([, bytes]) => beginsWith(file, bytes));
  if (found !== undefined) throw notASheet(fileName);
  return 'text';
}

/** The error for content that is no sheet; its extension is what the file pretends to be. */
export function notASheet(fileName: string): SheetError {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0].toLowerCase() ?? '';
  const claims = ['.xlsx', '.xlsm', '.csv', '.tsv', '.txt'].includes(extension);
  return claims ? new SheetError('sheets.notASheet', { extension }) : new SheetError('sheets.otherKind');
}

/** Old Office files and locked new ones share a container; the streams inside it have their names in UTF-16. */
function compoundFile(file: Uint8Array, fileName: string): SheetError {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return new SheetError('sheets.encrypted');
  if (holds('WordDocument') || holds('PowerPoint Document')) return notASheet(fileName);
  return new SheetError('sheets.oldExcel');
}

function beginsWith(file: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => file[index] === byte);
}
