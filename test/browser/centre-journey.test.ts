// A training centre from a new session to certificates in the hand, in both languages.
import { expect } from 'chai';
import { readPdf } from '../documents/read-pdf.ts';
import { dayOf } from '../../src/domain/shared/calendar-day.ts';
import { writeCsv } from '../../src/sheets/write-csv.ts';
import { writeSheet } from '../../src/sheets/write-sheet.ts';
import { aWalker, type Language, type Walker } from '../support/browser.ts';
import { gb18030 } from '../support/gb18030.ts';
import { anIdNumber } from '../support/rosters.ts';

const headings = ['姓名', '证件号码', '文化程度', '工作单位'];
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => [
    `周${'春夏秋冬'[index % 4]}${'东南西北中'[index % 5]}`,
    anIdNumber('2003-05-06'),
    '大专',
    '示例制造有限公司',
  ]);
const asXlsx = (rows: readonly string[][]) =>
  writeSheet({
    sheets: [
      { name: '花名册', columns: headings.map((heading) => ({ heading, width: 20, text: true })), rows },
    ],
  });

for (const lang of ['zh', 'en'] as const satisfies readonly Language[]) {
  describe(`browser: a training centre, ${lang}`, function () {
    this.timeout(120_000);
    let centre: Walker;
    let session: string;
    let batch: string;
    const today = dayOf(new Date());
    before(async () => {
      centre = await aWalker('centre', lang);
    });
    after(() => centre?.close());
    afterEach(() => expect(centre.complaints()).to.deep.equal([]));

    it('signs in and sees work to do and counts, each a link', async () => {
      await centre.signIn('centre');
      expect(await centre.page.locator('main a[href]').count()).to.be.above(4);
      await centre.picture('home');
      const first = centre.page
        .locator('main a[href^="/lessons"], main a[href^="/training-sessions"]')
        .first();
      expect(await first.innerText()).to.match(/\d/);
    });

    it('creates a session and submits it; the bureau returns it, then files it', async () => {
      await centre.open('/training-sessions/new');
      await centre.fill({
        name: lang === 'zh' ? '直播电商入门一班' : '直播电商入门二班',
        kind: 'project',
        project: '直播电商入门',
        startsOn: today,
        endsOn: today,
        venue: '二号楼 201',
        areaCode: '320507001',
        fundingSource: 'upskilling_action',
        capacity: '45',
        theoryHours: '4',
        practiceHours: '0',
      });
      await centre.picture('new-session');
      await centre.press('main form button.button');
      session = new URL(centre.page.url()).pathname;
      expect(session).to.match(/^\/training-sessions\/[\w-]+$/);
      await centre.press('form[action$="/filing"] button');
      const officer = await aWalker('centre-officer', lang);
      await officer.signIn('officer');
      await officer.open(session.replace('/training-sessions/', '/filings/'));
      await officer.picture('filing');
      await officer.fill({ reason: '补充教师信息' });
      await officer.press('form[action$="/return"] button');
      await centre.open(session);
      expect(await centre.text()).to.include('补充教师信息');
      await centre.press('form[action$="/filing"] button');
      await officer.open(session.replace('/training-sessions/', '/filings/'));
      await officer.press('form[action$="/approval"] button');
      await officer.close();
    });

    it('uploads 45 rows as XLSX, UTF-8 and GB18030, sees each row’s state, commits, undoes and commits', async () => {
      const template = await centre.fetch(`${session}/roster/template?format=xlsx`);
      expect(template.bytes.subarray(0, 2).toString()).to.equal('PK');
      const rows = people(45);
      const bad = [...rows.slice(0, 44), ['周错', '320599200305060000', '大专', '']];
      const upload = async (name: string, buffer: Buffer) => {
        await centre.open(`${session}/roster/new`);
        await centre.page.setInputFiles('input[type=file]', {
          name,
          mimeType: 'application/octet-stream',
          buffer,
        });
        await centre.press('main form[enctype] button.button');
      };
      await upload('坏行.csv', writeCsv([headings, ...bad]));
      expect(await centre.page.locator('main').innerText()).to.match(/44|43/);
      await centre.picture('preview-error');
      const back = await centre.page.locator('a[href*="error-file"]').first().getAttribute('href');
      expect((await centre.fetch(back!)).status).to.equal(200);
      await upload('名单.csv', gb18030([headings, ...rows].map((row) => row.join(',')).join('\r\n')));
      expect(await centre.page.locator('main').innerText()).to.include('GB18030');
      await upload('名单.xlsx', await asXlsx(rows));
      await centre.picture('preview');
      await centre.press('form[action$="/commitment"] button.button');
      expect(await centre.text()).to.include('45');
      await centre.page.locator('details:has(form[action$="/reversal"]) summary').click();
      await centre.fill({ reason: '名单传错了班级' });
      await centre.press('form[action$="/reversal"] button.button');
      await centre.picture('undone');
      await upload('名单.csv', writeCsv([headings, ...rows]));
      await centre.press('form[action$="/commitment"] button.button');
      await centre.open(`${session}/roster`);
      expect(await centre.text()).to.include('320599********');
      await centre.picture('roster');
    });

    it('plans the lesson, starts, and marks 45 people by keyboard on one page', async () => {
      await centre.open(`${session}/lessons`);
      await centre.fill({
        day: today,
        startsAt: '08:00',
        endsAt: '11:00',
        kind: 'theory',
        teacher: lang === 'zh' ? '冯老师' : '陶老师',
        venue: lang === 'zh' ? '三号楼 301' : '三号楼 302',
      });
      await centre.press('form[action$="/lessons"] button.button');
      await centre.picture('lessons');
      await centre.open(session);
      await centre.press('form[action$="/start"] button');
      await centre.open(session);
      await centre.press('a[href$="/attendance"]:not([href*="training-sessions"])');
      const keys = centre.page.keyboard;
      await centre.page.locator('[data-person] input[type=radio]').first().focus();
      await keys.press('5');
      await keys.press('2');
      await keys.press('a');
      const counts = await centre.page.locator('[data-counts]').innerText();
      expect(counts.match(/\d+/g)!.map(Number)).to.deep.equal([43, 1, 0, 0, 1, 0]);
      await centre.picture('attendance');
      await Promise.all([centre.page.waitForNavigation(), keys.press('Control+Enter')]);
      await centre.open(`${session}/attendance`);
      await centre.picture('record');
      const sheet = await centre.fetch(`${session}/sign-in-sheet.pdf`);
      expect(readPdf(sheet.bytes).pages.length).to.be.at.least(1);
    });

    it('completes, enters scores, sees who is eligible and why not, and asks for certificates', async () => {
      await centre.open(session);
      await centre.press('form[action$="/completion"] button');
      await centre.press('form[action$="/assessment"] button');
      const assessment = new URL(centre.page.url()).pathname;
      expect(assessment).to.match(/^\/assessments\//);
      if ((await centre.page.locator('a[href$="/scores/new"]').count()) === 0) {
        await centre.open(`${assessment}/candidates/new`);
        await centre.press('form button.button');
      }
      await centre.open(`${assessment}/scores/new`);
      const inputs = centre.page.locator('main table input');
      const total = await inputs.count();
      for (let index = 0; index < total; index += 1)
        await inputs.nth(index).fill(index === 0 ? '101' : index === 3 ? '58' : '80');
      await centre.press('main form button.button');
      expect(await centre.page.locator('[aria-invalid="true"]').count()).to.equal(1);
      await centre.picture('score-refused');
      await centre.page.locator('[aria-invalid="true"]').fill('90');
      await centre.press('main form button.button');
      await centre.open(`${assessment}/eligibility`);
      expect(await centre.text()).to.match(/58/);
      await centre.picture('eligibility');
      await centre.open(assessment);
      await centre.press('form[action$="/certificate-batches"] button');
      batch = new URL(centre.page.url()).pathname;
      expect(batch).to.match(/^\/certificate-batches\//);
      expect(await centre.page.locator('form[action$="/approval"]').count()).to.equal(0);
    });

    it('issues with a second person, then takes one PDF, all as ZIP, one print file and claim slips', async () => {
      const approver = await aWalker('centre-approver', lang);
      await approver.signIn('centre-approver');
      await approver.open(batch);
      await approver.picture('batch');
      await approver.press('form[action$="/approval"] button');
      await approver.page.waitForURL(/certificate-batches|jobs/);
      for (let turn = 0; turn < 60; turn += 1) {
        await approver.open(batch);
        const zip = await approver.fetch(`${batch}/certificates.zip`);
        if (zip.status === 200 && zip.bytes.subarray(0, 2).toString() === 'PK') break;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      await approver.picture('issued');
      const zip = await approver.fetch(`${batch}/certificates.zip`);
      expect(zip.bytes.subarray(0, 2).toString()).to.equal('PK');
      const print = await approver.fetch(`${batch}/print.pdf`);
      expect(readPdf(print.bytes).pages.length).to.be.above(40);
      const certificate = approver.page.locator('a[href^="/certificates/"]').first();
      await approver.open((await certificate.getAttribute('href'))!);
      await approver.picture('certificate');
      const one = await approver.fetch(
        (await approver.page.locator('a[href$="/certificate.pdf"]').first().getAttribute('href'))!,
      );
      expect(readPdf(one.bytes).pages).to.have.length(1);
      await approver.open(batch);
      const [download] = await Promise.all([
        approver.page.waitForEvent('download'),
        approver.page.locator('form[action$="/claim-slips"] button').click(),
      ]);
      expect(download.suggestedFilename()).to.match(/\.pdf$/);
      await approver.close();
    });
  });
}

describe('browser: without script', function () {
  this.timeout(120_000);

  it('marks a class with the button that fills the rest, and reads a year', async () => {
    const centre = await aWalker('no-script', 'zh', { script: false });
    await centre.signIn('centre');
    await centre.open('/lessons/unmarked');
    await centre.press('main a[href$="/attendance"]');
    const path = new URL(centre.page.url()).pathname;
    await centre.page.locator('tr[data-person] input[value="absent"]').first().check({ force: true });
    await centre.press('[formaction$="/prefill"]');
    expect(await centre.page.locator('input[value="present"]:checked').count()).to.be.above(10);
    expect(await centre.page.locator('input[value="absent"]:checked').count()).to.equal(1);
    if ((await centre.page.locator('main [name="reason"]').count()) > 0)
      await centre.fill({ reason: '纸质点名补录' });
    await centre.picture('prefilled');
    await centre.press('#save button.button');
    expect(new URL(centre.page.url()).pathname).to.equal(path);
    await centre.close();
    const reader = await aWalker('no-script-reader', 'zh', { script: false });
    await reader.signIn('reader');
    await reader.open('/years/2021');
    expect(await reader.page.locator('main svg').count()).to.be.above(0);
    await reader.close();
  });
});
