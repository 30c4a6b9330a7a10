// Writes a CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, no cell that works as a formula.
import { guard } from './csv/formula-guard.ts';

/** The file's bytes; numbers stay numbers, text that begins like a formula gets an apostrophe before it. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  const lines = rows.map((row) => row.map(field).join(','));
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? String(value) : guard(value);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
