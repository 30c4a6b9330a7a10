// Whether a spreadsheet would take a cell of a file for a formula, read by others' readers and not by ours.
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { unzip } from './unzip.ts';

/** What a spreadsheet may take for the beginning of a formula, its full-width forms too, and what it may drop before one. */
export const formulaStarts = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'] as const;

const begins = (text: string) => formulaStarts.some((start) => text.startsWith(start));
const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** The texts of all cells of a CSV, XLSX or ZIP of such. Fails on a cell that would work as a formula. */
export async function cellsWithoutFormula(kind: string, bytes: Buffer, where: string): Promise<string[]> {
  if (kind === 'csv') return cellsOfCsv(bytes, where);
  if (kind === 'xlsx') return cellsOfXlsx(bytes, where);
  const cells: string[] = [];
  for (const [name, entry] of await unzip(bytes)) {
    expect(begins(name), `${where}: a file named ${name}`).to.equal(false);
    const inner = /\.(csv|xlsx|zip)$/.exec(name)?.[1];
    if (inner !== undefined) cells.push(...(await cellsWithoutFormula(inner, entry, `${where}, ${name}`)));
    else expect(name, `${where}: a kind of file no row looks into`).to.match(/\.(html|json|pdf)$/);
  }
  return cells;
}

function cellsOfCsv(bytes: Buffer, where: string): string[] {
  const rows = parse(bytes, { bom: true, relax_column_count: true }) as string[][];
  const cells = rows.flat();
  for (const cell of cells)
    if (!isNumber(cell)) expect(begins(cell), `${where}: ${JSON.stringify(cell)}`).to.equal(false);
  return cells.map((cell) => cell.replace(/^'/, ''));
}

/** In a workbook only an element makes a formula: each cell must be a number or a string written in place. */
async function cellsOfXlsx(bytes: Buffer, where: string): Promise<string[]> {
  const cells: string[] = [];
  for (const [name, entry] of await unzip(bytes)) {
    expect(name, `${where}: a part that links or runs`).to.match(
      /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|xl\/(workbook|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/sheet\d+\.xml)$/,
    );
    if (name.startsWith('xl/worksheets/'))
      cells.push(...cellsOfSheet(entry.toString('utf8'), `${where}, ${name}`));
    else
      expect(entry.toString('utf8'), `${where}, ${name}`).to.not.match(
        /definedName [^>]*name="_xlnm|ddeLink|TargetMode/,
      );
  }
  return cells;
}

function cellsOfSheet(xml: string, where: string): string[] {
  const cells: string[] = [];
  let text = '';
  let type = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    expect(name, `${where}: a formula`).to.not.equal('f');
    if (name === 'c') [type, text] = [String(attributes['t'] ?? 'n'), ''];
    if (name === 'formula1') text = '';
  });
  parser.on('text', (part) => (text += part));
  parser.on('closetag', ({ name }) => {
    if (name === 'formula1') expect(text, `${where}: a list`).to.match(/^choices!\$[A-Z]+\$1:\$[A-Z]+\$\d+$/);
    if (name !== 'c') return;
    expect(type, where).to.be.oneOf(['n', 'inlineStr']);
    if (type === 'n') expect(text, where).to.match(/^(-?\d+(\.\d+)?(e[+-]\d+)?)?$/i);
    else cells.push(text);
  });
  parser.write(xml).close();
  return cells;
}
