import { expect } from 'chai';
import { readSheet } from '../../../src/sheets/read-sheet.ts';
import { codeOf } from '../raw-xlsx.ts';

const headings = { name: ['姓名'], number: ['证件号码'], remark: ['备注'] };
const read = (text: string) =>
  readSheet(Buffer.from(text), 'a.csv', { headings, required: ['name', 'number'] });

describe('sheets/csv/read-rows', () => {
  for (const delimiter of [',', ';', '\t']) {
    it(`finds the delimiter ${JSON.stringify(delimiter)}`, async () => {
      const lines = ['花名册', ['姓名', '证件号码'].join(delimiter), ['张三', '"1,2;3\t4"'].join(delimiter)];
      const reading = await read(lines.join('\n'));
      expect(reading).to.include({ delimiter, headerRow: 2 });
      expect(reading.rows[0]!.cells.number?.text).to.equal('1,2;3\t4');
    });
  }

  it('obeys a stated separator and keeps counting rows', async () => {
    const reading = await read('sep=;\r\n姓名;证件号码\r\n张三;1\r\n');
    expect(reading).to.include({ delimiter: ';', headerRow: 2 });
    expect(reading.rows[0]!.number).to.equal(3);
  });

  it('reads lines inside quotes as one row, short and long rows, and skips empty ones', async () => {
    const { rows } = await read('姓名,证件号码,备注\n张三,1,"一\n二"\n\n,,\n李四\n王五,2,x,y,z\n');
    expect(rows.map((row) => [row.number, row.cells.name?.text, row.cells.remark?.text])).to.deep.equal([
      [2, '张三', '一\n二'],
      [5, '李四', undefined],
      [6, '王五', 'x'],
    ]);
  });

  it('unwraps ="…" and the apostrophe of a guarded formula', async () => {
    const { rows } = await read(`姓名,证件号码\n'=1+1,"=""0013"""\n`);
    expect(rows[0]!.cells.name).to.deep.include({ text: '=1+1', kind: 'text' });
    expect(rows[0]!.cells.number?.text).to.equal('0013');
  });

  it('marks a number that lost its digits on the way into the CSV', async () => {
    const { rows } = await read('姓名,证件号码\n张三,3.20507E+17\n');
    expect(rows[0]!.cells.number).to.deep.equal({
      text: '3.20507E+17',
      kind: 'text',
      damaged: true,
      ref: 'B2',
    });
  });

  it('names the row of a quote that never ends', async () => {
    expect(await codeOf(read('姓名,证件号码\n张三,"1\n李四,2\n'))).to.equal('sheets.quotes');
  });

  it('survives a flood of empty lines and of columns', async () => {
    const flood = await read(`姓名,证件号码\n${'\n'.repeat(300_000)}张三,1\n`);
    expect(flood.rows.map((row) => row.number)).to.deep.equal([300_002]);
    expect((await read(`姓名,证件号码\n张三,1${','.repeat(500_000)}\n`)).rowCount).to.equal(1);
    const started = Date.now();
    expect((await read(`姓名,证件号码\n${'\n'.repeat(10_000_000)}张三,1\n`)).rows[0]?.number).to.equal(
      10_000_002,
    );
    expect(Date.now() - started).to.be.lessThan(10_000);
  });
});
