// The text of a CSV and the encoding it was read in: stated, never assumed. UTF-8 first, because it proves itself;
// GB18030 only when the bytes cannot be UTF-8.
import { notASheet } from '../detect-format.ts';
import { SheetError } from '../sheet-error.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-8 BOM' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';
}

/** The text without a byte order mark; throws SheetError sheets.encoding with the row at which it becomes unreadable. */
export function decodeText(file: Uint8Array, fileName: string): DecodedText {
  const decoded = decode(file, fileName);
  if (/[\0-\x08\x0e-\x1a]/.test(decoded.text.slice(0, 65_536))) throw notASheet(fileName);
  return decoded;
}

function decode(file: Uint8Array, fileName: string): DecodedText {
  if (file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf) return strictly(file, 'utf-8', 'UTF-8 BOM');
  if (file[0] === 0xff && file[1] === 0xfe) return strictly(file, 'utf-16le', 'UTF-16LE');
  if (file[0] === 0xfe && file[1] === 0xff) return strictly(file, 'utf-16be', 'UTF-16BE');
  const zeros = zeroBytes(file);
  if (zeros.even + zeros.odd > 0) {
    // Text in UTF-16 without a mark: its digits and commas leave a zero byte on one side only.
    if (zeros.even === 0) return strictly(file, 'utf-16le', 'UTF-16LE');
    if (zeros.odd === 0) return strictly(file, 'utf-16be', 'UTF-16BE');
    throw notASheet(fileName);
  }
  const utf8 = attempt(file, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'UTF-8' };
  if (beginsAsUtf8(file)) return strictly(file, 'utf-8', 'UTF-8');
  return strictly(file, 'gb18030', 'GB18030');
}

function strictly(file: Uint8Array, label: string, encoding: DecodedText['encoding']): DecodedText {
  const text = attempt(file, label);
  if (text === null) throw new SheetError('sheets.encoding', { row: firstUnreadableRow(file, label) });
  return { text, encoding };
}

function attempt(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether the first line with anything but ASCII is proper UTF-8 with Chinese in it: then a later fault is damage, not GB18030. */
function beginsAsUtf8(file: Uint8Array): boolean {
  const first = file.findIndex((byte) => byte > 127);
  const start = file.lastIndexOf(0x0a, first) + 1;
  const end = file.indexOf(0x0a, first);
  const line = attempt(file.subarray(start, end < 0 ? file.length : end), 'utf-8');
  return line !== null && /[\u0800-\uffff]/.test(line);
}

function firstUnreadableRow(file: Uint8Array, label: string): number {
  const decoder = new TextDecoder(label, { fatal: true });
  let row = 1;
  for (let at = 0; at < file.length; at += 1) {
    try {
      decoder.decode(file.subarray(at, at + 1), { stream: true });
    } catch {
      return row;
    }
    if (file[at] === 0x0a) row += 1;
  }
  return row;
}

function zeroBytes(file: Uint8Array): { even: number; odd: number } {
  const counts = { even: 0, odd: 0 };
  const end = Math.min(file.length, 8_192);
  for (let at = 0; at < end; at += 1) if (file[at] === 0) counts[at % 2 === 0 ? 'even' : 'odd'] += 1;
  return counts;
}
