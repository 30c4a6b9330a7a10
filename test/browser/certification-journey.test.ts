// An evaluator certifies its own list; the holder finds the certificate, an employer checks it, the bureau revokes one and
// the year follows.
import { expect } from 'chai';
import { dayOf } from '../../src/domain/shared/calendar-day.ts';
import { readPdf, readQrModules } from '../documents/read-pdf.ts';
import { readQr } from '../documents/read-qr.ts';
import { aWalker, openDemoSite, type Language, type Walker } from '../support/browser.ts';
import { anIdNumber } from '../support/rosters.ts';

const qrOf = (pdf: Buffer) => readQr(readQrModules(readPdf(pdf).pages[0]!.content));

for (const lang of ['zh', 'en'] as const satisfies readonly Language[]) {
  describe(`browser: from a list to a certificate in an employer’s hand, ${lang}`, function () {
    this.timeout(120_000);
    let staff: Walker;
    let approver: Walker;
    let batch: string;
    let certificate: { href: string; number: string; name: string; check: string };
    before(async () => {
      staff = await aWalker('evaluator', lang);
      approver = await aWalker('evaluator-approver', lang);
      await staff.signIn('evaluator');
      await approver.signIn('evaluator-approver');
    });
    after(async () => {
      await staff?.close();
      await approver?.close();
    });

    it('the evaluator opens an assessment for its own list and records scores', async () => {
      await staff.open('/assessments/new');
      await staff.fill({
        occupationCode: '6-31-01-03',
        skillLevel: 'senior',
        method: 'level_recognition',
        heldOn: dayOf(new Date()),
      });
      await staff.press('main form button.button');
      const assessment = new URL(staff.page.url()).pathname;
      await staff.open(`${assessment}/candidates/new`);
      await staff.fill({ list: '吴错,32059920030506000X,某厂' });
      await staff.press('main form button.button');
      expect(await staff.page.locator('.error-summary, [role="alert"]').count()).to.be.above(0);
      expect(await staff.page.locator('[name="list"]').inputValue()).to.include('吴错');
      const lines = Array.from(
        { length: 3 },
        (_, index) =>
          `吴${'甲乙丙'[index]}${lang === 'zh' ? '一' : '二'},${anIdNumber('2003-08-08')},示例制造`,
      );
      await staff.fill({ list: lines.join('\n') });
      await staff.press('main form button.button');
      await staff.open(`${assessment}/scores/new`);
      const inputs = staff.page.locator('main table input');
      for (let index = 0; index < 6; index += 1) await inputs.nth(index).fill(String(80 + index));
      await staff.picture('scores');
      await staff.press('main form button.button');
      await staff.open(assessment);
      await staff.press('form[action$="/certificate-batches"] button');
      batch = new URL(staff.page.url()).pathname;
    });

    it('a second person approves, numbers are given, files are made while it waits', async () => {
      await approver.open(batch);
      await approver.press('form[action$="/approval"] button');
      await approver.open(batch);
      await approver.picture('batch');
      const link = approver.page.locator('a[href^="/certificates/"]').first();
      const href = (await link.getAttribute('href'))!;
      await approver.open(href);
      const number = (await approver.page.locator('h1').innerText()).replace(/\s/g, '').slice(0, 22);
      expect(number).to.match(/^[SY]\d{12}\d{2}3\d{6}$/);
      const file = (await approver.page.locator('a[href$="/certificate.pdf"]').first().getAttribute('href'))!;
      const first = await approver.fetch(file);
      const second = await approver.fetch(file);
      expect(first.bytes.equals(second.bytes)).to.equal(true);
      const name = /吴[甲乙丙][一二]/.exec(await approver.text())![0];
      certificate = { href, number, name, check: qrOf(first.bytes) };
      expect(certificate.check).to.match(/\/c\/[\w-]{22}$/);
      await approver.picture('certificate');
    });

    it('anyone checks it by QR and by number and name; the unknown is unknown', async () => {
      const anyone = await aWalker('anyone', lang, { width: 375 });
      await anyone.open(certificate.check);
      const valid = await anyone.text();
      expect(valid)
        .to.include(certificate.name)
        .and.to.match(/\*{6,}\d{3}[\dX]/);
      expect(valid).to.not.match(/320599\d{12}/);
      await anyone.picture('valid');
      await anyone.open('/checks/new');
      await anyone.fill({ number: certificate.number, name: certificate.name });
      await anyone.press('main form button.button');
      expect(await anyone.text()).to.include(certificate.name);
      await anyone.open('/checks/new');
      await anyone.fill({ number: certificate.number, name: '某人' });
      await anyone.press('main form button.button');
      expect(await anyone.text()).to.not.include(certificate.name);
      await anyone.picture('unknown');
      const page = await anyone.fetch(certificate.check);
      expect(page.headers['x-robots-tag']).to.include('noindex');
      expect(page.headers['cache-control']).to.include('no-store');
      await anyone.close();
    });

    it('reissues it: the old QR says replaced, the new one valid', async () => {
      await staff.open(`${certificate.href}/replacement/new`);
      await staff.fill({ reason: lang === 'zh' ? '原件遗失补发' : '原件破损补发' });
      await staff.press('form[action$="/replacement"] button.button');
      const file = (await staff.page.locator('a[href$="/certificate.pdf"]').first().getAttribute('href'))!;
      const fresh = qrOf((await staff.fetch(file)).bytes);
      expect(fresh).to.not.equal(certificate.check);
      const anyone = await aWalker('anyone-replaced', lang);
      await anyone.open(certificate.check);
      expect(await anyone.text()).to.match(/补发|replaced|reissued/i);
      await anyone.picture('replaced');
      await anyone.open(fresh);
      await anyone.picture('valid');
      certificate = { ...certificate, check: fresh };
      await anyone.close();
    });

    it('the bureau revokes it: the page says which figures change, and they do', async () => {
      const officer = await aWalker('officer-revokes', lang);
      await officer.signIn('officer');
      const year = new Date().getFullYear();
      const f14 = async () => {
        await officer.open(`/years/${year}/figures/F14`);
        return Number((await officer.page.locator('.figure__value a').innerText()).replaceAll(',', ''));
      };
      const before = await f14();
      await officer.open(`${certificate.href}/revocation/new`);
      const row = officer.page
        .locator('main table tr', { hasText: /F14.*(取证人数|certified persons)/i })
        .first();
      expect((await row.innerText()).match(/\d+/g)!.map(Number)).to.include.members([before, before - 1]);
      await officer.picture('beforehand');
      await officer.fill({ category: 'issued_in_error', reason: '核查发现成绩登记有误' });
      await officer.press('form[action$="/revocation"] button.button');
      expect(await f14()).to.equal(before - 1);
      await officer.close();
      const anyone = await aWalker('anyone-revoked', lang);
      await anyone.open(certificate.check);
      expect(await anyone.text()).to.match(/撤销|revoked/i);
      await anyone.picture('revoked');
      await anyone.close();
    });

    it('a trainee finds the own certificates with the claim code, and only with it', async () => {
      const { slip } = await openDemoSite();
      const trainee = await aWalker('trainee', lang, { width: 375 });
      await trainee.open('/certificate-finds/new');
      await trainee.fill({ number: slip.number, name: slip.name, claimCode: 'AAAA-AAAA-AAAA-AAAA' });
      await trainee.press('main form button.button');
      expect(await trainee.text()).to.not.include(slip.number);
      await trainee.picture('not-found');
      await trainee.fill({ number: slip.number, name: slip.name, claimCode: slip.code.toLowerCase() });
      await trainee.press('main form button.button');
      await trainee.picture('own');
      await trainee.press('main a[href^="/my/certificates/"]');
      expect(await trainee.text()).to.include(slip.name);
      await trainee.picture('one');
      const file = await trainee.fetch(
        (await trainee.page.locator('a[href$="certificate.pdf"]').getAttribute('href'))!,
      );
      expect(file.type).to.equal('application/pdf');
      await trainee.open('/my/certificates');
      await trainee.press('form[action="/my/end"] button');
      await trainee.open('/my/certificates');
      expect(await trainee.text()).to.not.include(slip.name);
      await trainee.close();
    });
  });
}
