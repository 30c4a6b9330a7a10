// The rows of a CSV: delimiter found by counting, quotes as spreadsheets write them.
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { notASheet } from '../detect-format.ts';
import { SheetError } from '../sheet-error.ts';
import type { RawCell, RawRow, RowSource } from '../sheet-types.ts';
import type { DecodedText } from './decode-text.ts';
import { unguard } from './formula-guard.ts';

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
  let number = rowsBefore;
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 1_000_000,
      // Returning nothing keeps the parser from collecting the records.
      on_record(record: string[]) {
        number += 1;
        const cells = record.map(cellOf);
        if (cells.some((cell) => cell !== undefined)) onRow({ number, hidden: false, cells });
        return null;
      },
    });
  } catch (cause) {
    if (cause instanceof CsvError) throw new SheetError('sheets.quotes', { row: number + 1 }, { cause });
    throw cause;
  }
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
