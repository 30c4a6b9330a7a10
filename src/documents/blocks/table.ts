// A table whose header row repeats on every page and whose rows are never torn apart.
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { breakLines } from '../text/break-lines.ts';
import { palette, type Sheet } from './sheet.ts';

export interface TableColumn {
  readonly label: string;
  readonly width: number;
  readonly align: 'left' | 'right' | 'centre';
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly total?: boolean;
  /** Stands small under the first line of a cell, by column. */
  readonly below?: Readonly<Record<number, string>>;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly size: number;
  readonly headerSize?: number;
  /** Lines around every cell, as forms to be filled in by hand have them; otherwise under rows only. */
  readonly grid: boolean;
  readonly rowHeight: number;
}

const inset = 4;
const leading = 1.35;

interface SetRow {
  readonly lines: readonly (readonly string[])[];
  readonly height: number;
}

/** Draws the table at the sheet's place and moves below it. */
export function drawTable(sheet: Sheet, table: Table): void {
  const headerSize = table.headerSize ?? table.size;
  const header = setRow(
    table,
    { cells: table.columns.map((column) => column.label) },
    'sansBold',
    headerSize,
    headerSize * leading + 8,
  );
  const rows = table.rows.map((row) =>
    setRow(table, row, row.total ? 'sansBold' : 'sans', table.size, table.rowHeight),
  );
  // A header never stands alone at the foot of a page.
  sheet.keepTogether(header.height + (rows[0]?.height ?? 0));
  drawHeader(sheet, table, header, headerSize);
  rows.forEach((row, index) => {
    if (sheet.keepTogether(row.height)) drawHeader(sheet, table, header, headerSize);
    drawRow(sheet, table, table.rows[index]!, row);
  });
}

/** Widths that share out a room: natural widths, stretched, or the first column narrowed to what is left. */
export function tableWidth(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, column) => sum + column.width, 0);
}

function setRow(
  table: Table,
  row: TableRow,
  style: 'sans' | 'sansBold',
  size: number,
  least: number,
): SetRow {
  const lines = table.columns.map((column, index) =>
    (row.cells[index] ?? '')
      .split('\n')
      .flatMap((part) => breakLines(style, nameMissingGlyphs(part), size, column.width - 2 * inset)),
  );
  const below = row.below === undefined ? 0 : size * 0.85 * leading;
  const deepest = Math.max(...lines.map((cell) => cell.length));
  return { lines, height: Math.max(least, deepest * size * leading + below + 6) };
}

function drawHeader(sheet: Sheet, table: Table, header: SetRow, size: number): void {
  const width = tableWidth(table.columns);
  sheet.pen.fill(sheet.left, sheet.y, width, header.height, palette.sunken);
  drawCells(sheet, table, header, 'sansBold', size, {});
  frameRow(sheet, table, header.height, true);
  sheet.y += header.height;
}

function drawRow(sheet: Sheet, table: Table, row: TableRow, set: SetRow): void {
  if (row.total) sheet.pen.fill(sheet.left, sheet.y, tableWidth(table.columns), set.height, palette.surface);
  drawCells(sheet, table, set, row.total ? 'sansBold' : 'sans', table.size, row.below ?? {});
  frameRow(sheet, table, set.height, row.total === true);
  sheet.y += set.height;
}

function drawCells(
  sheet: Sheet,
  table: Table,
  set: SetRow,
  style: 'sans' | 'sansBold',
  size: number,
  below: Readonly<Record<number, string>>,
): void {
  let x = sheet.left;
  table.columns.forEach((column, index) => {
    const lines = set.lines[index]!;
    const small = below[index];
    const height = lines.length * size * leading + (small === undefined ? 0 : size * 0.85 * leading);
    let y = sheet.y + (set.height - height) / 2 - size * (leading - 1) * 0.5 - size * 0.08;
    const at =
      column.align === 'left'
        ? x + inset
        : column.align === 'right'
          ? x + column.width - inset
          : x + column.width / 2;
    for (const line of lines) {
      y += size * leading;
      sheet.pen.text(at, y, line, { style, size, align: column.align, colour: palette.ink });
    }
    if (small !== undefined) {
      y += size * 0.85 * leading;
      sheet.pen.text(at, y, nameMissingGlyphs(small), {
        style: 'sans',
        size: size * 0.8,
        align: column.align,
        colour: palette.soft,
      });
    }
    x += column.width;
  });
}

function frameRow(sheet: Sheet, table: Table, height: number, strong: boolean): void {
  const { pen, left, y } = sheet;
  const width = tableWidth(table.columns);
  if (!table.grid) {
    pen.line(
      left,
      y + height,
      left + width,
      y + height,
      strong ? palette.edge : palette.line,
      strong ? 0.7 : 0.4,
    );
    return;
  }
  pen.box(left, y, width, height, palette.edge, 0.5);
  let x = left;
  for (const column of table.columns.slice(0, -1)) {
    x += column.width;
    pen.line(x, y, x, y + height, palette.edge, 0.5);
  }
}
