// Hands a file back with what was found: two columns before all others, rows and order as they were.
import { columnIndex } from './column-letter.ts';
import { headingKey } from './match-headings.ts';
import { openSources } from './open-sources.ts';
import { SheetError } from './sheet-error.ts';
import { defaultLimits, type RawCell, type RawRow } from './sheet-types.ts';
import { writeCsv } from './write-csv.ts';
import { writeSheet, type Mark, type WrittenCell, type WrittenValue } from './write-sheet.ts';

const widestGap = 1_000;

export interface RowResult {
  /** Such as 通过 or 2 处错误. */
  readonly result: string;
  /** One message a line. */
  readonly messages: readonly string[];
  readonly mark: Mark;
  /** Letters of the columns the messages are about; their cells are coloured in an XLSX. */
  readonly columns?: readonly string[] | undefined;
}

export interface ResultHeadings {
  readonly result: string;
  readonly messages: string;
}

/**
 * The file with its results by row number, XLSX as XLSX and CSV as CSV (UTF-8 with byte order mark). Result columns of an
 * earlier round are replaced. `read` is what the reading said of the file. Throws SheetError when it cannot be read again.
 */
export async function appendResultColumns(
  file: Uint8Array,
  fileName: string,
  read: { readonly sheetName: string | null; readonly headerRow: number },
  results: ReadonlyMap<number, RowResult>,
  headings: ResultHeadings,
): Promise<{ bytes: Buffer; format: 'xlsx' | 'csv' }> {
  const sources = await openSources(file, fileName, defaultLimits);
  const source = sources.find((one) => one.sheetName === read.sheetName);
  if (source === undefined) throw new SheetError('sheets.broken');
  const rows: RawRow[] = [];
  await source.read((row) => void rows.push(row));
  const earlier = columnsNamed(
    rows.find((row) => row.number === read.headerRow),
    headings,
  );
  const lines = withGaps(rows, (row) => [
    ...resultCells(row, read.headerRow, results, headings),
    ...ownCells(row, earlier, marksOf(row, read.headerRow, results)),
  ]);
  if (source.format === 'csv') {
    return { bytes: writeCsv(lines.map((line) => line.map(plain))), format: 'csv' };
  }
  const width = lines.reduce((most, line) => Math.max(most, line.length), 2);
  const columns = Array.from({ length: width }, (_, index) => ({
    heading: '',
    width: [12, 50][index] ?? 20,
    text: true,
  }));
  const bytes = await writeSheet({ sheets: [{ name: sheetNameOf(read.sheetName), columns, rows: lines }] });
  return { bytes, format: 'xlsx' };
}

/** Empty rows between others stay, so that row numbers mean the same row as before; a chasm is not filled. */
function withGaps(rows: readonly RawRow[], cellsOf: (row: RawRow) => WrittenCell[]): WrittenCell[][] {
  const lines: WrittenCell[][] = [];
  for (const row of rows) {
    const gap = row.number - 1 - lines.length;
    if (gap > 0 && gap <= widestGap) for (let empty = 0; empty < gap; empty += 1) lines.push([]);
    lines.push(cellsOf(row));
  }
  return lines;
}

function resultCells(
  row: RawRow,
  headerRow: number,
  results: ReadonlyMap<number, RowResult>,
  headings: ResultHeadings,
): [WrittenCell, WrittenCell] {
  if (row.number === headerRow)
    return [
      { value: headings.result, mark: 'heading' },
      { value: headings.messages, mark: 'heading' },
    ];
  const found = row.number > headerRow ? results.get(row.number) : undefined;
  return found === undefined
    ? [null, null]
    : [{ value: found.result, mark: found.mark }, found.messages.join('\n')];
}

function ownCells(row: RawRow, left: ReadonlySet<number>, marks: MarkOf): WrittenCell[] {
  const cells: WrittenCell[] = [];
  for (let column = 0; column < row.cells.length; column += 1) {
    if (left.has(column)) continue;
    const value = valueOf(row.cells[column]);
    const mark = marks(column);
    cells.push(mark === null ? value : { value, mark });
  }
  return cells;
}

type MarkOf = (column: number) => Mark | null;

function marksOf(row: RawRow, headerRow: number, results: ReadonlyMap<number, RowResult>): MarkOf {
  if (row.number === headerRow) return () => 'heading';
  const found = results.get(row.number);
  const faulty = new Set(found?.columns?.map(columnIndex));
  return (column) => (found !== undefined && faulty.has(column) ? found.mark : null);
}

/** A number stays one unless its last digits are lost: then what the spreadsheet showed is handed back, as text. */
function valueOf(cell: RawCell | undefined): WrittenValue {
  if (cell === undefined) return null;
  return cell.kind === 'number' && !cell.damaged ? Number(cell.text) : cell.text;
}

function columnsNamed(header: RawRow | undefined, { result, messages }: ResultHeadings): Set<number> {
  const keys = [headingKey(result), headingKey(messages)];
  const found = new Set<number>();
  header?.cells.forEach((cell, column) => {
    if (cell !== undefined && column < 2 && keys.includes(headingKey(cell.text))) found.add(column);
  });
  return found;
}

/** A name every spreadsheet takes: other programs write some that Excel refuses. */
function sheetNameOf(name: string | null): string {
  const allowed = [...(name ?? '').replace(/[\\/?*[\]:]/g, ' ')].slice(0, 31).join('').trim();
  return allowed === '' ? 'Sheet1' : allowed;
}

function plain(cell: WrittenCell): WrittenValue {
  return typeof cell === 'object' && cell !== null ? cell.value : cell;
}
