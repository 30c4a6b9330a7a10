import { expect } from 'chai';
import { readSheet } from '../../../src/sheets/read-sheet.ts';
import { writeCsv } from '../../../src/sheets/write-csv.ts';
import { writeSheet } from '../../../src/sheets/write-sheet.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { gb18030 } from '../../support/gb18030.ts';
import { anIdNumber, aSession } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const headings = [
  '姓名',
  '证件类型',
  '证件号码',
  '性别',
  '出生日期',
  '手机号码',
  '文化程度',
  '户籍',
  '人员类别',
  '工作单位',
];

function line(name: string, number: string, gender = ''): string[] {
  return [name, '', number, gender, '', '', '大专', '本区农村', '企业在职职工', '示例制造有限公司'];
}

const asXlsx = (rows: readonly string[][], titles: string[] = []) =>
  writeSheet({
    sheets: [
      {
        name: '花名册',
        titles,
        columns: headings.map((heading) => ({ heading, width: 20, text: true })),
        rows,
      },
    ],
  });
const asCsv = (rows: readonly string[][]) => writeCsv([headings, ...rows]);

describe('web/rosters/roster-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-05-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function centre(facts: Parameters<typeof aSession>[1] = {}) {
    const made = await aSession(world.deps, facts);
    const visitor = site.visitor();
    await visitor.signIn(made.staff.userName);
    return { ...made, visitor, roster: `/training-sessions/${made.session.id}/roster` };
  }
  const upload = (visitor: Visitor, roster: string, name: string, bytes: Uint8Array) =>
    visitor.post(roster, {}, { from: `${roster}/new`, files: [{ field: 'file', name, bytes }] });

  it('says which columns were not read, and who would be too many', async () => {
    const { visitor, roster } = await centre({ capacity: 1 });
    const rows = [line('王甲', anIdNumber()), line('王乙', anIdNumber())];
    const file = writeCsv([[...headings, '身高'], ...rows.map((row) => [...row, '170'])]);
    const uploaded = await upload(visitor, roster, '名单.csv', file);
    const preview = (await visitor.get(uploaded.location!)).text;
    expect(preview)
      .to.include('没有读取的列：K 身高。')
      .and.to.include('导入后本班 2 人，容量 1 人，多出 1 人。');
    const result = await visitor.post(
      `${uploaded.location}/commitment`,
      { leaveOut: '3' },
      { from: uploaded.location! },
    );
    const page = (await visitor.get(result.location!)).text;
    expect(page).to.include('已导入 1 人').and.to.not.include('培训班：0');
  });

  it('takes 45 rows from template to result and back again', async () => {
    const { visitor, roster, session } = await centre();
    const empty = await visitor.get(roster);
    expect(empty.text).to.contain('还没有学员');
    const template = await visitor.get(`${roster}/template?format=xlsx`);
    expect(template.headers.get('content-type')).to.contain('spreadsheetml');
    const read = await readSheet(template.bytes, 'a.xlsx', {
      headings: { 姓名: ['姓名'], 号码: ['证件号码'] },
    });
    expect(read.missing).to.deep.equal([]);
    const rows = Array.from({ length: 45 }, (_, index) =>
      line(`王小${'一二三四五六七八九'[index % 9]}`, anIdNumber()),
    );
    const sent = await upload(visitor, roster, '五月班.xlsx', await asXlsx(rows, ['2021 年五月班花名册']));
    expect(sent.status).to.equal(303);
    const preview = await visitor.get(sent.location!);
    expect(preview.text).to.contain('第 2 行为表头').and.to.contain('导入 45 人');
    expect(preview.text).not.to.contain(rows[0]![2]);
    expect(await world.deps.enrolments.count({ kind: 'district' }, { sessionId: session.id })).to.equal(0);
    const done = await visitor.post(`${sent.location}/commitment`, {}, { from: sent.location! });
    expect(done.location).to.equal(sent.location);
    const result = await visitor.get(sent.location!);
    expect(result.text).to.contain('已导入 45 人').and.to.contain('撤回导入');
    const list = await visitor.get(roster);
    expect(list.text).to.contain('45 人，容量 45 人').and.to.contain('320599********');
    const sheet = await visitor.get(`${roster}/print`);
    expect(sheet.text).to.contain('签名');
    const file = await visitor.get(`${roster}/file?format=csv`);
    expect(file.text.trim().split('\r\n')).to.have.length(46);
    expect(file.text).not.to.contain(rows[0]![2]);
    const log = await visitor.get('/imports');
    expect(log.text).to.contain('五月班.xlsx').and.to.contain('导入 45 人');
    const undone = await visitor.post(
      `${sent.location}/reversal`,
      { reason: '名单传错班级' },
      { from: sent.location! },
    );
    expect(undone.location).to.equal(sent.location);
    expect((await visitor.get(sent.location!)).text).to.contain('这次导入已撤回');
    expect((await visitor.get(roster)).text).to.contain('还没有学员');
  });

  it('reads UTF-8 and GB18030 CSV alike and says how', async () => {
    const { visitor, roster } = await centre();
    const rows = [line('李小明', anIdNumber(), '男')];
    const utf8 = await upload(visitor, roster, 'a.csv', asCsv(rows));
    expect((await visitor.get(utf8.location!)).text)
      .to.contain('UTF-8')
      .and.to.contain('李小明');
    const gb = gb18030(asCsv(rows).toString('utf8').replace('\ufeff', ''));
    const chinese = await upload(visitor, roster, 'b.csv', gb);
    expect((await visitor.get(chinese.location!)).text)
      .to.contain('GB18030')
      .and.to.contain('李小明');
  });

  it('shows NEW, MATCHED, CONFLICT and ERROR with the cell, in both languages, and hands the file back', async () => {
    const first = await centre();
    const known = anIdNumber();
    const there = await upload(first.visitor, first.roster, 'a.csv', asCsv([line('张三', known)]));
    await first.visitor.post(`${there.location}/commitment`, {}, { from: there.location! });
    const { visitor, roster } = await centre({ startsOn: '2021-07-01', endsOn: '2021-07-09' });
    const rows = [
      line('张三', known),
      line('李四', anIdNumber()),
      line('王五', '320599198506150014'),
      line('张珊', known),
    ];
    const mixed = await upload(visitor, roster, 'mixed.xlsx', await asXlsx([rows[0]!, rows[1]!, rows[2]!]));
    const page = await visitor.get(mixed.location!);
    for (const word of ['新增', '已有', '错误', 'C4：号码校验不符']) expect(page.text).to.contain(word);
    const bad = await visitor.get(`${mixed.location}?state=error`);
    expect(bad.text).to.contain('王五').and.not.to.contain('李四');
    const clash = await upload(visitor, roster, 'clash.csv', asCsv([rows[3]!]));
    const conflict = await visitor.get(clash.location!);
    expect(conflict.text).to.contain('姓名与表中的张珊不同').and.not.to.contain('张三');
    await visitor.post('/display-settings', { lang: 'en', back: mixed.location! }, { from: mixed.location! });
    const english = await visitor.get(mixed.location!);
    expect(english.text).to.contain('C4: The number fails its check').and.to.contain('MATCHED');
    const back = await visitor.get(`${mixed.location}/error-file?format=xlsx`);
    const handed = await readSheet(back.bytes, 'back.xlsx', {
      headings: { result: ['Result'], why: ['Explanation'], name: ['姓名'] },
    });
    expect(handed.columns).to.deep.equal({ result: 'A', why: 'B', name: 'C' });
    expect(handed.rows.map((row) => row.cells.result?.text)).to.deep.equal(['Passed', 'Passed', '1 error']);
    const csv = await visitor.get(`${mixed.location}/error-file?format=csv`);
    expect(csv.text).to.contain('C4: The number fails its check');
    const refused = await visitor.post(`${mixed.location}/commitment`, {}, { from: mixed.location! });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('1 row has errors or conflicts');
    const some = await visitor.post(
      `${mixed.location}/commitment`,
      { withoutBadRows: 'yes', leaveOut: '3' },
      { from: mixed.location! },
    );
    expect(some.status).to.equal(303);
    expect((await visitor.get(mixed.location!)).text).to.contain('1 person imported. 2 rows left out');
  });

  it('asks which column is which when headings are strange', async () => {
    const { visitor, roster } = await centre();
    const bytes = writeCsv([
      ['称呼', '编码', '手机'],
      ['赵六', anIdNumber(), ''],
    ]);
    const sent = await upload(visitor, roster, 'odd.csv', bytes);
    const page = await visitor.get(sent.location!);
    expect(page.text).to.contain('文件没有列姓名、证件号码').and.to.contain('A 称呼');
    const twice = await visitor.post(
      `${sent.location}/columns`,
      { name: 'A', documentNumber: 'A' },
      { from: sent.location! },
    );
    expect(twice.status).to.equal(422);
    expect(twice.text).to.contain('一列只能对应一项');
    const matched = await visitor.post(
      `${sent.location}/columns`,
      { name: 'A', documentNumber: 'B', mobile: 'C' },
      { from: sent.location! },
    );
    expect(matched.status).to.equal(303);
    expect((await visitor.get(sent.location!)).text).to.contain('导入 1 人');
  });

  it('refuses what is no roster in the user’s words and changes nothing', async () => {
    const { visitor, roster, session } = await centre();
    const none = await visitor.post(roster, {}, { from: `${roster}/new`, files: [] });
    expect(none.status).to.equal(422);
    expect(none.text).to.contain('选择一个文件');
    const cases: [string, Uint8Array, string][] = [
      ['a.xlsx', Buffer.from('%PDF-1.4'), '内容不是 XLSX 或 CSV，尽管名为.xlsx'],
      ['a.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), '旧版 Excel'],
      ['a.csv', Buffer.alloc(0), '文件中没有数据'],
      ['a.csv', asCsv([]), '文件中没有学员'],
    ];
    for (const [name, bytes, sentence] of cases) {
      const answer = await upload(visitor, roster, name, bytes);
      expect(answer.status, name).to.equal(422);
      expect(answer.text).to.contain(sentence);
    }
    const many = await upload(
      visitor,
      roster,
      'many.csv',
      asCsv(Array.from({ length: 5_001 }, () => line('王五', '1'))),
    );
    expect(many.text).to.contain('5,001').and.to.contain('5,000');
    const large = await upload(visitor, roster, 'large.csv', Buffer.alloc(10 * 1024 * 1024 + 1, 65));
    expect(large.status).to.equal(413);
    expect(await world.deps.rosterImports.ofSession({ kind: 'district' }, session.id)).to.deep.equal([]);
  });

  it('refuses more than the capacity with figures, keeping what was typed', async () => {
    const { visitor, roster } = await centre({ capacity: 1 });
    const sent = await upload(
      visitor,
      roster,
      'two.csv',
      asCsv([line('王五', anIdNumber()), line('赵六', anIdNumber('1950-01-02'))]),
    );
    const page = await visitor.get(sent.location!);
    expect(page.text).to.contain('已到 60 岁退休年龄').and.to.contain('1 人开班时已到退休年龄');
    const noReason = await visitor.post(`${sent.location}/commitment`, {}, { from: sent.location! });
    expect(noReason.text).to.contain('填写接受此提醒的原因');
    const full = await visitor.post(
      `${sent.location}/commitment`,
      { 'reason:rosters.retired': '返聘' },
      { from: sent.location! },
    );
    expect(full.status).to.equal(422);
    expect(full.text)
      .to.contain('本班容量 1 人，导入后为 2 人。减少 1 人或申请变更')
      .and.to.contain('value="返聘"');
  });

  it('writes once when the same form is sent twice', async () => {
    const { visitor, roster, session } = await centre();
    const sent = await upload(visitor, roster, 'one.csv', asCsv([line('王五', anIdNumber())]));
    const page = await visitor.get(sent.location!);
    const token = /name="_csrf" value="([^"]*)"/.exec(page.text)![1]!;
    const both = await Promise.all(
      [1, 2].map(() => visitor.post(`${sent.location}/commitment`, {}, { token, key: 'same-key-0001' })),
    );
    expect(both.map((one) => one.status)).to.deep.equal([303, 303]);
    expect(await world.deps.enrolments.count({ kind: 'district' }, { sessionId: session.id })).to.equal(1);
    const later = await visitor.post(`${sent.location}/commitment`, {}, { token, key: 'another-key-02' });
    expect(later.status).to.equal(409);
    expect(later.text).to.contain('已经导入');
  });

  it('adds one trainee with the errors at the fields', async () => {
    const { visitor, roster, session } = await centre();
    const form = `/training-sessions/${session.id}/enrolments`;
    const wrong = await visitor.post(
      form,
      {
        name: '王?',
        documentNumber: '32059919850615001５',
        gender: 'female',
        keyGroups: ['veteran', 'disabled'],
      },
      { from: `${form}/new` },
    );
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('性别填女，身份证号表示男').and.to.contain('value="veteran" checked');
    const right = await visitor.post(
      form,
      {
        name: '王小五',
        documentNumber: anIdNumber(),
        keyGroups: ['veteran', 'disabled'],
        education: 'bachelor',
      },
      { from: `${form}/new` },
    );
    expect(right.status).to.equal(303);
    const [enrolment] = await world.deps.enrolments.ofSession({ kind: 'district' }, session.id);
    expect(enrolment).to.deep.include({
      keyGroups: ['veteran', 'disabled'],
      education: 'bachelor',
      importId: null,
    });
    expect((await visitor.get(roster)).text).to.contain('王小五已加入本班');
    const operator = await visitor.post(
      form,
      { 'name[$ne]': 'x', documentNumber: anIdNumber() },
      { from: `${form}/new` },
    );
    expect(operator.status).to.equal(400);
    expect(operator.text).to.contain('name[$ne]');
  });

  it('shows nothing of it to another centre, nor to a viewer without the right', async () => {
    const mine = await centre();
    const sent = await upload(mine.visitor, mine.roster, 'one.csv', asCsv([line('王五', anIdNumber())]));
    const other = await centre();
    for (const path of [mine.roster, `${mine.roster}/new`, sent.location!, `${sent.location}/error-file`])
      expect((await other.visitor.get(path)).status, path).to.equal(404);
    const taken = await other.visitor.post(
      `${sent.location}/commitment`,
      {},
      { from: `${other.roster}/new` },
    );
    expect(taken.status).to.equal(404);
    const forged = await mine.visitor.post(`${sent.location}/commitment`, {}, { token: 'forged' });
    expect(forged.status).to.equal(422);
    expect(forged.text).to.contain('页面打开过久');
    expect((await site.visitor().get(mine.roster)).location).to.contain('/session/new');
  });
});
