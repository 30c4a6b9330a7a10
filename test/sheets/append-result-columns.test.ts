import { expect } from 'chai';
import { appendResultColumns, type RowResult } from '../../src/sheets/append-result-columns.ts';
import { readSheet } from '../../src/sheets/read-sheet.ts';
import { codeOf, rawXlsx, textRow } from './raw-xlsx.ts';

const headings = { name: ['姓名'], number: ['证件号码'], result: ['结果'], messages: ['错误说明'] };
const resultHeadings = { result: '结果', messages: '错误说明' };
const results = new Map<number, RowResult>([
  [3, { result: '通过', messages: [], mark: 'good' }],
  [5, { result: '2 处错误', messages: ['D5 校验不符。', '姓名为空。'], mark: 'error', columns: ['B'] }],
]);
const texts = async (file: Buffer, fileName: string) => {
  const { rows } = await readSheet(file, fileName, { headings });
  return rows.map(({ number, cells: c }) => [
    number,
    c.result?.text,
    c.messages?.text,
    c.name?.text,
    c.number?.text,
    c.number?.kind,
  ]);
};

describe('sheets/append-result-columns', () => {
  it('hands an XLSX back with two first columns, rows, order and row numbers kept', async () => {
    const rows =
      textRow(1, '花名册') +
      textRow(2, '姓名', '证件号码') +
      '<row r="3"><c t="inlineStr"><is><t>张三</t></is></c><c><v>12</v></c></row>' +
      '<row r="5"><c t="inlineStr"><is><t>=李</t></is></c><c><v>320599198506150015</v></c></row>';
    const file = await rawXlsx({ sheets: [{ name: '名/册', rows }] });
    const read = { sheetName: '名/册', headerRow: 2 };
    const { bytes, format } = await appendResultColumns(file, 'a.xlsx', read, results, resultHeadings);
    expect(format).to.equal('xlsx');
    const expected = [
      [3, '通过', undefined, '张三', '12', 'number'],
      [5, '2 处错误', 'D5 校验不符。\n姓名为空。', '=李', '3.20599E+17', 'text'],
    ];
    expect(await texts(bytes, 'a.xlsx')).to.deep.equal(expected);
    const { columns, headerRow } = await readSheet(bytes, 'a.xlsx', { headings });
    expect([columns, headerRow]).to.deep.equal([{ result: 'A', messages: 'B', name: 'C', number: 'D' }, 2]);

    const again = await appendResultColumns(
      bytes,
      'a.xlsx',
      { sheetName: '名 册', headerRow: 2 },
      results,
      resultHeadings,
    );
    expect(await texts(again.bytes, 'a.xlsx')).to.deep.equal(expected);
  });

  it('hands a CSV back as a CSV in UTF-8', async () => {
    const file = Buffer.from('花名册\n姓名;证件号码\n张三;1\n\n=李;2\n');
    const { bytes, format } = await appendResultColumns(
      file,
      'a.csv',
      { sheetName: null, headerRow: 2 },
      results,
      resultHeadings,
    );
    expect(format).to.equal('csv');
    expect(bytes.toString()).to.equal(
      '\ufeff,,花名册\r\n结果,错误说明,姓名,证件号码\r\n通过,,张三,1\r\n\r\n2 处错误,"D5 校验不符。\n姓名为空。",\'=李,2\r\n',
    );
  });

  it('fails like any reader when the sheet is gone', async () => {
    const file = await rawXlsx({ sheets: [{ name: 's', rows: '' }] });
    const read = { sheetName: 'other', headerRow: 1 };
    expect(await codeOf(appendResultColumns(file, 'a.xlsx', read, results, resultHeadings))).to.equal(
      'sheets.broken',
    );
  });
});
