// The XML of one sheet. Text is always an inline string, so nothing typed by a person is ever taken for a formula.
import { columnLetter } from '../column-letter.ts';
import type { Mark, WrittenCell, WrittenColumn, WrittenSheet, WrittenValue } from '../write-sheet.ts';
import type { RangeOf } from './choice-sheet.ts';
import { style } from './static-parts.ts';
import { encodeText } from './xml-text.ts';

/** Rows below the headings that offer a drop-down list. */
const listedRows = 5_000;
/** Characters a cell can hold. */
const cellLimit = 32_767;

/** A sheet without any heading has no heading row: its rows begin at the top. */
export function sheetXml(sheet: WrittenSheet, rangeOf: RangeOf): string {
  const titles = sheet.titles ?? [];
  const headed = sheet.columns.some(({ heading }) => heading !== '');
  const rows = titles.map((title, index) =>
    rowXml(index + 1, [cellXml(columnLetter(0), index + 1, title, style.title)], titleHeight),
  );
  const headerRow = titles.length + 1;
  if (headed)
    rows.push(
      rowXml(
        headerRow,
        sheet.columns.map((one, index) =>
          cellXml(
            columnLetter(index),
            headerRow,
            one.heading,
            one.numeric ? style.headingRight : style.heading,
          ),
        ),
        heightOf(sheet.columns.map((one) => linesIn(one.heading, one.width - 1))),
      ),
    );
  const letters = sheet.columns.map((_, index) => columnLetter(index));
  const first = headed ? headerRow + 1 : headerRow;
  sheet.rows.forEach((cells, index) => {
    const number = first + index;
    const parts = cells.map((cell, column) =>
      dataXml(letters[column] ?? columnLetter(column), number, cell, sheet.columns[column]),
    );
    const lines = cells.map((cell, column) => linesIn(valueOf(cell), sheet.columns[column]?.width ?? 0));
    rows.push(rowXml(number, parts, heightOf(lines)));
  });
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
    viewXml(headed ? headerRow : 0) +
    '<sheetFormatPr defaultRowHeight="16"/>' +
    `<cols>${sheet.columns.map(columnXml).join('')}</cols>` +
    `<sheetData>${rows.join('')}</sheetData>` +
    validationsXml(sheet.columns, first, rangeOf) +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' +
    '</worksheet>'
  );
}

function viewXml(frozenRows: number): string {
  if (frozenRows === 0) return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>';
  const pane = `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `<sheetViews><sheetView workbookViewId="0">${pane}<selection pane="bottomLeft"/></sheetView></sheetViews>`;
}

function columnXml({ width, text }: WrittenColumn, index: number): string {
  const styled = text ? ` style="${style.text}"` : '';
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${styled}/>`;
}

/** In points; not every program fits the row to text that wraps. */
const lineHeight = 16;
const titleHeight = 20;

function rowXml(number: number, cells: readonly string[], height: number | null): string {
  const high = height === null ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${number}"${high}>${cells.join('')}</row>`;
}

/** The height of a row whose cells have these many lines, null for the usual one. */
function heightOf(lines: readonly number[]): number | null {
  const most = lines.reduce((top, one) => Math.max(top, one), 1);
  return most === 1 ? null : Math.min(most, 25) * lineHeight;
}

/** How many lines a text takes in a column so many characters wide, where a Chinese one is two; words stay whole. */
function linesIn(value: WrittenValue, width: number): number {
  if (typeof value !== 'string' || width <= 0) return 1;
  return value.split('\n').reduce((sum, line) => sum + wrappedLines(line, width), 0);
}

function wrappedLines(line: string, width: number): number {
  let [lines, used] = [1, 0];
  for (const [piece] of line.matchAll(/[\u0300-\uffff]|[^\s\u0300-\uffff-]+[\s-]?|[\s-]/g)) {
    const wide = piece > '\u02ff' ? 2 : piece.length;
    if (used > 0 && used + wide > width) [lines, used] = [lines + 1, 0];
    used += wide;
    while (used > width) [lines, used] = [lines + 1, used - width];
  }
  return lines;
}

function valueOf(cell: WrittenCell): WrittenValue {
  return typeof cell === 'object' && cell !== null ? cell.value : cell;
}

function dataXml(letter: string, row: number, cell: WrittenCell, column: WrittenColumn | undefined): string {
  const marked = typeof cell === 'object' && cell !== null;
  const value = marked ? cell.value : cell;
  return cellXml(letter, row, value, marked ? markStyle[cell.mark] : styleOf(value, column));
}

function styleOf(value: WrittenValue, column: WrittenColumn | undefined): number {
  if (column?.text || typeof value === 'string') return column?.numeric ? style.textRight : style.text;
  return style.plain;
}

const markStyle: Record<Mark, number> = {
  error: style.error,
  warning: style.warning,
  good: style.good,
  heading: style.heading,
};

function cellXml(letter: string, row: number, value: string | number | null, styleNumber: number): string {
  const start = `<c r="${letter}${row}" s="${styleNumber}"`;
  if (value === null || value === '') return styleNumber === style.plain ? '' : `${start}/>`;
  if (typeof value === 'number')
    return Number.isFinite(value) ? `${start}><v>${value}</v></c>` : `${start}/>`;
  const text = value.length > cellLimit ? value.slice(0, cellLimit) : value;
  return `${start} t="inlineStr"><is><t xml:space="preserve">${encodeText(text)}</t></is></c>`;
}

function validationsXml(columns: readonly WrittenColumn[], firstRow: number, rangeOf: RangeOf): string {
  const rules = columns.flatMap(({ choices }, index) => {
    if (choices === undefined || choices.length === 0) return [];
    const letter = columnLetter(index);
    const cells = `${letter}${firstRow}:${letter}${firstRow + listedRows - 1}`;
    // A value outside the list is let in: the import says what is wrong with it.
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${cells}"><formula1>${rangeOf(choices)}</formula1></dataValidation>`;
  });
  return rules.length === 0
    ? ''
    : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}
