import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/checks/check-pages, web/accounts', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-06-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  it('answers number and name together, says unknown for anything else, and is never indexed or cached', async () => {
    const evaluator = await anEvaluator(world.deps);
    const [certificate] = await certificatesFor(
      world.deps,
      evaluator,
      await peopleOf(world.deps, evaluator, ['周八']),
    );
    const visitor = site.visitor();
    const check = (number: string, name: string) =>
      visitor.post('/checks', { number, name }, { from: '/checks/new' });
    const found = await check(certificate!.number, '周八');
    expect(found.status).to.equal(200);
    expect(found.text)
      .to.include('周八')
      .and.to.not.match(/320599\d{12}/);
    expect(found.headers.get('x-robots-tag')).to.include('noindex');
    expect(found.headers.get('cache-control')).to.equal('no-store');
    expect((await check(certificate!.number, '周九')).status).to.equal(404);
    expect((await visitor.get('/c/nothing')).status).to.equal(404);
  });

  it('lets an address wait after twenty misses, with the time, and goes on afterwards', async () => {
    const visitor = site.visitor();
    let last = await visitor.get('/c/guess');
    for (let guess = 0; guess < 25 && last.status !== 429; guess += 1)
      last = await visitor.get(`/c/guess-${guess}`);
    expect(last.status).to.equal(429);
    expect(last.text).to.match(/\d\d:\d\d/);
    world.at('2021-06-01T04:11:00Z');
    expect((await visitor.get('/c/again')).status).to.equal(404);
  });

  it('locks a name and address after wrong passwords, keeps the name typed, never the password', async () => {
    const { userName } = await anActor(world.deps, 'bureauOfficer');
    const visitor = site.visitor();
    let last = await visitor.signIn(userName, 'not the password');
    expect(last.status).to.equal(422);
    expect(last.text).to.include(`value="${userName}"`).and.to.not.include('not the password');
    for (let guess = 0; guess < 6; guess += 1) last = await visitor.signIn(userName, 'not the password');
    expect(last.status).to.equal(429);
    expect((await visitor.signIn(userName)).status).to.equal(429);
    world.at('2021-06-02');
    expect((await visitor.signIn(userName)).status).to.equal(303);
  });

  it('gives a receipt whose number, time and code prove later what was answered, and nothing else does', async () => {
    const evaluator = await anEvaluator(world.deps);
    const [certificate] = await certificatesFor(
      world.deps,
      evaluator,
      await peopleOf(world.deps, evaluator, ['吴七']),
    );
    const { number } = certificate!;
    const visitor = site.visitor('203.0.113.77');
    const answer = await visitor.post('/checks', { number, name: '吴七' }, { from: '/checks/new' });
    const [, code, when] = /回执 ([0-9A-Z]{4}-[0-9A-Z]{4}) · (\d{4}-\d\d-\d\d \d\d:\d\d)/.exec(answer.text)!;
    expect(answer.text).to.include('data-print');
    const prove = (typed: { number?: string; when?: string; code?: string }) =>
      visitor.post('/checks/receipts', { number, when, code, ...typed } as Record<string, string>, {
        from: '/checks/receipts/new',
      });
    world.at('2021-09-01');
    await revokeCertificate(world.deps, {
      actor: await anActor(world.deps, 'bureauOfficer'),
      certificateId: certificate!.id,
      category: 'cheating',
      reason: '核查发现替考，予以撤销',
    });
    const proven = await prove({
      code: code!.toLowerCase().replace('-', ' '),
      when: when!.replace(/-/g, '/'),
    });
    expect(proven.status).to.equal(200);
    expect(proven.text).to.include(`回执属实：${when} 查验 ${number}，结果为“有效”`);
    expect(proven.headers.get('cache-control')).to.equal('no-store');
    for (const other of [
      { code: '2222-2222' },
      { number: `${number.slice(0, -1)}${number.endsWith('1') ? '2' : '1'}` },
      { when: when!.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) },
    ]) {
      const refused = await prove(other);
      expect(refused.status, JSON.stringify(other)).to.equal(422);
      expect(refused.text).to.include('没有编号、时间和回执码都相符的回执').and.include('id="f-code"');
    }
    expect((await prove({ when: 'yesterday' })).text).to.include('看不懂这个时间');
    const later = await visitor.post('/checks', { number, name: '吴七' }, { from: '/checks/new' });
    expect(later.text).to.include('撤销').and.include(`请致电发证机构：${evaluator.organisation.phone}`);
    expect(answer.text).to.not.include('请致电发证机构');
    const [, revoked, then] = /回执 ([0-9A-Z]{4}-[0-9A-Z]{4}) · ([\d: -]{16})/.exec(later.text)!;
    expect((await prove({ code: revoked!, when: then! })).text).to.include('结果为“已撤销”');
    let last = await prove({ code: '3333-3333' });
    for (let guess = 0; guess < 25 && last.status !== 429; guess += 1)
      last = await prove({ code: '3333-3333' });
    expect(last.status).to.equal(429);
  });
});
