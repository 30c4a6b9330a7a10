// Writes XLSX files: bold frozen headings, text columns, drop-down lists, marked cells, a sheet of notes. The same content
// gives the same bytes.
import { ZipFile } from 'yazl';
import { choiceSheet, collectChoices } from './xlsx/choice-sheet.ts';
import { sheetXml } from './xlsx/sheet-xml.ts';
import {
  contentTypesXml,
  packageRelationsXml,
  propertiesXml,
  stylesXml,
  workbookRelationsXml,
  workbookXml,
} from './xlsx/static-parts.ts';

/** Look of a cell: a fault in it, a doubt about it, all right; a heading. */
export type Mark = 'error' | 'warning' | 'good' | 'heading';
export type WrittenValue = string | number | null;
export type WrittenCell = WrittenValue | { readonly value: WrittenValue; readonly mark: Mark };

export interface WrittenColumn {
  readonly heading: string;
  /** In characters; a Chinese character is two. */
  readonly width: number;
  /** Heading and signs such as <5 stand at the right, as the numbers do. */
  readonly numeric?: boolean | undefined;
  /** Every cell of the column, empty ones too, is formatted as text, so that long numbers stay whole. */
  readonly text?: boolean | undefined;
  /** Values of a drop-down list on the cells below the heading. */
  readonly choices?: readonly string[] | undefined;
}

export interface WrittenSheet {
  readonly name: string;
  /** Lines above the headings, one a row. */
  readonly titles?: readonly string[] | undefined;
  readonly columns: readonly WrittenColumn[];
  readonly rows: readonly (readonly WrittenCell[])[];
}

export interface WrittenWorkbook {
  readonly sheets: readonly WrittenSheet[];
  /** Stands in the file's properties: who made it, when and what for. */
  readonly stamp?: { readonly by: string; readonly at: Date; readonly purpose: string } | undefined;
  /** A last sheet of plain lines: how to fill in, definitions, what was filtered. */
  readonly notes?: { readonly name: string; readonly lines: readonly string[] } | undefined;
}

/** The bytes of the file. Text never works as a formula; throws for a workbook without sheets or with two of the same name. */
export async function writeSheet(workbook: WrittenWorkbook): Promise<Buffer> {
  const { lists, rangeOf } = collectChoices(workbook.sheets);
  const notes = workbook.notes === undefined ? [] : [notesSheet(workbook.notes)];
  const names = [...workbook.sheets, ...notes].map((sheet) => sheet.name);
  if (lists.length > 0) names.push(choiceSheet.name);
  requireDistinct(names);
  const sheets = [
    ...workbook.sheets.map((sheet) => sheetXml(sheet, rangeOf)),
    ...notes.map((sheet) => sheetXml(sheet, rangeOf)),
    ...(lists.length > 0 ? [sheetXml(choiceSheet.of(lists), rangeOf)] : []),
  ];
  return zip([
    ['[Content_Types].xml', contentTypesXml(sheets.length, workbook.stamp !== undefined)],
    ['_rels/.rels', packageRelationsXml(workbook.stamp !== undefined)],
    ...(workbook.stamp === undefined
      ? []
      : [['docProps/core.xml', propertiesXml(workbook.stamp)] as [string, string]]),
    ['xl/workbook.xml', workbookXml(names, lists.length > 0)],
    ['xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets.length)],
    ['xl/styles.xml', stylesXml],
    ...sheets.map((xml, index): [string, string] => [`xl/worksheets/sheet${index + 1}.xml`, xml]),
  ]);
}

function notesSheet({ name, lines }: { name: string; lines: readonly string[] }): WrittenSheet {
  return { name, columns: [{ heading: '', width: 100, text: true }], rows: lines.map((line) => [line]) };
}

function requireDistinct(names: readonly string[]): void {
  const allowed = names.every((name) => name !== '' && [...name].length <= 31 && !/[\\/?*[\]:]/.test(name));
  const distinct = new Set(names.map((name) => name.toLowerCase())).size === names.length;
  if (names.length === 0 || !allowed || !distinct)
    throw new Error(`These cannot be names of sheets: ${names.join(', ')}`);
}

/** DOS time stamps of one fixed moment: they carry no zone, so the bytes do not depend on where they are made. */
async function zip(parts: readonly (readonly [string, string])[]): Promise<Buffer> {
  const file = new ZipFile();
  const mtime = new Date(2000, 0, 1);
  for (const [name, xml] of parts)
    file.addBuffer(Buffer.from(xml, 'utf8'), name, { mtime, forceDosTimestamp: true, mode: 0o100644 });
  file.end();
  const pieces: Buffer[] = [];
  for await (const piece of file.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
