// The parts of an XLSX around its sheets: which sheets there are, shared strings, and which styles show numbers as dates.
import { SheetError } from '../sheet-error.ts';
import { isDateFormat } from './cell-values.ts';
import type { Package } from './open-package.ts';
import { parseXml } from './parse-xml.ts';
import { decodeEscapes } from './xml-text.ts';

export interface SheetPart {
  readonly name: string;
  readonly visible: boolean;
  readonly path: string;
}

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904, as old Macs did. */
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** By style number: whether it shows dates. */
  readonly dateStyles: readonly boolean[];
}

/** More of a kind than any workbook has: beyond it the file only fills the memory. */
const limits = { sheets: 1_000, relations: 10_000, strings: 2_000_000, styles: 100_000 };

function requireFewer(count: number, kind: keyof typeof limits): void {
  if (count > limits[kind]) throw new SheetError('sheets.unpacksTooLarge');
}

/** Reads all but the rows; throws SheetError sheets.broken when a part that must be there is not. */
export async function readWorkbook(parts: Package): Promise<Workbook> {
  const targets = await readTargets(parts);
  const declared: { name: string; visible: boolean; id: string }[] = [];
  let from1904 = false;
  await parseXml(parts.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      requireFewer(declared.length, 'sheets');
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      declared.push({
        name: attributes['name'] ?? '',
        visible: (attributes['state'] ?? 'visible') === 'visible',
        id,
      });
    },
  });
  const sheets = declared.flatMap(({ name, visible, id }) => {
    const path = targets.get(id);
    return path !== undefined && parts.has(path) ? [{ name, visible, path }] : [];
  });
  if (sheets.length === 0) throw new SheetError('sheets.broken');
  return { sheets, from1904, strings: await readStrings(parts), dateStyles: await readDateStyles(parts) };
}

async function readTargets(parts: Package): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await parseXml(parts.read('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Target = '', Type = '' }) {
      if (name !== 'Relationship' || Id === undefined || !Type.endsWith('/worksheet')) return;
      requireFewer(targets.size, 'relations');
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`);
    },
  });
  return targets;
}

async function readStrings(parts: Package): Promise<string[]> {
  const strings: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return strings;
  let current = '';
  let inText = false;
  let phonetic = 0;
  await parseXml(parts.read('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic += 1;
      inText = name === 't' && phonetic === 0;
    },
    text(text) {
      if (inText && current.length < 1_000_000) current += text;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name !== 'si') return;
      requireFewer(strings.length, 'strings');
      strings.push(detach(decodeEscapes(current)));
    },
  });
  return strings;
}

async function readDateStyles(parts: Package): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!parts.has('xl/styles.xml')) return styles;
  const formats = new Map<number, string>();
  let inCells = false;
  await parseXml(parts.read('xl/styles.xml'), {
    open(name, attributes) {
      requireFewer(formats.size + styles.length, 'styles');
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(isDateFormat(id, formats.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** A copy of the text that does not keep the whole piece of XML it was cut from in memory. */
function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
