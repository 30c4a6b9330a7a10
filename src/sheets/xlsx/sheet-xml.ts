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
    rowXml(index + 1, [cellXml(columnLetter(0), index + 1, title, style.title)]),
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
      ),
    );
  const letters = sheet.columns.map((_, index) => columnLetter(index));
  const first = headed ? headerRow + 1 : headerRow;
  sheet.rows.forEach((cells, index) => {
    const number = first + index;
    const parts = cells.map((cell, column) =>
      dataXml(letters[column] ?? columnLetter(column), number, cell, sheet.columns[column]),
    );
    rows.push(rowXml(number, parts, linesOf(cells, sheet.columns)));
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

/** Not every program makes a row as high as its wrapped text. */
function rowXml(number: number, cells: readonly string[], lines = 1): string {
  const height = lines > 1 ? ` ht="${Math.min(lines * 15, 405)}" customHeight="1"` : '';
  return `<row r="${number}"${height}>${cells.join('')}</row>`;
}

/** The most lines a cell of the row takes at its column's width; a Chinese character is two wide. */
function linesOf(cells: readonly WrittenCell[], columns: readonly WrittenColumn[]): number {
  let most = 1;
  cells.forEach((cell, index) => {
    const value = typeof cell === 'object' && cell !== null ? cell.value : cell;
    const width = columns[index]?.width;
    if (typeof value !== 'string' || width === undefined || value.length * 2 <= width) return;
    const lines = value
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0);
    most = Math.max(most, lines);
  });
  return most;
}

function widthOf(line: string): number {
  return line.replace(/[^\u0000-\u02ff]/g, '__').length;
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
