import { expect } from 'chai';
import fc from 'fast-check';
import { fromBufferPromise } from 'yauzl';
import { readSheet } from '../../src/sheets/read-sheet.ts';
import { writeSheet } from '../../src/sheets/write-sheet.ts';

async function partsOf(
  file: Buffer,
): Promise<Map<string, { text: string; entry: { lastModFileDate: number; lastModFileTime: number } }>> {
  const zip = await fromBufferPromise(file, { autoClose: false });
  const parts = new Map();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    parts.set(entry.fileName, { text: Buffer.concat(pieces).toString(), entry });
  }
  return parts;
}

const roster = {
  sheets: [
    {
      name: '花名册',
      titles: ['相城区'],
      columns: [
        { heading: '姓名', width: 12, text: true },
        { heading: '性别', width: 8, choices: ['男', '女'] },
        { heading: '成绩', width: 8 },
        { heading: 'Gender', width: 8, choices: ['男', '女'] },
      ],
      rows: [
        ['张三', '男', 88.5, null] as const,
        [{ value: '=1+1', mark: 'error' as const }, '+1', 7] as const,
      ],
    },
  ],
  notes: { name: '说明', lines: ['=填写说明', ''] },
};

describe('sheets/write-sheet', () => {
  it('makes a row as high as the text that wraps in it, and lets titles run on', async () => {
    const columns = [
      { heading: 'No.', width: 6, text: true },
      { heading: 'Name', width: 20, text: true },
    ];
    const rows = [
      ['1', 'Alexandra Konstantinopoulou-Montgomery'] as const,
      ['2', '张三\n李四'] as const,
      ['3', '王五'] as const,
    ];
    const title = 'PX2026-00006 电工四级一班';
    const parts = await partsOf(
      await writeSheet({ sheets: [{ name: 'a', titles: [title], columns, rows }] }),
    );
    const heights = [...parts.get('xl/worksheets/sheet1.xml')!.text.matchAll(/<row r="\d"(?: ht="(\d+)")?/g)];
    expect(heights.map((one) => one[1])).to.deep.equal(['20', undefined, '48', '32', undefined]);
    expect(parts.get('xl/styles.xml')!.text.match(/<xf [^>]*fontId="2".*?<\/xf>/)![0]).to.not.include(
      'wrapText',
    );
  });

  it('gives the same bytes every time, whatever the time zone', async () => {
    const zone = process.env['TZ'];
    const files: Buffer[] = [];
    for (const other of ['Asia/Shanghai', 'America/New_York']) {
      process.env['TZ'] = other;
      files.push(await writeSheet(roster));
    }
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(files[0]!.equals(files[1]!)).to.equal(true);
  });

  it('lets a title run on, sets signs right like the numbers below their heading, and makes rows as high as their text', async () => {
    const columns = [
      { heading: '名称', width: 10 },
      { heading: '人数', width: 8, numeric: true },
    ];
    const rows = [['一'.repeat(12), '<5'] as const, ['短', 7] as const];
    const parts = await partsOf(
      await writeSheet({ sheets: [{ name: '表', titles: ['标题'], columns, rows }] }),
    );
    const sheet = parts.get('xl/worksheets/sheet1.xml')!.text;
    const styles = [
      ...parts.get('xl/styles.xml')!.text.matchAll(/<xf [^>]*xfId="0"[^>]*>(?:<alignment[^>]*>)?/g),
    ];
    const styleOf = (cell: string) =>
      styles[Number(new RegExp(`r="${cell}" s="(\\d+)"`).exec(sheet)![1])]![0];
    expect(styleOf('A1')).to.not.include('wrapText');
    expect(styleOf('B2')).to.include('horizontal="right"');
    expect(styleOf('B3')).to.include('horizontal="right"');
    expect(styleOf('A2')).to.include('wrapText').and.not.include('right');
    expect(sheet).to.include('<row r="3" ht="48" customHeight="1">').and.include('<row r="4">');
    expect(sheet).to.include('orientation="landscape"');
  });

  it('freezes bold headings below the titles, formats empty cells as text too and offers lists from a hidden sheet', async () => {
    const parts = await partsOf(await writeSheet(roster));
    const sheet = parts.get('xl/worksheets/sheet1.xml')!.text;
    expect(sheet).to.include('<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).to.include('<col min="1" max="1" width="12" customWidth="1" style="1"/>');
    expect(sheet).to.include('sqref="B3:B5002"><formula1>choices!$A$1:$A$2</formula1>');
    expect(sheet).to.include('sqref="D3:D5002"><formula1>choices!$A$1:$A$2</formula1>');
    expect(parts.get('xl/workbook.xml')!.text).to.include('name="choices" sheetId="3" state="hidden"');
    expect(parts.get('xl/worksheets/sheet3.xml')!.text.match(/<row /g)).to.have.length(2);
  });

  it('writes numbers as numbers, everything else as inline text, and no formula anywhere', async () => {
    const parts = await partsOf(await writeSheet(roster));
    const sheet = parts.get('xl/worksheets/sheet1.xml')!.text;
    expect(sheet).to.include('<c r="C3" s="0"><v>88.5</v></c>');
    expect(sheet).to.include('<c r="A4" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
    for (const { text } of parts.values()) expect(text).not.to.match(/<f[ >]/);
  });

  it('refuses names of sheets that spreadsheets refuse', async () => {
    const sheet = { columns: [{ heading: 'a', width: 9 }], rows: [] };
    for (const names of [[], [''], ['a/b'], ['a', 'A'], ['一'.repeat(32)]]) {
      const failure = await writeSheet({ sheets: names.map((name) => ({ ...sheet, name })) }).then(
        () => null,
        (error: Error) => error.message,
      );
      expect(failure, names.join()).to.include('names of sheets');
    }
  });

  it('reads back what it wrote, character for character', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('=cmd|x', '_x0041_', '\r\n', '\t', ' 空 ', "'", '<&">', '\ufffe', '320599198506150015'),
    );
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const columns = [
          { heading: '甲', width: 9, text: true },
          { heading: '乙', width: 9, text: true },
        ];
        const file = await writeSheet({ sheets: [{ name: 's', columns, rows }] });
        const reading = await readSheet(file, 's.xlsx', { headings: { one: ['甲'], two: ['乙'] } });
        const written = rows.filter((row) => row.some((text) => text.trim() !== ''));
        expect(reading.rows.map(({ cells }) => [cells.one?.text ?? '', cells.two?.text ?? ''])).to.deep.equal(
          written,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('reads back numbers as the same numbers', async () => {
    const numbers = fc.array(
      fc.oneof(
        fc.integer(),
        fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 100),
      ),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const columns = [{ heading: '数', width: 9 }];
        const file = await writeSheet({
          sheets: [{ name: 's', columns, rows: values.map((value) => [value]) }],
        });
        const { rows } = await readSheet(file, 's.xlsx', { headings: { value: ['数'] } });
        expect(rows.map(({ cells }) => [cells.value?.kind, Number(cells.value?.text)])).to.deep.equal(
          values.map((value) => ['number', value === 0 ? 0 : value]),
        );
      }),
      { numRuns: 50 },
    );
  });
});
