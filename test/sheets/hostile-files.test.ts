import { expect } from 'chai';
import fc from 'fast-check';
import { readSheet } from '../../src/sheets/read-sheet.ts';
import { SheetError } from '../../src/sheets/sheet-error.ts';
import type { SheetLimits } from '../../src/sheets/sheet-types.ts';
import { codeOf, rawXlsx, textRow, zipOf } from './raw-xlsx.ts';

const headings = { name: ['姓名'], documentNumber: ['证件号码'] };
const table = textRow(1, '姓名', '证件号码') + textRow(2, '张三', '320599198506150015');
const read = (file: Uint8Array, fileName = 'roster.xlsx', limits: Partial<SheetLimits> = {}) =>
  readSheet(file, fileName, { headings, limits });

/** Overwrites a field of the central directory's entry of a part. */
function patch(zip: Buffer, part: string, offset: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\x01\x02'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4)) {
    const nameLength = copy.readUInt16LE(at + 28);
    if (copy.subarray(at + 46, at + 46 + nameLength).toString() === part) copy.set(bytes, at + offset);
  }
  return copy;
}

describe('sheets hostile files', () => {
  it('refuses a part that unpacks to far more than it weighs', async () => {
    const bomb = await rawXlsx({ sheets: [{ name: 's', rows: table + ' '.repeat(3_000_000) }] });
    expect(bomb.length).to.be.lessThan(20_000);
    expect(await codeOf(read(bomb))).to.equal('sheets.unpacksTooLarge');
  });

  it('refuses a part above the limit, and parts above it together', async () => {
    const file = await rawXlsx({ sheets: [{ name: 's', rows: table }] });
    expect(await codeOf(read(file, 'a.xlsx', { partBytes: 200 }))).to.equal('sheets.unpacksTooLarge');
    expect(await codeOf(read(file, 'a.xlsx', { totalBytes: 700 }))).to.equal('sheets.unpacksTooLarge');
    expect(await codeOf(read(file, 'a.xlsx', { parts: 2 }))).to.equal('sheets.unpacksTooLarge');
    expect((await read(file)).rowCount).to.equal(1);
  });

  it('stops at the stated size when a part lies about it', async () => {
    const bomb = await rawXlsx({ sheets: [{ name: 's', rows: table + ' '.repeat(3_000_000) }] });
    const liar = patch(bomb, 'xl/worksheets/s0.xml', 24, [0x00, 0x10, 0x00, 0x00]);
    expect(await codeOf(read(liar))).to.equal('sheets.broken');
  });

  it('refuses a document type, by which XML is made to swell', async () => {
    const swelling = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    const file = await rawXlsx({
      sheets: [{ name: 's', rows: table }],
      extra: { 'xl/sharedStrings.xml': `${swelling}<sst><si><t>&b;</t></si></sst>` },
    });
    expect(await codeOf(read(file))).to.equal('sheets.broken');
  });

  it('refuses a locked ZIP and a locked or old Office file', async () => {
    const locked = patch(await rawXlsx({ sheets: [{ name: 's', rows: table }] }), 'xl/workbook.xml', 8, [1]);
    expect(await codeOf(read(locked))).to.equal('sheets.encrypted');
    const compound = (stream: string) =>
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(504),
        Buffer.from(stream, 'utf16le'),
      ]);
    expect(await codeOf(read(compound('EncryptedPackage')))).to.equal('sheets.encrypted');
    expect(await codeOf(read(compound('Workbook')))).to.equal('sheets.oldExcel');
    expect(await codeOf(read(compound('WordDocument')))).to.equal('sheets.notASheet');
  });

  const renamed: [string, () => Buffer | Promise<Buffer>][] = [
    ['a .docx', () => zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' })],
    ['a .zip', () => zipOf({ 'a.txt': 'x' })],
    ['a PDF', () => Buffer.from('%PDF-1.7\n姓名,证件号码')],
    ['a PNG', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a page', () => Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>')],
    ['a binary', () => Buffer.from([1, 2, 3, 0, 0, 4, 5, 0, 6])],
  ];
  for (const [what, make] of renamed) {
    it(`refuses ${what} named .xlsx and says what it is named`, async () => {
      const file = await make();
      expect(await codeOf(read(file))).to.equal('sheets.notASheet');
      const error = await read(file, '花名册.XLSX').then(
        () => null,
        (caught: SheetError) => caught,
      );
      expect(error?.details).to.deep.equal({ extension: '.xlsx' });
    });
  }

  it('reads a CSV named .xlsx and an XLSX named .csv: content decides', async () => {
    expect((await read(Buffer.from('姓名,证件号码\n张三,1\n'), 'a.xlsx')).format).to.equal('csv');
    expect((await read(await rawXlsx({ sheets: [{ name: 's', rows: table }] }), 'a.csv')).format).to.equal(
      'xlsx',
    );
  });

  it('calls damage damage: cut files, missing parts, faulty XML', async () => {
    const file = await rawXlsx({ sheets: [{ name: 's', rows: table }] });
    expect(await codeOf(read(file.subarray(0, file.length - 40)))).to.equal('sheets.broken');
    expect(await codeOf(read(await zipOf({ 'xl/workbook.xml': '<workbook/>' })))).to.equal('sheets.broken');
    expect(await codeOf(read(await rawXlsx({ sheets: [{ name: 's', rows: '<row><c></row>' }] })))).to.equal(
      'sheets.broken',
    );
    expect(await codeOf(read(await rawXlsx({ sheets: [] })))).to.equal('sheets.broken');
  });

  it('survives cells far to the right, strings that do not exist and references that are none', async () => {
    const rows = `${table}<row r="3"><c r="XFD3"><v>1</v></c><c r="A3" t="s"><v>99</v></c><c r="3"><v>1</v></c><c r="B3"><v>x</v></c></row>`;
    const reading = await read(await rawXlsx({ sheets: [{ name: 's', rows }] }));
    expect(reading.rows[1]).to.deep.equal({
      number: 3,
      cells: { documentNumber: { text: 'x', kind: 'text', damaged: false, ref: 'B3' } },
    });
  });

  it('fails with a SheetError or not at all, whatever the bytes', async () => {
    const good = await rawXlsx({ sheets: [{ name: 's', rows: table }], strings: '<si><t>a</t></si>' });
    const cut = fc
      .tuple(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([at, bytes]) => {
        const copy = Buffer.from(good);
        copy.set(bytes.subarray(0, copy.length - at), at);
        return new Uint8Array(copy);
      });
    const text = fc
      .string({ unit: 'binary' })
      .map((typed) => new Uint8Array(Buffer.from(`姓名,证件号码\n${typed}`)));
    const anything = fc.oneof(
      fc.uint8Array(),
      fc.uint8Array().map((rest) => Buffer.concat([Buffer.from('PK\x03\x04'), rest])),
      cut,
      text,
    );
    await fc.assert(
      fc.asyncProperty(anything, async (file) => {
        try {
          await read(file);
        } catch (error) {
          expect(error).to.be.instanceOf(SheetError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
