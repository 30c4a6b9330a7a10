// The rows of one sheet of an XLSX, one at a time while the XML streams by.
import { columnIndex } from '../column-letter.ts';
import { columnLimit, type RawCell, type RawRow, type RowSource } from '../sheet-types.ts';
import { numberCell } from './cell-values.ts';
import type { Package } from './open-package.ts';
import { parseXml } from './parse-xml.ts';
import type { SheetPart, Workbook } from './read-workbook.ts';
import { decodeEscapes } from './xml-text.ts';

/** No cell holds more (32,767 characters); what a part has beyond it is passed over. */
const valueLimit = 1_000_000;

/** The sheet as a source of rows. */
export function xlsxSource(parts: Package, workbook: Workbook, sheet: SheetPart): RowSource {
  const hiddenColumns = new Set<number>();
  return {
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheetName: sheet.name,
    hiddenColumns,
    read: (onRow) => readRows(parts.read(sheet.path), workbook, hiddenColumns, onRow),
  };
}

async function readRows(
  pieces: AsyncIterable<string>,
  workbook: Workbook,
  hiddenColumns: Set<number>,
  onRow: (row: RawRow) => void,
): Promise<void> {
  let number = 0;
  let hidden = false;
  let cells: (RawCell | undefined)[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let formula = false;
  let value = '';
  let taking = false;
  let phonetic = 0;

  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'c') {
      const ref = attributes['r'];
      column = ref === undefined ? column + 1 : columnIndex(ref);
      type = attributes['t'] ?? 'n';
      style = Number(attributes['s'] ?? 0);
      formula = false;
      value = '';
    } else if (name === 'v' || (name === 't' && phonetic === 0)) taking = true;
    else if (name === 'f') formula = true;
    else if (name === 'rPh') phonetic += 1;
    else if (name === 'row') {
      number = Number(attributes['r'] ?? number + 1);
      hidden = isTrue(attributes['hidden']);
      cells = [];
      column = -1;
    } else if (name === 'col' && isTrue(attributes['hidden'])) hide(hiddenColumns, attributes);
  };
  const close = (name: string): void => {
    if (name === 'v' || name === 't') taking = false;
    else if (name === 'rPh') phonetic -= 1;
    else if (name === 'c') {
      if (column < 0 || column >= columnLimit) return;
      const cell = cellOf({ type, style, formula, value }, workbook);
      if (cell !== null) cells[column] = cell;
    } else if (name === 'row' && cells.length > 0) onRow({ number, hidden, cells });
  };
  await parseXml(pieces, {
    open,
    close,
    text(text) {
      if (taking && value.length < valueLimit) value += text;
    },
  });
}

function cellOf(
  { type, style, formula, value }: { type: string; style: number; formula: boolean; value: string },
  { strings, dateStyles, from1904 }: Workbook,
): RawCell | null {
  if (value === '') return formula ? { text: '', kind: 'formula', damaged: false } : null;
  if (type === 'n') return numberCell(value, { asDate: dateStyles[style] ?? false, from1904, formula });
  const kind = formula ? 'formula' : 'text';
  if (type === 's') {
    const text = strings[Number(value)] ?? '';
    return text === '' ? null : { text, kind, damaged: false };
  }
  if (type === 'd')
    return { text: value.replace(/T00:00.*$/, ''), kind: formula ? 'formula' : 'date', damaged: false };
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE', kind, damaged: false };
  return { text: decodeEscapes(value), kind, damaged: false };
}

function hide(hiddenColumns: Set<number>, { min, max }: Readonly<Record<string, string>>): void {
  const last = Math.min(Number(max), columnLimit);
  for (let column = Math.max(1, Number(min)); column <= last; column += 1) hiddenColumns.add(column - 1);
}

function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}
