// One person on record twice: the bureau sees a number for a purpose, merges the two and takes it back; the record's page
// and the auditor's pages tell who did what and why.
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { dayOf } from '../../src/domain/shared/calendar-day.ts';
import { birthFactsOf } from '../../src/domain/people/id-number.ts';
import { aWalker, axeFindings, overflowOf, type Language, type Walker } from '../support/browser.ts';
import { aPassport } from '../support/duplicates.ts';
import { anIdNumber } from '../support/rosters.ts';

const said = {
  zh: {
    name: '周一楠',
    right: '周一男',
    mobile: '19900000017',
    purpose: '办理查询或信访',
    revealed: '查看了完整号码',
    corrected: '更正姓名',
    merged: '合并了重复人员',
    undone: '撤销了合并',
    withdrawn: '退班',
    left: '在班 → 已退班',
    exported: '导出操作日志',
    grounds: '姓名、出生日期、手机号相同',
    reason: '理由：',
    by: '李敏',
  },
  en: {
    name: '周二楠',
    right: '周二男',
    mobile: '19900000025',
    purpose: 'Answer an enquiry',
    revealed: 'Whole number seen',
    corrected: 'Name corrected',
    merged: 'Merged with another record',
    undone: 'Merge undone',
    withdrawn: 'Trainee withdrawn',
    left: 'Enrolled → Withdrawn',
    exported: 'Trail exported',
    grounds: 'Same name, birth day and mobile',
    reason: 'Reason: ',
    by: '李敏',
  },
} as const;

for (const lang of ['zh', 'en'] as const satisfies readonly Language[]) {
  describe(`browser: one person on record twice, ${lang}`, function () {
    this.timeout(300_000);
    const words = said[lang];
    const card = anIdNumber('1990-05-06');
    const passport = aPassport();
    const facts = { name: words.name, mobile: words.mobile };
    let officer: Walker;
    let auditor: Walker;
    let centre: Walker;
    /** The page of the person whose record stays, and of their enrolment. */
    let kept: string;
    let enrolment: string;

    before(async () => {
      officer = await aWalker('people', lang);
      auditor = await aWalker('people-auditor', lang);
    });
    after(async () => {
      await centre?.close();
      await officer?.close();
      await auditor?.close();
    });

    /** Pictures wide and narrow; nothing for axe, nothing too wide. */
    const looks = async ({ page, picture, complaints }: Walker, step: string) => {
      for (const width of [375, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await picture(step);
        expect(await overflowOf(page), `${step} at ${width}`).to.equal(0);
      }
      expect(await axeFindings(page), step).to.deep.equal([]);
      expect(complaints()).to.deep.equal([]);
    };
    const main = ({ page }: Walker) => page.locator('main').innerText();
    const refused = async (walker: Walker) =>
      expect(await walker.page.locator('.error-summary').count(), 'refused').to.equal(1);

    it('a centre enrols the person under an identity card, and again under a passport', async () => {
      centre = await aWalker('people-centre', lang);
      await centre.signIn('centre');
      const papers = [
        { documentType: 'resident_identity_card', documentNumber: card, education: 'junior_college' },
        { documentType: 'passport', documentNumber: passport, ...birthFactsOf(card), education: 'bachelor' },
      ];
      for (const [index, state] of ['approved', 'returned'].entries()) {
        await centre.open(`/training-sessions?state=${state}`);
        await centre.press('main table a[href^="/training-sessions/"]');
        await centre.press('main a[href$="/roster"]');
        await centre.press('main a[href$="/enrolments/new"]');
        await centre.fill({ ...papers[index]!, ...facts });
        await centre.press('main form button.button');
        expect(await main(centre)).to.include(words.name);
      }
    });

    it('a number is shown whole for a purpose only, and the auditor reads who saw it', async () => {
      await officer.signIn('officer');
      await officer.press('nav a[href="/people"]');
      await officer.fill({ text: words.name });
      await officer.press('main form button');
      expect(await main(officer)).to.not.include(card);
      await officer.press('main table a[href^="/people/"]');
      expect(await main(officer))
        .to.not.include(card)
        .and.not.include(passport);
      const person = new URL(officer.page.url()).pathname;
      await officer.press('main a[href$="/reveals/new"]');
      await looks(officer, 'reveal');
      await officer.press('main form button');
      await refused(officer);
      expect(await main(officer))
        .to.not.include(card)
        .and.not.include(passport);
      await looks(officer, 'reveal-refused');
      await officer.fill({ purpose: 'other' });
      await officer.press('main form button');
      await refused(officer);
      await officer.fill({ purpose: 'answer_enquiry', note: '12345 热线工单' });
      await officer.press('main form button');
      const shown = await officer.page.locator('main code.secret').innerText();
      expect([card, passport]).to.include(shown.trim());
      expect(officer.page.url()).to.not.include(shown.trim());
      await looks(officer, 'revealed');
      await officer.press('main p a.button');
      expect(new URL(officer.page.url()).pathname).to.equal(person);
      expect(await main(officer)).to.not.include(shown.trim());
      const learner = /L\d{8}/.exec(await main(officer))![0];

      await auditor.signIn('auditor');
      await auditor.press('nav a[href="/reveals"]');
      const row = await auditor.page.locator('main tbody tr').first().innerText();
      expect(row).to.include(words.by).and.include(learner).and.include(words.purpose).and.include('12345');
      expect(await main(auditor)).to.not.include(shown.trim());
      await looks(auditor, 'reveals');
    });

    it('the bureau compares the two, chooses field by field, and merges them with a reason', async () => {
      await officer.press('nav a[href="/people"]');
      await officer.press('main a[href="/duplicates"]');
      const pair = officer.page.locator('main tbody tr', { hasText: words.name }).first();
      expect(await pair.innerText()).to.include(words.grounds);
      await looks(officer, 'duplicates');
      await Promise.all([officer.page.waitForNavigation(), pair.locator('a').first().click()]);
      expect(await main(officer))
        .to.not.include(card)
        .and.not.include(passport);
      await looks(officer, 'side-by-side');
      const ids = await officer.page
        .locator('main [name="keptId"]')
        .evaluateAll((radios) => radios.map((one) => one.getAttribute('value')!));
      expect(ids).to.have.length(2);
      await officer.fill({ keptId: ids[0]!, document: ids[0]!, education: ids[1]!, reason: '同' });
      await officer.press('form[action$="/merge"] button.button');
      await refused(officer);
      expect(await officer.page.locator(`[name="education"][value="${ids[1]}"]`).isChecked()).to.equal(true);
      await officer.fill({ reason: `核对身份证${card}与护照` });
      await officer.press('form[action$="/merge"] button.button');
      expect(new URL(officer.page.url()).pathname).to.match(/^\/person-merges\//);
      expect(await main(officer))
        .to.include('320599********')
        .and.not.include(card);
      await looks(officer, 'merged');
      kept = `/people/${ids[0]}`;
      await officer.open(`/people/${ids[1]}`);
      expect(new URL(officer.page.url()).pathname).to.equal(kept);
      expect(await officer.page.locator('main table').first().locator('tbody tr').count()).to.equal(2);
      expect(await main(officer)).to.match(lang === 'zh' ? /大学本科|本科/ : /Bachelor/);
    });

    it('the merge is taken back, with a reason, and both records stand again', async () => {
      await officer.open('/duplicates');
      expect(await main(officer)).to.not.include(words.name);
      await officer.page.goBack();
      await officer.page.goBack();
      expect(new URL(officer.page.url()).pathname).to.match(/^\/person-merges\//);
      await officer.fill({ reason: '错' });
      await officer.press('form[action$="/reversal"] button.button');
      await refused(officer);
      await officer.fill({ reason: '本人说明是两个人' });
      await officer.press('form[action$="/reversal"] button.button');
      expect(await officer.page.locator('form[action$="/reversal"]').count()).to.equal(0);
      expect(await main(officer)).to.include('本人说明是两个人');
      await looks(officer, 'merge-undone');
      const links = await officer.page
        .locator('main dl a[href^="/people/"]')
        .evaluateAll((found) => found.map((one) => one.getAttribute('href')!));
      expect(links).to.have.length(2).and.include(kept);
      for (const link of [...links.filter((one) => one !== kept), kept]) {
        await officer.open(link);
        expect(new URL(officer.page.url()).pathname).to.equal(link);
        expect(await officer.page.locator('main table').first().locator('tbody tr').count()).to.equal(1);
      }
    });

    it('the person’s page tells its history: who, when, what became what, and why, numbers masked', async () => {
      enrolment = (await officer.page.locator('main a[href^="/enrolments/"]').first().getAttribute('href'))!;
      await officer.open(kept);
      await officer.press('main a[href$="/name/new"]');
      await officer.fill({ name: words.right, reason: `按身份证${card}更正` });
      await officer.press('main form button.button');
      const events = officer.page.locator('main .timeline').last().locator('li');
      const latest = await events.first().innerText();
      expect(latest).to.include(words.corrected).and.include(words.by);
      expect(latest)
        .to.include(words.reason)
        .and.match(/\d{4}-\d\d-\d\d \d\d:\d\d/);
      await centre.open(enrolment);
      await centre.fill({ on: dayOf(new Date()), reason: 'found_work' });
      await centre.press('form[action$="/withdrawal"] button.button');
      await officer.open(kept);
      expect(await events.first().innerText())
        .to.include(words.withdrawn)
        .and.include(words.left);
      const all = await events.allInnerTexts();
      if (lang === 'zh') expect(all.join()).to.not.match(/\b[A-Za-z]{3,}\b/);
      for (const act of [words.merged, words.undone])
        expect(
          all.some((one) => one.includes(act) && one.includes(words.reason)),
          act,
        ).to.equal(true);
      expect(all.join()).to.not.include(card).and.not.include(passport).and.not.include(words.mobile);
      await looks(officer, 'history');
    });

    it('the auditor narrows the trail, takes it as a file, and that is in the trail too', async () => {
      await auditor.press('nav a[href="/trail"]');
      await auditor.fill({
        what: 'enrolment.withdrawn',
        kind: 'enrolment',
        id: enrolment.split('/').at(-1)!,
      });
      await auditor.press('main form button');
      const rows = auditor.page.locator('main tbody tr');
      expect(await rows.count()).to.equal(1);
      expect(await rows.first().innerText())
        .to.include(words.withdrawn)
        .and.include(words.left)
        .and.include(words.reason);
      expect(await main(auditor)).to.not.include(card);
      await looks(auditor, 'trail');
      const [download] = await Promise.all([
        auditor.page.waitForEvent('download'),
        auditor.page.locator('form[action$="/exports"] button').click(),
      ]);
      const lines = parse(readFileSync(await download.path()), { bom: true }) as string[][];
      expect(lines).to.have.length(2);
      expect(lines[1]!.join('|')).to.include(words.withdrawn).and.include(words.left);
      await auditor.open('/trail?what=trail.exported');
      const exported = await rows.first().innerText();
      expect(exported).to.include(words.exported).and.include(words.withdrawn);
      await auditor.open(`/trail?what=person.numberRevealed`);
      expect(await rows.first().innerText())
        .to.include(words.revealed)
        .and.include(words.purpose);
      await looks(auditor, 'trail-reveal');
    });
  });
}
