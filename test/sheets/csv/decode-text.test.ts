import { expect } from 'chai';
import { decodeText } from '../../../src/sheets/csv/decode-text.ts';
import { readSheet } from '../../../src/sheets/read-sheet.ts';
import { codeOf } from '../raw-xlsx.ts';

const text = '姓名,证件号码\r\n张三,320599198506150015\r\n';
const utf16be = (typed: string) => Buffer.from(typed, 'utf16le').swap16();
// 姓名,证件号码 and 张三 in GB18030.
const gb18030 = Buffer.concat([
  Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd6, 0xa4, 0xbc, 0xfe, 0xba, 0xc5, 0xc2, 0xeb, 0x0d, 0x0a]),
  Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
  Buffer.from(',320599198506150015\r\n'),
]);

describe('sheets/csv/decode-text', () => {
  const files: [string, Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 BOM', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', utf16be(`\ufeff${text}`)],
    ['GB18030', gb18030],
  ];
  for (const [encoding, file] of files) {
    it(`reads ${encoding} and says so`, async () => {
      expect(decodeText(file, 'a.csv')).to.deep.equal({ text, encoding });
      const reading = await readSheet(file, 'a.csv', { headings: { name: ['姓名'], number: ['证件号码'] } });
      expect(reading).to.include({ encoding, rowCount: 1 });
      expect(reading.rows[0]!.cells.name?.text).to.equal('张三');
    });
  }

  it('recognises UTF-16 without a mark', () => {
    expect(decodeText(Buffer.from(text, 'utf16le'), 'a.csv')).to.deep.equal({ text, encoding: 'UTF-16LE' });
    expect(decodeText(utf16be(text), 'a.csv')).to.deep.equal({ text, encoding: 'UTF-16BE' });
  });

  it('reads four-byte characters of GB18030', () => {
    const rare = Buffer.from([0xd5, 0xc5, 0x95, 0x32, 0x82, 0x36, 0x0a]);
    expect(decodeText(rare, 'a.csv')).to.deep.equal({ text: '张𠀀\n', encoding: 'GB18030' });
  });

  it('names the row at which a file becomes unreadable', async () => {
    const row = async (file: Buffer) => {
      const error = await readSheet(file, 'a.csv', { headings: { name: ['姓名'] } }).then(
        () => null,
        (caught: { code: string; details: object }) => caught,
      );
      expect(error?.code).to.equal('sheets.encoding');
      return error?.details;
    };
    expect(
      await row(Buffer.concat([Buffer.from(`\ufeff${text}李`), Buffer.from([0xd5, 0xc5])])),
    ).to.deep.equal({ row: 3 });
    // Not taken for GB18030: it began as UTF-8.
    expect(await row(Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x0a])]))).to.deep.equal({
      row: 3,
    });
    expect(await row(Buffer.concat([gb18030, Buffer.from([0xff, 0x41, 0x0a])]))).to.deep.equal({ row: 3 });
  });

  it('refuses what is no text', async () => {
    expect(await codeOf(readSheet(Buffer.from('a\x01b'), 'a.csv', { headings: { a: ['a'] } }))).to.equal(
      'sheets.notASheet',
    );
  });
});
