// XLSX files as other programs, and people who mean harm, write them: parts given as XML, put into a ZIP as they are.
import { ZipFile } from 'yazl';
import { SheetError } from '../../src/sheets/sheet-error.ts';

export interface RawSheet {
  readonly name: string;
  readonly state?: string;
  /** What stands in <sheetData>. */
  readonly rows: string;
  /** What stands before <sheetData>. */
  readonly before?: string;
  readonly after?: string;
}

export interface RawWorkbook {
  readonly sheets: readonly RawSheet[];
  readonly strings?: string;
  readonly styles?: string;
  readonly workbookPr?: string;
  readonly extra?: Readonly<Record<string, string>>;
}

/** The bytes of a workbook made of these parts. */
export async function rawXlsx({
  sheets,
  strings,
  styles,
  workbookPr = '',
  extra = {},
}: RawWorkbook): Promise<Buffer> {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}">${workbookPr}<sheets>${sheets
      .map(
        ({ name, state }, n) =>
          `<sheet name="${name}" sheetId="${n + 1}"${state ? ` state="${state}"` : ''} r:id="r${n}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map(
        (_, n) => `<Relationship Id="r${n}" Type="${office}/worksheet" Target="/xl/worksheets/s${n}.xml"/>`,
      )
      .join('')}</Relationships>`,
    ...extra,
  };
  sheets.forEach(({ rows, before = '', after = '' }, n) => {
    parts[`xl/worksheets/s${n}.xml`] =
      `<worksheet ${main}>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
  });
  if (strings !== undefined) parts['xl/sharedStrings.xml'] = `<sst ${main}>${strings}</sst>`;
  if (styles !== undefined) parts['xl/styles.xml'] = `<styleSheet ${main}>${styles}</styleSheet>`;
  return zipOf(parts);
}

/** A ZIP of texts. */
export async function zipOf(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** A row of inline texts, each `A1`-style reference left out: cells follow one another. */
export function textRow(number: number, ...texts: readonly string[]): string {
  return `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
}

/** The code a reading fails with; throws when it does not fail. */
export async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof SheetError) return error.code;
    throw error;
  }
  throw new Error('The file was read');
}
