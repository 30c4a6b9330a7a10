import { expect } from 'chai';
import { readSheet, streamSheet } from '../../src/sheets/read-sheet.ts';
import { writeCsv } from '../../src/sheets/write-csv.ts';
import { codeOf, rawXlsx, textRow } from './raw-xlsx.ts';

const headings = {
  name: ['姓名', 'name'],
  documentNumber: ['证件号码', '身份证号', 'ID number'],
  mobile: ['手机号码', '手机'],
};
const request = { headings, required: ['name', 'documentNumber'] as const };
const read = (file: Uint8Array, fileName = 'roster.xlsx') => readSheet(file, fileName, request);
const number = '320599198506150015';

describe('sheets/read-sheet', () => {
  it('finds the headings under merged titles, by name and in any order, and lists what it does not know', async () => {
    const file = await rawXlsx({
      sheets: [
        {
          name: '花名册',
          rows:
            `<row r="1"><c r="A1" t="inlineStr"><is><t>相城区职业技能培训班</t></is></c></row>` +
            `<row r="2"><c r="A2" t="inlineStr"><is><t>姓名按证件填写</t></is></c></row>` +
            textRow(4, '序号', '身份证号 *', '手 机', '备注', '姓名（必填）') +
            textRow(5, '1', number, '19900000000', '', '张三'),
          after: '<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>',
        },
      ],
    });
    const reading = await read(file);
    expect(reading).to.deep.include({
      format: 'xlsx',
      encoding: null,
      sheetName: '花名册',
      otherSheets: [],
      headerRow: 4,
      columns: { name: 'E', documentNumber: 'B', mobile: 'C' },
      unknownHeadings: [
        { heading: '序号', column: 'A' },
        { heading: '备注', column: 'D' },
      ],
      missing: [],
      rowCount: 1,
    });
    expect(reading.rows).to.deep.equal([
      {
        number: 5,
        cells: {
          name: { text: '张三', kind: 'text', damaged: false, ref: 'E5' },
          documentNumber: { text: number, kind: 'text', damaged: false, ref: 'B5' },
          mobile: { text: '19900000000', kind: 'text', damaged: false, ref: 'C5' },
        },
      },
    ]);
  });

  it('tells numbers from text and marks those whose last digits are lost', async () => {
    const row =
      '<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c><c r="B2"><v>3.20599198506150E+17</v></c><c r="C2"><v>19900000000</v></c></row>' +
      '<row r="3"><c r="A3"><v>0.30000000000000004</v></c><c r="B3"><v>999999999999999</v></c><c r="C3"><v>1000000000000000</v></c></row>';
    const { rows } = await read(
      await rawXlsx({ sheets: [{ name: 's', rows: textRow(1, '姓名', '证件号码', '手机') + row }] }),
    );
    expect(rows[0]!.cells.documentNumber).to.deep.equal({
      text: '3.20599E+17',
      kind: 'number',
      damaged: true,
      ref: 'B2',
    });
    expect(rows[0]!.cells.mobile).to.include({ text: '19900000000', kind: 'number', damaged: false });
    expect(rows[1]!.cells.name?.text).to.equal('0.3');
    expect(rows[1]!.cells.documentNumber).to.include({ text: '999999999999999', damaged: false });
    expect(rows[1]!.cells.mobile).to.include({ text: '1E+15', damaged: true });
  });

  it('takes the last result of a formula, counts formulas, and never looks at what they say', async () => {
    const row =
      '<row r="2"><c r="A2" t="str"><f>CONCAT("张","三")</f><v>张三</v></c><c r="B2"><f>2*3</f><v>6</v></c><c r="C2"><f>HYPERLINK("http://x")</f></c></row>';
    const reading = await read(
      await rawXlsx({ sheets: [{ name: 's', rows: textRow(1, '姓名', '证件号码', '手机') + row }] }),
    );
    expect(reading.formulaCells).to.equal(3);
    const { name, documentNumber, mobile } = reading.rows[0]!.cells;
    expect([name, documentNumber, mobile].map((cell) => [cell?.kind, cell?.text])).to.deep.equal([
      ['formula', '张三'],
      ['formula', '6'],
      ['formula', ''],
    ]);
  });

  it('reads hidden columns and rows and says so; of two columns alike the visible one counts', async () => {
    const rows =
      textRow(1, '姓名', '证件号码', '身份证号', '手机') +
      textRow(2, '张三', 'X', number, '1').replace('<row r="2">', '<row r="2" hidden="1">');
    const before =
      '<cols><col min="2" max="2" hidden="1"/><col min="4" max="4" width="9" hidden="true"/></cols>';
    const reading = await read(await rawXlsx({ sheets: [{ name: 's', before, rows }] }));
    expect(reading).to.deep.include({ hiddenColumns: ['D'], hiddenRows: 1, rowCount: 1 });
    expect(reading.columns.documentNumber).to.equal('C');
    expect(reading.unknownHeadings).to.deep.equal([{ heading: '证件号码', column: 'B' }]);
  });

  it('reads the first visible sheet with headings and names the others', async () => {
    const table = textRow(1, '姓名', '证件号码') + textRow(2, '张三', number);
    const file = await rawXlsx({
      sheets: [
        { name: '隐藏', state: 'hidden', rows: table },
        { name: '填写说明', rows: textRow(1, '请按要求填写') },
        { name: '花名册', rows: table },
        { name: '第二班', rows: table + textRow(3, '李四', number) },
      ],
    });
    const reading = await read(file);
    expect(reading).to.deep.include({
      sheetName: '花名册',
      otherSheets: ['填写说明', '第二班'],
      rowCount: 1,
    });
  });

  it('reads shared and rich text without its reading aids, dates by style, and cells without references', async () => {
    const file = await rawXlsx({
      strings:
        '<si><t>姓名</t></si><si><r><t>证件</t></r><r><rPr/><t>号码</t></r></si><si><t>张三</t><rPh sb="0" eb="1"><t>zhang</t></rPh></si><si><t>手机</t></si>',
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[Red]0.00&quot;d&quot;"/></numFmts>' +
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/></cellXfs>',
      sheets: [
        {
          name: 's',
          rows:
            '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>3</v></c></row>' +
            '<row><c t="s"><v>2</v></c><c s="1"><v>44260</v></c><c s="2"><v>44260</v></c></row>' +
            '<row><c s="3"><v>60.5</v></c><c s="1"><v>1</v></c><c t="b"><v>1</v></c></row>',
        },
      ],
    });
    const { rows } = await read(file);
    const shown = rows.map(({ cells }) =>
      Object.values(cells).map((cell) => `${cell.kind} ${cell.text} ${cell.ref}`),
    );
    expect(shown).to.deep.equal([
      ['text 张三 A2', 'date 2021-03-05 B2', 'number 44260 C2'],
      ['date 1900-02-28 12:00 A3', 'date 1900-01-01 B3', 'text TRUE C3'],
    ]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const file = await rawXlsx({
      workbookPr: '<workbookPr date1904="1"/>',
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
      sheets: [
        { name: 's', rows: textRow(1, '姓名', '证件号码') + '<row r="2"><c s="0"><v>0</v></c></row>' },
      ],
    });
    expect((await read(file)).rows[0]!.cells.name?.text).to.equal('1904-01-01');
  });

  it('names required columns that are missing and guesses the headings, so that somebody can choose', async () => {
    const table = textRow(1, '名册') + textRow(2, '学员', '号码', '电话') + textRow(3, '张三', number, '');
    const file = await rawXlsx({ sheets: [{ name: 's', rows: table }] });
    const reading = await read(file);
    expect(reading).to.deep.include({
      headerRow: 2,
      columns: {},
      missing: ['name', 'documentNumber'],
      rowCount: 1,
      rows: [],
    });
    expect(reading.unknownHeadings.map(({ heading, column }) => column + heading)).to.deep.equal([
      'A学员',
      'B号码',
      'C电话',
    ]);
    const chosen = await readSheet(file, 'roster.xlsx', {
      ...request,
      chosen: { name: 'A', documentNumber: 'B' },
    });
    expect(chosen).to.deep.include({ missing: [], headerRow: 2, rowCount: 1 });
    expect(chosen.rows[0]!.cells.documentNumber?.text).to.equal(number);
  });

  it('keeps the row numbers of the sheet across empty rows', async () => {
    const file = await rawXlsx({
      sheets: [
        {
          name: 's',
          rows:
            textRow(1, '姓名', '证件号码') + textRow(7, '张三') + textRow(8, ' ') + textRow(900_000, '李四'),
        },
      ],
    });
    expect((await read(file)).rows.map((row) => row.number)).to.deep.equal([7, 900_000]);
  });

  it('keeps apostrophes, tabs and full width for the rules of the field to judge', async () => {
    const file = await rawXlsx({
      sheets: [{ name: 's', rows: textRow(1, '姓名', '证件号码') + textRow(2, "\t张三'", '３２０５') }],
    });
    const { name, documentNumber } = (await read(file)).rows[0]!.cells;
    expect([name?.text, documentNumber?.text]).to.deep.equal(["\t张三'", '３２０５']);
  });

  it('counts all rows of a file too long and reads 50,000 of them one by one', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => [`学员${index}`, number]);
    const file = writeCsv([['姓名', '证件号码'], ...lines]);
    const reading = read(file, 'roster.csv');
    await reading.then(
      () => expect.fail('the file was read'),
      (error: { code: string; details: object; problems: unknown }) => {
        expect(error).to.include({ code: 'sheets.tooManyRows' });
        expect(error.details).to.deep.equal({ rows: 50_000, limit: 5_000 });
        expect(error.problems).to.deep.equal([
          { field: 'file', code: 'sheets.tooManyRows', details: { rows: 50_000, limit: 5_000 } },
        ]);
      },
    );
    let last = 0;
    const summary = await streamSheet(file, 'roster.csv', request, (row) => (last = row.number));
    expect([summary.rowCount, last]).to.deep.equal([50_000, 50_001]);
  });

  it('finds nothing to read in an empty sheet', async () => {
    expect(await codeOf(read(await rawXlsx({ sheets: [{ name: 's', rows: '' }] })))).to.equal('sheets.empty');
    expect(await codeOf(read(Buffer.alloc(0)))).to.equal('sheets.empty');
    expect(await codeOf(read(Buffer.from('\ufeff\r\n\r\n'), 'a.csv'))).to.equal('sheets.empty');
  });
});
