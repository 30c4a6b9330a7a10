// The rows of a CSV: delimiter found by counting, quotes as spreadsheets write them.
import { notASheet } from '../detect-format.ts';
import { SheetError } from '../sheet-error.ts';
import { columnLimit, type RawCell, type RawRow, type RowSource } from '../sheet-types.ts';
import type { DecodedText } from './decode-text.ts';
import { unguard } from './formula-guard.ts';
import { parseRecords } from './parse-records.ts';

/** The text as a source of rows; throws SheetError for HTML or XML under a name ending in csv or xls. */
export function csvSource({ text, encoding }: DecodedText, fileName: string): RowSource {
  if (/^\s*<(!doctype|html|\?xml|table|meta|style)/i.test(text)) throw notASheet(fileName);
  const stated = /^sep=([,;\t|])\r?\n/i.exec(text);
  const delimiter = stated?.[1] ?? likelyDelimiter(text);
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheetName: null,
    hiddenColumns: new Set(),
    read: async (onRow) =>
      readRecords(stated ? text.slice(stated[0].length) : text, delimiter, stated ? 1 : 0, onRow),
  };
}

function readRecords(
  text: string,
  delimiter: string,
  rowsBefore: number,
  onRow: (row: RawRow) => void,
): void {
  const unclosed = parseRecords(text, { delimiter, fieldLimit: columnLimit }, (number, fields) => {
    onRow({ number: rowsBefore + number, hidden: false, cells: fields.map(cellOf) });
  });
  if (unclosed !== null) throw new SheetError('sheets.quotes', { row: rowsBefore + unclosed });
}

function cellOf(field: string): RawCell | undefined {
  if (field === '') return undefined;
  // ="0013" is how people keep a number text in a CSV.
  const text = /^="([^"]*)"$/.exec(field)?.[1] ?? unguard(field);
  const damaged = /^\d(\.\d+)?E\+(1[5-9]|[2-9]\d)$/i.test(text.trim());
  return { text, kind: 'text', damaged };
}

function likelyDelimiter(text: string): string {
  const counts = new Map([',', ';', '\t'].map((one) => [one, 0]));
  let quoted = false;
  let lines = 0;
  for (let at = 0; at < text.length && lines < 30; at += 1) {
    const one = text[at]!;
    if (one === '"') quoted = !quoted;
    else if (!quoted && one === '\n') lines += 1;
    else if (!quoted && counts.has(one)) counts.set(one, counts.get(one)! + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
