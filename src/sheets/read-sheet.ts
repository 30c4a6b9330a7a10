// Reads a table out of an XLSX or CSV file: rows of named cells, and a statement of what was read.
import { columnLetter } from './column-letter.ts';
import {
  matchHeadings,
  type HeadingMatch,
  type HeadingRequest,
  type UnknownHeading,
} from './match-headings.ts';
import { openSources } from './open-sources.ts';
import { SheetError } from './sheet-error.ts';
import { defaultLimits, type Cell, type RawRow, type RowSource, type SheetLimits } from './sheet-types.ts';

export interface SheetRequest<Field extends string> extends HeadingRequest<Field> {
  readonly limits?: Partial<SheetLimits> | undefined;
}

export interface SheetRow<Field extends string> {
  /** From 1, as the spreadsheet counts. */
  readonly number: number;
  /** Empty cells are left out. */
  readonly cells: Readonly<Partial<Record<Field, Cell>>>;
}

/** What was read of a file, apart from its rows. */
export interface SheetSummary<Field extends string> {
  readonly format: 'xlsx' | 'csv';
  /** Of a CSV: 'UTF-8', 'UTF-8 BOM', 'UTF-16LE', 'UTF-16BE' or 'GB18030'. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheetName: string | null;
  /** Visible sheets that were not read. */
  readonly otherSheets: readonly string[];
  readonly headerRow: number | null;
  /** Letter of each field's column. */
  readonly columns: Readonly<Partial<Record<Field, string>>>;
  readonly unknownHeadings: readonly UnknownHeading[];
  /** Required fields without a column. */
  readonly missing: readonly Field[];
  /** Rows below the headings that hold anything. */
  readonly rowCount: number;
  readonly hiddenRows: number;
  /** Letters of hidden columns that belong to a field, and are read all the same. */
  readonly hiddenColumns: readonly string[];
  readonly formulaCells: number;
}

export interface SheetReading<Field extends string> extends SheetSummary<Field> {
  readonly rows: readonly SheetRow<Field>[];
}

/** Rows looked at for the headings. */
const searchedRows = 30;

/** The whole reading. Throws SheetError alone; sheets.tooManyRows (rows, limit) above limits.rows, 5,000 unless told otherwise. */
export async function readSheet<Field extends string>(
  file: Uint8Array,
  fileName: string,
  request: SheetRequest<Field>,
): Promise<SheetReading<Field>> {
  const limit = request.limits?.rows ?? defaultLimits.rows;
  const rows: SheetRow<Field>[] = [];
  const summary = await streamSheet(file, fileName, request, (row) => {
    if (rows.length < limit) rows.push(row);
  });
  if (summary.rowCount > limit) throw new SheetError('sheets.tooManyRows', { rows: summary.rowCount, limit });
  return { ...summary, rows };
}

/** Calls back for each row below the headings without keeping any, whatever their number; throws SheetError alone. */
export async function streamSheet<Field extends string>(
  file: Uint8Array,
  fileName: string,
  request: SheetRequest<Field>,
  onRow: (row: SheetRow<Field>) => void,
): Promise<SheetSummary<Field>> {
  const limits = { ...defaultLimits, ...request.limits };
  const sources = await openSources(file, fileName, limits);
  let first: SheetSummary<Field> | null = null;
  // The table may stand on a later sheet, behind a cover or an instruction.
  for (const source of sources) {
    const others = sources.flatMap(({ sheetName }) =>
      sheetName === null || sheetName === source.sheetName ? [] : [sheetName],
    );
    const summary = { ...(await readSource(source, request, onRow)), otherSheets: others };
    if (Object.keys(summary.columns).length > 0) return summary;
    first ??= summary;
  }
  if (first === null || first.headerRow === null) throw new SheetError('sheets.empty');
  return first;
}

async function readSource<Field extends string>(
  source: RowSource,
  request: HeadingRequest<Field>,
  onRow: (row: SheetRow<Field>) => void,
): Promise<Omit<SheetSummary<Field>, 'otherSheets'>> {
  const counts = { rowCount: 0, hiddenRows: 0, formulaCells: 0 };
  const waiting: RawRow[] = [];
  let match: HeadingMatch<Field> | null = null;
  const deliver = (row: RawRow, { headerRow, columns }: HeadingMatch<Field>) => {
    if (
      headerRow === null ||
      row.number <= headerRow ||
      !row.cells.some((cell) => cell && cell.text.trim() !== '')
    )
      return;
    counts.rowCount += 1;
    if (row.hidden) counts.hiddenRows += 1;
    for (const cell of row.cells) if (cell?.kind === 'formula') counts.formulaCells += 1;
    if (columns.size > 0) onRow(nameCells(row, columns));
  };
  const settle = (): HeadingMatch<Field> => {
    const found = matchHeadings(waiting, source.hiddenColumns, request);
    for (const row of waiting) deliver(row, found);
    waiting.length = 0;
    return found;
  };
  await source.read((row) => {
    if (match !== null) return deliver(row, match);
    if (waiting.push(row) === searchedRows) match = settle();
  });
  match ??= settle();
  return { ...describe(source, match), ...counts };
}

function nameCells<Field extends string>(row: RawRow, columns: ReadonlyMap<Field, number>): SheetRow<Field> {
  const cells: Partial<Record<Field, Cell>> = {};
  for (const [field, column] of columns) {
    const cell = row.cells[column];
    if (cell !== undefined) cells[field] = { ...cell, ref: `${columnLetter(column)}${row.number}` };
  }
  return { number: row.number, cells };
}

function describe<Field extends string>(source: RowSource, match: HeadingMatch<Field>) {
  const { format, encoding, delimiter, sheetName, hiddenColumns } = source;
  const columns: Partial<Record<Field, string>> = {};
  for (const [field, column] of match.columns) columns[field] = columnLetter(column);
  return {
    format,
    encoding,
    delimiter,
    sheetName,
    headerRow: match.headerRow,
    columns,
    unknownHeadings: match.unknown,
    missing: match.missing,
    hiddenColumns: [...match.columns.values()]
      .filter((column) => hiddenColumns.has(column))
      .map(columnLetter),
  };
}
