// An enterprise files an apprenticeship, the bureau decides and recognises, reads the year, and a township reads its own.
import { expect } from 'chai';
import { addDays, dayOf } from '../../src/domain/shared/calendar-day.ts';
import { readPdf } from '../documents/read-pdf.ts';
import { aWalker, type Language } from '../support/browser.ts';
import { anIdNumber } from '../support/rosters.ts';

for (const lang of ['zh', 'en'] as const satisfies readonly Language[]) {
  describe(`browser: enterprise, bureau and township, ${lang}`, function () {
    this.timeout(120_000);
    const today = dayOf(new Date());

    it('an enterprise drafts a programme with apprentices, submits it, sees it returned, then filed', async () => {
      const enterprise = await aWalker('enterprise', lang);
      await enterprise.signIn('enterprise');
      await enterprise.open('/apprenticeships/new');
      await enterprise.fill({
        schoolName: '苏州相城技工学校',
        occupationCode: '6-31-01-03',
        targetLevel: 'intermediate',
        startsOn: addDays(today, 30),
        termMonths: '12',
        plannedCount: '10',
        classHoursPerYear: '400',
      });
      await enterprise.picture('draft');
      await enterprise.press('main form button.button');
      const programme = new URL(enterprise.page.url()).pathname;
      const lines = ['甲', '乙'].map((name) => `徐学${name},${anIdNumber('2004-04-04')},钱师傅`);
      await enterprise.fill({ list: lines.join('\n') });
      await enterprise.press('form[action$="/apprentices"] button.button');
      expect(await enterprise.text()).to.include('徐学乙');
      await enterprise.press('form[action$="/submission"] button');
      const officer = await aWalker('officer-programme', lang);
      await officer.signIn('officer');
      await officer.open('/filings?kind=programmes');
      await officer.picture('filings');
      await officer.open(programme);
      await officer.fill({ reason: '补充合作协议' });
      await officer.press('form[action$="/return"] button');
      await enterprise.open(programme);
      expect(await enterprise.text()).to.include('补充合作协议');
      await enterprise.picture('returned');
      await enterprise.press('form[action$="/submission"] button');
      await officer.open(programme);
      await officer.press('form[action$="/filing"] button');
      await enterprise.open(programme);
      expect(await enterprise.text()).to.match(/已备案|Filed/);
      await officer.close();
      await enterprise.close();
    });

    it('the bureau recognises a studio and a platform, and both count at once', async () => {
      const officer = await aWalker('officer-recognises', lang);
      await officer.signIn('officer2');
      const year = today.slice(0, 4);
      const figure = async (code: string) => {
        await officer.open(`/years/${year}/figures/${code}`);
        const value = officer.page.locator('.figure__value').first();
        return Number(/\d+/.exec(await value.innerText())?.[0] ?? 0);
      };
      const before = [await figure('F18'), await figure('F19')];
      await officer.open('/studios/new');
      await officer.fill({
        name: `陆志强技能大师工作室（${lang}）`,
        kind: 'skill_master',
        tier: 'district',
        hostName: '苏州示例精密机械有限公司',
        areaCode: '320507001',
        lead: '陆志强',
        recognisedOn: today,
        document: '相人社〔2026〕1号',
      });
      await officer.picture('studio');
      await officer.press('main form button.button');
      await officer.open('/training-platforms/new');
      await officer.fill({
        name: `智能制造人才培训平台（${lang}）`,
        industry: '智能制造',
        hostName: '苏州示例精密机械有限公司',
        areaCode: '320507001',
        capacity: '60',
        tier: 'district',
        recognisedOn: today,
        document: '相人社〔2026〕2号',
      });
      await officer.press('main form button.button');
      expect([await figure('F18'), await figure('F19')]).to.deep.equal([before[0]! + 1, before[1]! + 1]);
      await officer.close();
    });

    it('reads 2021: tile, rows, cross-table, cell, and takes it as XLSX, CSV and PDF', async () => {
      const officer = await aWalker('year', lang);
      await officer.signIn('officer');
      await officer.open('/years/2021');
      await officer.picture('figures');
      const tile = officer.page.locator('.figure__value a').first();
      const persons = Number((await tile.innerText()).replaceAll(',', ''));
      expect(persons).to.equal(1_040);
      await Promise.all([officer.page.waitForNavigation(), tile.click()]);
      expect(await officer.page.locator('h1').innerText()).to.include('1,040');
      await officer.open('/years/2021/table');
      await officer.fill({ measure: 'certifiedPersons', rows: 'gender', columns: 'ageBand' });
      await officer.press('main form button.button');
      await officer.picture('table');
      const cell = officer.page.locator('tbody td a').first();
      const count = (await cell.innerText()).trim();
      await Promise.all([officer.page.waitForNavigation(), cell.click()]);
      expect(await officer.page.locator('h1').innerText()).to.include(count);
      expect(await officer.page.locator('tbody tr').count()).to.equal(Math.min(50, Number(count)));
      await officer.picture('rows');
      for (const [format, type] of [
        ['xlsx', 'spreadsheetml'],
        ['csv', 'text/csv'],
        ['pdf', 'application/pdf'],
      ] as const) {
        const file = await officer.fetch(`/years/2021/export.${format}`);
        expect(file.status).to.equal(200);
        expect(file.type).to.include(type);
        if (format === 'pdf') expect(readPdf(file.bytes).pages.length).to.be.at.least(2);
      }
      await officer.page.emulateMedia({ media: 'print' });
      await officer.open('/years/2021');
      await officer.picture('print');
      await officer.close();
    });

    it('a township desk reads its area, a bureau reader the totals without names', async () => {
      const desk = await aWalker('township', lang, { width: 375 });
      await desk.signIn('township');
      await desk.open('/years/2021');
      const own = Number(
        (await desk.page.locator('.figure__value a').first().innerText()).replaceAll(',', ''),
      );
      expect(own).to.be.above(0).and.below(1_040);
      await desk.picture('year');
      await desk.close();
      const reader = await aWalker('reader', lang);
      await reader.signIn('reader');
      await reader.open('/years/2021');
      expect(await reader.text()).to.include('1,040');
      expect(await reader.page.locator('.figure__value a').count()).to.equal(0);
      expect((await reader.fetch('/years/2021/records?measure=persons')).status).to.equal(403);
      await reader.close();
    });
  });
}
