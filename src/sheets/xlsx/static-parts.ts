// The parts of an XLSX that say which sheets there are and what styles mean.
import { encodeText } from './xml-text.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const packageParts = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Style numbers of cells, in the order of cellXfs below. */
export const style = {
  plain: 0,
  text: 1,
  heading: 2,
  title: 3,
  error: 4,
  warning: 5,
  good: 6,
  headingRight: 7,
  textRight: 8,
} as const;

const right = ' horizontal="right"';

// Colours as the pages use them: red, amber and green tints that keep black text readable.
export const stylesXml =
  declaration +
  `<styleSheet xmlns="${main}">` +
  '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="14"/><name val="Calibri"/></font></fonts>' +
  '<fills count="6"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  ['FFE8EDF2', 'FFFBD9D5', 'FFFFF0C7', 'FFDDF0DF']
    .map(
      (colour) =>
        `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`,
    )
    .join('') +
  '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="9">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  textStyle(0, 0) +
  textStyle(1, 2) +
  textStyle(2, 0, '') +
  textStyle(0, 3) +
  textStyle(0, 4) +
  textStyle(0, 5) +
  textStyle(1, 2, ` wrapText="1"${right}`) +
  textStyle(0, 0, right) +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** Number format 49 is text; lines inside a cell are shown as lines, but a title runs on over the empty cells beside it. */
function textStyle(font: number, fill: number, alignment = ' wrapText="1"'): string {
  return (
    `<xf numFmtId="49" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"` +
    ` applyAlignment="1"><alignment vertical="top"${alignment}/></xf>`
  );
}

/** Where the workbook is, and its properties where it has some. */
export function packageRelationsXml(withProperties: boolean): string {
  const properties = `<Relationship Id="rId2" Type="${packageParts}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`;
  return (
    declaration +
    `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>` +
    `${withProperties ? properties : ''}</Relationships>`
  );
}

/** Who made the file, when and what for, as programs show it under the file's properties. */
export function propertiesXml(stamp: { by: string; at: Date; purpose: string }): string {
  const at = `${stamp.at.toISOString().slice(0, 19)}Z`;
  return (
    `${declaration}<cp:coreProperties xmlns:cp="${packageParts}/metadata/core-properties"` +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:creator>${encodeText(stamp.by)}</dc:creator><dc:description>${encodeText(stamp.purpose)}</dc:description>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`
  );
}

export function contentTypesXml(sheets: number, withProperties: boolean): string {
  const parts = numbers(sheets).map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${types}.worksheet+xml"/>`,
  );
  return (
    declaration +
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
    (withProperties
      ? '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
      : '') +
    `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${parts.join('')}</Types>`
  );
}

/** The names in order; the last sheet can be hidden. */
export function workbookXml(names: readonly string[], lastHidden: boolean): string {
  const sheets = names.map((name, index) => {
    const state = lastHidden && index === names.length - 1 ? ' state="hidden"' : '';
    return `<sheet name="${encodeText(name)}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
  });
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

export function workbookRelationsXml(sheets: number): string {
  const links = numbers(sheets).map(
    (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  const styles = `<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/>`;
  return `${declaration}<Relationships xmlns="${relations}">${links.join('')}${styles}</Relationships>`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
