// A table of figures: widths from its contents, and as many parts side by side as it needs to fit the page.
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { measure } from '../text/measure.ts';
import type { SummaryTable } from '../types.ts';
import { palette, type Sheet } from './sheet.ts';
import { drawTable, type TableColumn } from './table.ts';

const size = 9;
const inset = 10;

/** Draws heading, measure, rows and notes; `continuedTitle` words the heading of the second and later parts. */
export function drawSummaryTable(
  sheet: Sheet,
  table: SummaryTable,
  continuedTitle: (part: number) => string,
): void {
  const widths = table.columns.map((_, index) =>
    naturalWidth(table, index, index === 0 ? sheet.width * 0.38 : 92),
  );
  const parts = splitColumns(widths, sheet.width);
  // One stretch for all parts, so that a row label is equally wide in each.
  const factor = sheet.width / Math.max(...parts.map((columns) => widthOf(columns, widths)));
  parts.forEach((columns, part) => {
    sheet.keepTogether(90);
    const title = part === 0 ? table.title : continuedTitle(part + 1);
    sheet.paragraph(title, { style: 'sansBold', size: 11, colour: palette.ink });
    if (part === 0) sheet.paragraph(table.measure, { style: 'sans', size: 8.5, colour: palette.soft });
    sheet.y += 4;
    drawTable(sheet, {
      columns: columns.map((column): TableColumn => ({
        ...table.columns[column]!,
        width: widths[column]! * factor,
      })),
      rows: table.rows.map(({ cells, total }) => ({
        cells: columns.map((column) => cells[column] ?? ''),
        ...(total === undefined ? {} : { total }),
      })),
      size,
      headerSize: 8.5,
      grid: false,
      rowHeight: 17,
    });
    sheet.y += 10;
  });
  for (const note of table.notes) sheet.paragraph(note, { style: 'sans', size: 8.5, colour: palette.soft });
}

function naturalWidth(table: SummaryTable, column: number, most: number): number {
  const words = nameMissingGlyphs(table.columns[column]!.label).split(' ');
  const header = Math.max(...words.map((word) => measure('sansBold', word, 8.5)));
  const cells = table.rows.map(({ cells, total }) =>
    measure(total ? 'sansBold' : 'sans', nameMissingGlyphs(cells[column] ?? ''), size),
  );
  return Math.min(most, Math.max(34, header, ...cells) + inset);
}

// The first column, which names the rows, comes again in every part; parts are about equally wide.
function splitColumns(widths: readonly number[], room: number): number[][] {
  const [first = 0, ...others] = widths;
  const all = others.reduce((sum, width) => sum + width, 0);
  for (let count = Math.max(1, Math.ceil(all / (room - first))); ; count += 1) {
    const each = Math.ceil(others.length / count);
    const parts: number[][] = [];
    for (let from = 0; from < others.length; from += each) {
      parts.push([0, ...others.slice(from, from + each).map((_, index) => from + index + 1)]);
    }
    if (each <= 1 || parts.every((part) => widthOf(part, widths) <= room))
      return parts.length === 0 ? [[0]] : parts;
  }
}

function widthOf(columns: readonly number[], widths: readonly number[]): number {
  return columns.reduce((sum, column) => sum + widths[column]!, 0);
}
