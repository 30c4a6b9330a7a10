import { expect } from 'chai';
import { readPdf } from '../../documents/read-pdf.ts';
import { readSheet } from '../../../src/sheets/read-sheet.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { aRunningSession, everybody } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('web/years/year-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  let certificateId: string;

  before(async () => {
    world = await openWorld('2021-04-20');
    const { deps } = world;
    for (const [people, areaCode] of [
      [5, '320507001'],
      [3, '320507002'],
    ] as const) {
      const running = await aRunningSession(world, { people, facts: { areaCode } });
      await markAttendance(deps, {
        actor: running.staff,
        lessonId: running.lessons[0]!.id,
        marks: everybody(running.enrolments),
      });
    }
    world.at('2021-09-01');
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['赵一', '钱二', '孙三']);
    const seniors = await certificatesFor(deps, evaluator, people, { skillLevel: 'senior' });
    await certificatesFor(deps, evaluator, [people[0]!], { skillLevel: 'intermediate' });
    certificateId = seniors.find((one) => one.holderName === '孙三')!.id;
    site = await openSite(deps);
    officer = await signedIn('bureauOfficer');
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function signedIn(
    role: Parameters<typeof anActor>[1],
    own: Parameters<typeof anActor>[2] = {},
  ): Promise<Visitor> {
    const visitor = site.visitor();
    await visitor.signIn((await anActor(world.deps, role, own)).userName);
    return visitor;
  }
  /** The rows a list of records says it has. */
  const rowsIn = (html: string) => (html.match(/<tr role="row"/g) ?? []).length - 1;
  const links = (html: string) =>
    [...html.matchAll(/href="([^"]*\/records\?[^"]*)">([\d,]+)</g)].map((match) => ({
      href: match[1]!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
      count: Number(match[2]!.replaceAll(',', '')),
    }));

  it('leads to the latest year and states its figures with unit, companion and definition', async () => {
    expect((await officer.get('/years')).location).to.equal('/years/2021');
    const page = textOf((await officer.get('/years/2021')).text);
    expect(page).to.match(/F13 补贴性职业技能培训 8 人次 人数 8 人/);
    expect(page).to.match(/F14 \S+ 3 人 证书 4 本/);
    expect(page).to.match(/F20 新增高技能人才 3 人/);
    expect(page).to.match(/F15 \S+ 0 家/);
    expect(page).to.include('F01 出台操作细则').and.to.include('统计时点');
  });

  it('opens every number into as many rows as it says', async () => {
    const pages = [
      '/years/2021',
      '/years/2021/table?rows=area&columns=month&measure=personTimes',
      '/years/2021/table?rows=gender&columns=ageBand&measure=certifiedPersons',
      '/years/2021/table?rows=level&columns=evaluator&measure=certificates',
      '/years/2021/figures/F14',
    ];
    let opened = 0;
    for (const path of pages) {
      const page = await officer.get(path);
      expect(page.status, path).to.equal(200);
      const found = links(page.text);
      expect(found, path).to.not.be.empty;
      for (const { href, count } of found) {
        const rows = await officer.get(href);
        expect(rowsIn(rows.text), href).to.equal(count);
        opened += 1;
      }
    }
    expect(opened).to.be.above(20);
  });

  it('filters the year and the table, and keeps the filter behind every number', async () => {
    const page = await officer.get('/years/2021?area=320507002');
    expect(textOf(page.text))
      .to.match(/F13 \S+ 3 人次/)
      .and.include('板块：');
    for (const { href, count } of links(page.text))
      expect(rowsIn((await officer.get(href)).text), href).to.equal(count);
    const funded = textOf((await officer.get('/years/2021?fundingSource=unemployment_insurance')).text);
    expect(funded)
      .to.match(/F13 \S+ 0 人次/)
      .and.match(/没有这一分类）：F15 /);
    const table = await officer.get('/years/2021/table?rows=keyGroup&columns=month&keyGroup=notApplicable');
    expect(table.text).to.include('name="occupation"').and.include('重点群体：不适用');
    for (const path of [
      '/years/2021/table?rows=keyGroup&columns=month&keyGroup=other&measure=persons',
      '/years/2021/table?rows=gender&columns=education&month=09&measure=certifiedPersons',
    ])
      for (const { href, count } of links((await officer.get(path)).text))
        expect(rowsIn((await officer.get(href)).text), href).to.equal(count);
    const csv = await officer.get('/years/2021/export.csv?area=320507002');
    expect(csv.text)
      .to.match(/板块：/)
      .and.include('F13,补贴性职业技能培训,3,人次');
  });

  it('shows no number, never a 0, for a filter that names what there is not, and says so', async () => {
    const school = await anOrganisation(world.deps, { capacities: ['school'] });
    const nowhere = ['area=320507999', 'centre=xyz', `centre=${school.id}`, 'fundingSource=nobody'];
    const inTables = [
      ...nowhere,
      'evaluator=xyz',
      `evaluator=${school.id}`,
      'occupation=9-99-99-99',
      'level=expert',
      'kind=cooking',
      'gender=other',
      'ageBand=20-30',
      'education=phd2',
      'keyGroup=nobility',
      'month=13',
      'month=05,06',
      'area=320507001,320507002',
      'center=xyz',
    ];
    const pages = [
      ...nowhere.flatMap((filter) => [`/years/2021?${filter}`, `/years/2021/figures/F13?${filter}`]),
      '/years/2021?center=xyz',
      ...inTables.flatMap((filter) => [
        `/years/2021/table?rows=kind&columns=gender&${filter}`,
        `/years/2021/records?measure=personTimes&${filter}`,
      ]),
    ];
    for (const path of pages) {
      const page = await officer.get(path);
      expect(page.status, path).to.equal(422);
      const text = textOf(page.text);
      expect(text, path)
        .to.include('没有统计。先改正')
        .and.match(/里没有“|没有“center”|只能选一个/);
      expect(/\d (人次|人|本|家)(?!\p{L})/u.exec(text)?.[0], path).to.equal(undefined);
      expect(links(page.text), path).to.deep.equal([]);
    }
    for (const filter of inTables) {
      const file = await officer.get(`/years/2021/table/export.csv?rows=kind&columns=gender&${filter}`);
      expect(file.status, filter).to.equal(422);
    }
    expect((await officer.get('/years/2021/export.csv?centre=xyz')).status).to.equal(422);
    const twice = await officer.get('/years/2021?area=320507001&area=320507002');
    expect(twice.status).to.equal(400);
    const unlike = textOf(
      (await officer.get('/years/2021/records?measure=filingEnterprises&centre=xyz')).text,
    );
    expect(unlike).to.include('里没有“xyz”');
  });

  it('says that records do not carry a dimension, and shows a true 0 of what there is', async () => {
    const idle = await anOrganisation(world.deps, { capacities: ['trainingCentre'] });
    const none = await officer.get(`/years/2021?centre=${idle.id}`);
    expect(none.status).to.equal(200);
    expect(textOf(none.text)).to.match(/F13 \S+ 0 人次/);
    const path = `/years/2021/records?measure=filingEnterprises&centre=${idle.id}`;
    expect(textOf((await officer.get(path)).text))
      .to.include('这些记录没有这一分类')
      .and.not.match(/0 家/);
  });

  it('leads from a row to its records, names the further ones, and shows nobody’s document number', async () => {
    const persons = (await officer.get('/years/2021/records?measure=certifiedPersons&asOf=2021-09-30')).text;
    expect(persons).to.match(/href="\/people\/[^"]+">赵一/);
    expect(persons).to.match(/>2 <span class="cell__note">[A-Z0-9]+</);
    expect(persons).to.not.match(/(?<![\dA-Z])\d{17}[\dX](?![\d])/);
    const [, href] = /href="(\/certificates\/[^"]+)"/.exec(persons)!;
    expect((await officer.get(href!)).status).to.equal(200);
  });

  it('puts the latest year’s headlines on the home of those without work of their own', async () => {
    const reader = await signedIn('bureauReader');
    expect(textOf((await reader.get('/home')).text)).to.include('最近一年补贴性培训 8 人次');
    const desk = await signedIn('townshipDesk', { areaCode: '320507002' });
    expect(textOf((await desk.get('/home')).text)).to.include('最近一年补贴性培训 3 人次');
  });

  it('counts as of a day: what was recorded later is not known', async () => {
    const before = textOf((await officer.get('/years/2021?asOf=2021-08-31')).text);
    expect(before)
      .to.match(/F14 \S+ 0 人/)
      .and.to.match(/F13 \S+ 8 人次/);
    const unreadable = await officer.get('/years/2021?asOf=31.8.2021');
    expect(unreadable.status).to.equal(422);
    expect(unreadable.text).to.include('填写 2021-12-31 这样的日期');
  });

  it('says beforehand what a revocation changes, and then it is so', async () => {
    const page = textOf((await officer.get(`/certificates/${certificateId}/revocation/new`)).text);
    expect(page)
      .to.match(/F14 取证人数 3 2 9月 −1/)
      .and.to.match(/F20 新增高技能人才 3 2/);
    world.at('2021-10-01');
    officer = await signedIn('bureauOfficer');
    await revokeCertificate(world.deps, {
      actor: await anActor(world.deps, 'bureauOfficer'),
      certificateId,
      category: 'issued_in_error',
      reason: '核查发现成绩不符',
    });
    const after = textOf((await officer.get('/years/2021')).text);
    expect(after)
      .to.match(/F14 \S+ 2 人/)
      .and.to.match(/F20 新增高技能人才 2 人/);
    const earlier = textOf((await officer.get('/years/2021?asOf=2021-09-30')).text);
    expect(earlier).to.match(/F14 \S+ 3 人/);
  });

  it('shows a township desk its area alone, a bureau reader numbers without rows', async () => {
    const desk = await signedIn('townshipDesk', { areaCode: '320507002' });
    const page = await desk.get('/years/2021');
    expect(textOf(page.text)).to.match(/F13 \S+ 3 人次/);
    const [first] = links(page.text);
    expect(rowsIn((await desk.get(first!.href)).text)).to.equal(3);
    const elsewhere = await desk.get('/years/2021/records?measure=personTimes&area=320507001');
    expect(elsewhere.status).to.equal(422);
    expect(textOf(elsewhere.text))
      .to.include('只能查看本板块的数字')
      .and.not.match(/\d 人次/);
    const reader = await signedIn('bureauReader');
    const plain = await reader.get('/years/2021/table?rows=gender&columns=ageBand&measure=persons');
    expect(links(plain.text)).to.deep.equal([]);
    expect((await reader.get('/years/2021/records?measure=persons')).status).to.equal(403);
    const enterprise = await anOrganisation(world.deps, { capacities: ['enterprise'] });
    const outsider = await signedIn('enterpriseStaff', { organisationId: enterprise.id });
    expect((await outsider.get('/years/2021')).status).to.equal(403);
  });

  it('withholds small numbers of personal attributes from readers and in files', async () => {
    const path = '/years/2021/table?rows=gender&columns=education&measure=certifiedPersons';
    const reader = await signedIn('bureauReader');
    const page = textOf((await reader.get(path)).text);
    expect(page).to.match(/<5|&lt;5|×/);
    const open = textOf((await officer.get(path)).text);
    expect(open).to.not.include('&lt;5');
    const csv = (await officer.get(path.replace('/table?', '/table/export.csv?'))).text;
    expect(csv).to.match(/<5|×/);
  });

  it('is taken along as XLSX, CSV and PDF', async () => {
    const xlsx = await officer.get('/years/2021/export.xlsx');
    const sheet = await readSheet(xlsx.bytes, 'figures.xlsx', {
      headings: { code: ['编号'], value: ['数值'], unit: ['单位'] },
    });
    expect(sheet.rows).to.have.length(41);
    expect(sheet.rows.find((row) => row.cells.code?.text === 'F13')?.cells.value?.text).to.equal('8');
    expect(sheet.rows[0]!.cells.value?.text).to.equal('未登记');
    const months = await readSheet(xlsx.bytes, 'figures.xlsx', {
      headings: { month: ['月份'], personTimes: ['培训人次（人次）'] },
    });
    expect(months.rows.at(-1)?.cells.personTimes?.text).to.equal('8');
    const csv = await officer.get('/years/2021/export.csv');
    expect(csv.text).to.include('F13,补贴性职业技能培训,8,人次');
    for (const path of [
      '/years/2021/export.pdf',
      '/years/2021/table/export.pdf?rows=area&columns=month&measure=personTimes',
    ]) {
      const pdf = await officer.get(path);
      expect(pdf.status).to.equal(200);
      const spans = JSON.stringify(readPdf(pdf.bytes).pages);
      expect(spans).to.include('2021年统计');
    }
    expect((await officer.get('/years/2021/export.docx')).status).to.equal(404);
    expect((await officer.get('/years/2021/table/export.xlsx?rows=month&columns=level')).status).to.equal(
      200,
    );
  });

  it('says of a year without records that nothing is on record, never 0', async () => {
    const page = textOf((await officer.get('/years/2015')).text);
    expect(page)
      .to.include('这一年没有登记')
      .and.to.not.match(/F13 \S+ 0/);
    const figure = textOf((await officer.get('/years/2015/figures/F13')).text);
    expect(figure).to.include('未登记');
  });

  it('answers odd addresses in words', async () => {
    for (const path of ['/years/1800', '/years/abc', '/years/2021/figures/F99', '/years/2021/figures/x'])
      expect((await officer.get(path)).status, path).to.equal(404);
    for (const [path, sentence] of [
      ['/years/2021/table?rows=shoeSize&columns=%00', '没有“shoeSize”这种分类'],
      ['/years/2021/table?rows=month&columns=month', '行和列不能相同'],
      ['/years/2021/table?gender=%27or%201=1', '“性别”里没有“&#x27;or 1&#x3D;1”'],
      ['/years/2021/records?measure=nothing', '没有“nothing”这种统计'],
      ['/years/2021/records?measure=persons&month=13', '“月份”里没有“13”'],
      ['/years/2021?gender=male', '这一页不能按“性别”筛选'],
      ['/years/2021?asOf=2021-02-30', '填写 2021-12-31 这样的日期'],
      ['/years/2021/figures/F14?asOf=x', '填写 2021-12-31 这样的日期'],
    ] as const) {
      const answer = await officer.get(path);
      expect(answer.status, path).to.equal(422);
      expect(answer.text, path).to.include(sentence);
    }
    const thirteenth = await officer.get('/years/2021/records?measure=persons&month=13');
    expect(rowsIn(thirteenth.text)).to.be.below(1);
    expect((await officer.get('/years/2021/records?measure=persons&page=-7')).status).to.equal(200);
    expect((await officer.get('/years/2021/table?occupation=%F0%9F%92%A9')).status).to.equal(422);
    expect((await officer.get('/years/2021?where[$ne]=1&__proto__[x]=1')).status).to.equal(400);
    const refused = await officer.get('/years/2021/table/export.csv?rows=shoeSize');
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('没有导出。');
    expect((await officer.get('/years/2021/export.csv?asOf=soon')).status).to.equal(422);
    const { id: evaluator } = await anOrganisation(world.deps, { capacities: ['evaluator'] });
    const none = await officer.get(`/years/2021/table?measure=personTimes&evaluator=${evaluator}`);
    expect(none.text).to.include('没有这样的分类');
  });

  it('speaks English', async () => {
    const visitor = await signedIn('bureauOfficer');
    await visitor.post('/display-settings', { lang: 'en', to: '/home' }, { from: '/home' });
    const { text } = await visitor.get('/years/2021');
    const page = textOf(text.replace(/<option.*?<\/option>/gs, ''));
    expect(page)
      .to.include('person-times')
      .and.to.include('Month by month')
      .and.not.match(/[\u4e00-\u9fff]{4,}/);
    const table = textOf((await visitor.get('/years/2021/table?rows=keyGroup&columns=month')).text);
    expect(table).to.include('several per person').and.to.include('Every total is counted by itself');
  });
});
