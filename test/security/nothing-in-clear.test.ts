// A copied data folder, a log, an error page, an address: none holds a document number, a mobile or a code's secret in clear.
import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { developmentConfig } from '../../src/config.ts';
import { addDays, dayOf } from '../../src/domain/shared/calendar-day.ts';
import { codeOfStep, stepOf, toBase32 } from '../../src/domain/accounts/one-time-code.ts';
import { openProduct } from '../../src/server.ts';
import { writeSheet } from '../../src/sheets/write-sheet.ts';
import { makeClaimCodes } from '../../src/use-cases/certifications/make-claim-codes.ts';
import { registerPeople } from '../../src/use-cases/people/register-people.ts';
import { visitorOf, type Answer, type Visitor } from '../support/browse.ts';
import { anActor, testPassword, testSecret } from '../support/builders.ts';
import { anEvaluator, certificatesFor } from '../support/certificates.ts';
import { startCommand, type Command } from '../support/commands.ts';
import { findTexts } from '../support/find-in-bytes.ts';
import { anIdNumber, aSession } from '../support/rosters.ts';

describe('security/nothing-in-clear', function () {
  this.timeout(180_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-clear-'));
  const dir = join(root, 'data');
  const keyFile = join(root, 'keys', 'skillroll.key');
  let server: Command | null = null;
  after(() => {
    server?.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('finds what is planted, in every form it looks for', () => {
    const number = '320599199001010013';
    const planted: readonly [string, Buffer][] = [
      ['clear', Buffer.from(`a${number}b`)],
      ['UTF-16', Buffer.from(`证件${number}`, 'utf16le')],
      ['base64', Buffer.from(Buffer.from(`{"n":"${number}"}`).toString('base64'))],
      ['base64, one on', Buffer.from(Buffer.from(`{"no":"${number}"}`).toString('base64'))],
      ['base64, two on', Buffer.from(Buffer.from(`{"num":"${number}"}`).toString('base64'))],
      ['gzip', Buffer.concat([Buffer.from('head'), gzipSync(number), Buffer.from('tail')])],
      ['deflate', Buffer.concat([Buffer.from('head'), deflateSync(number)])],
    ];
    for (const [form, bytes] of planted) expect(findTexts(bytes, [number]), form).to.deep.equal([number]);
    expect(findTexts(Buffer.from('320599********0013'), [number])).to.deep.equal([]);
  });

  it('writes no number, mobile, code or password to disk, log, address or error page on any journey', async () => {
    const config = developmentConfig({ dataDir: dir, sessionSecret: 'x'.repeat(40), keyFile });
    const product = await openProduct(config, { passwordCost: 4 });
    const { deps } = product;
    const today = dayOf(deps.now());
    const mobile = (index: number) => `1390051${String(4321 + index)}`;
    const uploaded = Array.from({ length: 8 }, () => anIdNumber('1990-03-04'));
    const [enrolled, certified, unknown] = [
      anIdNumber('1991-03-04'),
      anIdNumber('1992-03-04'),
      anIdNumber('1993-03-04'),
    ];
    const made = await aSession(deps, { startsOn: addDays(today, 20), endsOn: addDays(today, 50) });
    const officer = await anActor(deps, 'bureauOfficer');
    const evaluator = await anEvaluator(deps);
    const [registered] = await deps.transaction(() =>
      registerPeople(deps, {
        stated: [
          {
            name: '孙证',
            nameKey: '孙证',
            documentType: 'resident_identity_card',
            documentNumber: certified,
            birthDay: '1992-03-04',
            gender: 'male',
            mobile: mobile(90),
            education: null,
            householdRegistration: null,
            keyGroups: [],
          },
        ],
        owner: { evaluatorId: evaluator.organisation.id },
        day: today,
        now: deps.now(),
      }),
    );
    const [certificate] = await certificatesFor(deps, evaluator, [registered!.personId!]);
    const [slip] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    await product.close();

    server = startCommand('src/main.ts', [], {
      SKILLROLL_DATA: dir,
      PUBLIC_URL: 'http://skills.example',
      SESSION_SECRET: 'x'.repeat(40),
      KEY_FILE: keyFile,
      PORT: '0',
      LOG_LEVEL: 'debug',
    });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await server.wrote('Skillroll serves'))![0];
    const addresses: string[] = [];
    const errorPages: string[] = [];
    const noted = (visitor: Visitor): Visitor => {
      const note = (answer: Answer, path: string) => {
        addresses.push(path, answer.location ?? '', answer.headers.get('refresh') ?? '');
        if (answer.status >= 400 && answer.status !== 422) errorPages.push(answer.text);
        return answer;
      };
      return {
        ...visitor,
        get: async (path) => note(await visitor.get(path), path),
        post: async (path, fields, options) => note(await visitor.post(path, fields, options), path),
      };
    };
    const code = (key: Uint8Array, message: Uint8Array) => deps.hmacSha1(key, message);
    const open = async (userName: string) => {
      const visitor = visitorOf(url, async () => codeOfStep(code, testSecret, stepOf(new Date())));
      expect((await visitor.signIn(userName)).status).to.equal(303);
      return noted(visitor);
    };
    const centre = await open(made.staff.userName);
    const roster = `/training-sessions/${made.session.id}/roster`;
    const lines = uploaded.map((number, index) => [
      `学员${'甲乙丙丁戊己庚辛'[index]}`,
      number,
      mobile(index),
    ]);
    const columns = ['姓名', '证件号码', '手机号码'].map((heading) => ({ heading, width: 20, text: true }));
    const sheet = await writeSheet({ sheets: [{ name: '花名册', titles: [], columns, rows: lines }] });
    const files = [{ field: 'file', name: '花名册.xlsx', bytes: sheet }];
    const sent = await centre.post(roster, {}, { from: `${roster}/new`, files });
    expect(sent.status).to.equal(303);
    await centre.get(sent.location!);
    await centre.post(`${sent.location}/commitment`, {}, { from: sent.location! });
    expect((await centre.get(roster)).text).to.include('8 人');
    await centre.get(`${roster}/file?format=xlsx`);
    await centre.get(`${sent.location}/error-file`);
    const enrolment = {
      name: '钱一',
      documentType: 'resident_identity_card',
      documentNumber: enrolled,
      mobile: mobile(70),
    };
    await centre.post(`/training-sessions/${made.session.id}/enrolments`, enrolment, {
      from: `/training-sessions/${made.session.id}/enrolments/new`,
    });
    const broken = { ...enrolment, documentNumber: `${enrolled.slice(0, 17)}?` };
    await centre.post(`/training-sessions/${made.session.id}/enrolments`, broken, {
      from: `/training-sessions/${made.session.id}/enrolments/new`,
    });
    const search = await centre.post('/searches', { text: uploaded[0]! }, { from: '/people' });
    await centre.get(search.location!);
    await centre.post('/searches', { text: unknown }, { from: '/people' });
    const bureau = await open(officer.userName);
    const reveal = `/people/${registered!.personId!}/reveals`;
    const shown = await bureau.post(
      reveal,
      { field: 'mobile', purpose: 'contact_holder', note: '' },
      { from: `${reveal}/new` },
    );
    expect(shown.text).to.include(mobile(90));
    await bureau.post('/nowhere', { documentNumber: unknown }, { from: '/people' });
    await bureau.post(
      reveal,
      { field: certified, purpose: certified, note: certified },
      { from: `${reveal}/new` },
    );
    const public_ = noted(visitorOf(url));
    const find = {
      number: '',
      documentType: 'resident_identity_card',
      documentNumber: certified,
      name: '孙证',
      claimCode: slip!.claimCode,
    };
    await public_.post(
      '/certificate-finds',
      { ...find, claimCode: 'AAAA-BBBB-CCCC' },
      { from: '/certificate-finds/new' },
    );
    await public_.post('/certificate-finds', find, { from: '/certificate-finds/new' });
    expect((await public_.get('/my/certificates')).status).to.equal(200);
    const staff = await open(evaluator.staff.userName);
    await staff.get(`/certificates/${certificate!.id}/certificate.pdf`);
    await staff.get(`/certificate-batches/${certificate!.batchId!}/print.pdf`);
    const naming = `/people/${registered!.personId!}/name`;
    const version = /name="version" value="(\d+)"/.exec((await bureau.get(`${naming}/new`)).text)![1]!;
    const proof = { field: 'file', name: `${certified}.pdf`, bytes: Buffer.from(`%PDF-1.7 ${certified}`) };
    const corrected = await bureau.post(
      naming,
      { name: '孙正', version, reason: '核对身份证原件' },
      { from: `${naming}/new`, files: [proof] },
    );
    const evidence = /\/evidence\/\w+/.exec((await bureau.get(corrected.location!)).text)![0];
    expect((await bureau.get(evidence)).text, 'the file itself').to.include(certified);
    await centre.get('/session/%');

    const secrets = [
      ...uploaded,
      enrolled,
      certified,
      unknown,
      ...uploaded.map((_, index) => mobile(index)),
      mobile(70),
      mobile(90),
      slip!.claimCode,
      slip!.claimCode.replaceAll('-', ''),
      testPassword,
      toBase32(testSecret),
    ];
    expect(errorPages).to.have.length.above(1);
    expect(findTexts(Buffer.from(addresses.join('\n')), secrets), 'addresses').to.deep.equal([]);
    expect(findTexts(Buffer.from(errorPages.join('\n')), secrets), 'error pages').to.deep.equal([]);
    const look = (when: string) => {
      const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      for (const file of files) {
        const path = join(file.parentPath, file.name);
        expect(findTexts(readFileSync(path), secrets), `${when}: ${file.name}`).to.deep.equal([]);
      }
      const found = files.some(
        (file) => findTexts(readFileSync(join(file.parentPath, file.name)), ['学员甲']).length > 0,
      );
      expect(found, 'names are stored in clear, so the search reads what is stored').to.equal(true);
      return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
    };
    expect(look('while it serves')).to.be.above(100_000);
    server.kill('SIGTERM');
    const ended = await server.ended;
    server = null;
    look('after its end');
    expect(findTexts(Buffer.from(ended.out), secrets), 'log').to.deep.equal([]);
  });
});
