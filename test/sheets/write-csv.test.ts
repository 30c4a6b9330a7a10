import { expect } from 'chai';
import fc from 'fast-check';
import { readSheet } from '../../src/sheets/read-sheet.ts';
import { writeCsv } from '../../src/sheets/write-csv.ts';

describe('sheets/write-csv', () => {
  it('writes UTF-8 with a mark, CRLF and quotes where they are needed', () => {
    expect(
      writeCsv([
        ['姓名', 'a,b', 'c"d', 'e\nf'],
        ['张三', null, 5, -2.5],
      ]).toString(),
    ).to.equal('\ufeff姓名,"a,b","c""d","e\nf"\r\n张三,,5,-2.5\r\n');
  });

  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
    it(`makes text beginning with ${JSON.stringify(start)} harmless`, () => {
      expect(writeCsv([[`${start}1+1`]]).toString()).to.match(/^\ufeff"?'/);
    });
  }

  it('reads back what it wrote', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('=1', "'=1", "''+x", "'张", '-5', 'a"b', '张,三', '一\r\n二', ' x ', '1;2;3'),
    );
    const wellFormed = cell.filter(
      (text) => !/^="[^"]*"$/.test(text) && !/[\0-\x08\x0b-\x1f\ufeff]/.test(text),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(wellFormed, wellFormed), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const file = writeCsv([['甲', '乙'], ...rows]);
          const reading = await readSheet(file, 's.csv', { headings: { one: ['甲'], two: ['乙'] } });
          const written = rows.filter((row) => row.some((text) => text.trim() !== ''));
          expect(
            reading.rows.map(({ cells }) => [cells.one?.text ?? '', cells.two?.text ?? '']),
          ).to.deep.equal(written);
        },
      ),
    );
  });
});
