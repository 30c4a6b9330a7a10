// Hostile files end in a sentence, whatever they hold, while the process goes on answering.
import { expect } from 'chai';
import { runApart } from '../../../src/sheets/apart/run-apart.ts';
import { readForeignSheet } from '../../../src/sheets/read-foreign-sheet.ts';
import { SheetError } from '../../../src/sheets/sheet-error.ts';
import { codeOf, rawXlsx, textRow } from '../raw-xlsx.ts';

const headings = { name: ['姓名'], documentNumber: ['证件号码'] };
const table = textRow(1, '姓名', '证件号码') + textRow(2, '张三', '320599198506150015');
const read = (file: Uint8Array, name = 'a.xlsx') => readForeignSheet(file, name, { headings });

/** A CSV of one column no row of which is short, made large. */
const long = (rows: number) => Buffer.from(`姓名,证件号码\n${'甲,1\n'.repeat(rows)}`);

describe('sheets/apart/run-apart', function () {
  this.timeout(120_000);

  it('reads what readSheet reads, and throws the same refusals', async () => {
    const file = await rawXlsx({ sheets: [{ name: 's', rows: table }] });
    const reading = await read(file);
    expect(reading.rows[0]!.cells.name?.text).to.equal('张三');
    expect(reading.format).to.equal('xlsx');
    const refused = await read(Buffer.from('%PDF-1.7'), 'x.xlsx').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(SheetError);
    expect((refused as SheetError).problems).to.deep.equal([
      { field: 'file', code: 'sheets.notASheet', details: { extension: '.xlsx' } },
    ]);
  });

  it('ends a reading that takes more time or memory than it may, and reads the next file', async () => {
    const request = { headings, limits: { rows: 2_000_000 } };
    const slow = runApart('readSheet', [long(1_900_000), 'a.csv', request], {
      heapMegabytes: 2_000,
      seconds: 0.05,
    });
    expect(await codeOf(slow)).to.equal('sheets.tooSlow');
    const hungry = runApart('readSheet', [long(1_900_000), 'a.csv', request], {
      heapMegabytes: 48,
      seconds: 60,
    });
    expect(await codeOf(hungry)).to.equal('sheets.unpacksTooLarge');
    expect((await read(long(1), 'a.csv')).rowCount).to.equal(1);
  });

  const hostile: [string, () => Buffer | Promise<Buffer>][] = [
    ['a bomb', () => rawXlsx({ sheets: [{ name: 's', rows: table + ' '.repeat(60_000_000) }] })],
    [
      'a bomb just under the ratio',
      () => {
        let noise = '';
        for (let n = 0; n < 700_000; n += 1) noise += `<c r="ZZ${n}"><v>${(n * 7919) % 1_000_003}</v></c>`;
        return rawXlsx({ sheets: [{ name: 's', rows: `${table}<row r="3">${noise}</row>` }] });
      },
    ],
    ['an endless row', () => Buffer.from(`姓名,证件号码\n${'x,'.repeat(4_000_000)}`)],
    ['a row of one field', () => Buffer.from(`姓名,证件号码\n"${'x'.repeat(9_000_000)}`)],
    ['NUL bytes', () => Buffer.concat([Buffer.from('姓名,证件号码\n'), Buffer.alloc(1_000_000)])],
    ['four million quotes', () => Buffer.from(`姓名,证件号码\n${'"'.repeat(4_000_000)}`)],
    [
      'a column of the million',
      () =>
        rawXlsx({
          sheets: [
            {
              name: 's',
              rows: `${table}<row r="3"><c r="XFDXFD3"><v>1</v></c><c r="A999999999"><v>1</v></c></row>`,
            },
          ],
        }),
    ],
    [
      'hidden columns without end',
      () =>
        rawXlsx({
          sheets: [
            {
              name: 's',
              rows: table,
              before:
                '<cols><col min="1" max="1e300" hidden="1"/><col min="-1e15" max="5" hidden="1"/></cols>',
            },
          ],
        }),
    ],
    [
      'elements nested a hundred thousand deep',
      () => rawXlsx({ sheets: [{ name: 's', rows: '<a>'.repeat(100_000) }] }),
    ],
    [
      'entities that swell',
      () =>
        rawXlsx({
          sheets: [{ name: 's', rows: table }],
          extra: {
            'xl/sharedStrings.xml':
              '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>',
          },
        }),
    ],
    [
      'a shared string counted in millions',
      () => rawXlsx({ sheets: [{ name: 's', rows: table }], strings: '<si><t>x</t></si>'.repeat(1_000_000) }),
    ],
    [
      'rows far down',
      () =>
        rawXlsx({
          sheets: [
            {
              name: 's',
              rows: `${table}<row r="1e308"><c><v>1</v></c></row><row r="-5"><c><v>2</v></c></row>`,
            },
          ],
        }),
    ],
  ];
  for (const [what, make] of hostile)
    it(`answers ${what} with rows or a sentence, and the process goes on meanwhile`, async () => {
      const file = await make();
      let longest = 0;
      let last = performance.now();
      const beat = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 20);
      const outcome = await read(file, '花名册.xlsx').then(
        (reading) => reading.rowCount,
        (error: unknown) => error,
      );
      clearInterval(beat);
      if (typeof outcome !== 'number') expect(outcome).to.be.instanceOf(SheetError);
      // Not a measure of speed: a reading in this thread would hold it for as long as it takes.
      expect(longest, 'the longest the process did not answer').to.be.below(5_000);
    });
});
