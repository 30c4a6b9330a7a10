// An administrator invites a bureau reader, who sets a password and a code; a lock-out; a sign-in that runs out amid a form.
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { codeOfStep, fromBase32, stepOf } from '../../src/domain/accounts/one-time-code.ts';
import { embeddedName } from '../../src/reach-database.ts';
import {
  aWalker,
  axeFindings,
  openDemoSite,
  overflowOf,
  type Language,
  type Walker,
} from '../support/browser.ts';

const passphrase = 'nine green bottles';
const words = {
  zh: { wrong: '不对', locked: '已锁定至', kept: '所填内容已保留' },
  en: { wrong: 'not right', locked: 'Locked until', kept: 'what you typed is kept' },
} as const;

for (const lang of ['zh', 'en'] as const satisfies readonly Language[]) {
  describe(`browser: signing in, ${lang}`, function () {
    this.timeout(240_000);
    const userName = `new-reader-${lang}`;
    let person: Walker;
    before(async () => {
      person = await aWalker('sign-in', lang, { width: lang === 'zh' ? 1280 : 375 });
    });
    after(() => person?.close());
    const looks = async (step: string) => {
      await person.picture(step);
      expect(await axeFindings(person.page), step).to.deep.equal([]);
      expect(await overflowOf(person.page), step).to.equal(0);
    };

    it('takes up an invitation, sets up a code, and keeps the recovery codes', async () => {
      const admin = await aWalker('sign-in-admin', lang);
      await admin.signIn('admin');
      await admin.open('/users/new');
      await admin.fill({ userName, displayName: '新读者', role: 'bureauReader' });
      await admin.press('main form button');
      const link = await admin.page.locator('.link-once code').innerText();
      await admin.picture('link');
      await admin.close();

      await person.open(new URL(link).pathname);
      await looks('set-password');
      await person.fill({ password: passphrase, passwordAgain: passphrase });
      await person.press('main form button');
      await person.fill({ userName, password: passphrase });
      await looks('password');
      await person.press('main form button');
      const secret = fromBase32(await person.page.locator('code.secret').innerText());
      await looks('set-up');
      const hmac = (key: Uint8Array, message: Uint8Array) => createHmac('sha1', key).update(message).digest();
      await person.fill({ code: codeOfStep(hmac, secret, stepOf(new Date())) });
      await person.press('main form button');
      expect(await person.page.locator('.recovery-codes li').count()).to.equal(10);
      const [recovery] = await person.page.locator('.recovery-codes li').allInnerTexts();
      await looks('recovery-codes');
      await person.press('main a.button');
      expect(person.page.url()).to.match(/\/home$/);
      await person.open('/account');
      await looks('account');

      await person.signOut();
      await person.open('/session/new');
      await person.fill({ userName, password: passphrase });
      await person.press('main form button');
      await looks('code');
      await person.fill({ code: recovery! });
      await person.press('main form button');
      expect(person.page.url()).to.match(/\/home$/);
      expect(person.complaints()).to.deep.equal([]);
    });

    it('says until when it is locked after five wrong passwords', async () => {
      await person.signOut();
      await person.open('/session/new');
      for (let guess = 0; guess < 5; guess += 1) {
        await person.fill({ userName: `centre${lang === 'zh' ? 3 : 4}`, password: 'not the password' });
        await person.press('main form button');
        expect(await person.text()).to.include(guess < 4 ? words[lang].wrong : words[lang].locked);
      }
      await looks('locked');
    });

    it('keeps what was typed when the sign-in runs out, and shows the form with it again', async () => {
      await person.signInAnew('enterprise');
      await person.open('/apprenticeships/new');
      await person.fill({ schoolName: '苏州技工学校', plannedCount: '36' });
      await letSignInsRunOut();
      await person.press('main form button.button');
      expect(await person.text()).to.include(words[lang].kept);
      await looks('run-out');
      await person.fill({ userName: 'enterprise', password: 'try-the-demo-2021' });
      await person.press('main form button');
      await looks('held');
      await person.press('main form button');
      expect(await person.page.locator('[name="schoolName"]').inputValue()).to.equal('苏州技工学校');
      expect(await person.page.locator('[name="plannedCount"]').inputValue()).to.equal('36');
    });
  });
}

/** What 25 minutes would do to the enterprise's sign-ins. */
async function letSignInsRunOut(): Promise<void> {
  const { dir } = await openDemoSite();
  const client = await MongoClient.connect(readFileSync(join(dir, 'address'), 'utf8'));
  try {
    const database = client.db(embeddedName);
    const account = await database.collection('accounts').findOne({ foldedUserName: 'enterprise' });
    const lastSeenAt = new Date(Date.now() - 25 * 60_000);
    await database
      .collection('signInSessions')
      .updateMany({ accountId: account!._id as never }, { $set: { lastSeenAt } });
  } finally {
    await client.close();
  }
}
