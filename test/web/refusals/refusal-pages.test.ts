import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/refusals/refusal-pages', function () {
  this.timeout(60_000);
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

  it('counts refusals of each kind by the hour and shows which account is locked, never what was typed', async () => {
    const security = site.visitor();
    await security.signIn((await anActor(world.deps, 'securityAdministrator')).userName);
    expect((await security.get('/refusals')).text).to.include('现在没有锁定的账号');
    const victim = await anActor(world.deps, 'bureauReader');
    const stranger = site.visitor();
    for (let guess = 0; guess < 6; guess += 1) await stranger.signIn(victim.userName, 'not the password');
    await stranger.signIn('nobody-of-this-name', 'not the password');
    for (let guess = 0; guess < 3; guess += 1) await stranger.get(`/c/guess-${guess}`);
    const claim = { number: 'none', name: '周八', claimCode: 'AAAA' };
    await stranger.post('/certificate-finds', claim, { from: '/certificate-finds/new' });
    const counted = await world.deps.refusalCounts.since(new Date(0));
    expect(Object.fromEntries(counted.map((one) => [one.kind, one.count]))).to.deep.equal({
      signIn: 7,
      check: 3,
      claimCode: 1,
    });
    const page = await security.get('/refusals');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`/users/${victim.accountId}`).and.to.include('127.0.0.1');
    expect(page.text)
      .to.match(/>\s*7\s*</)
      .and.to.not.include('nobody-of-this-name');
    world.at('2021-05-01T05:30:00Z');
    await stranger.get('/c/another');
    const later = await world.deps.refusalCounts.since(new Date('2021-05-01T05:00:00Z'));
    expect(later.map((one) => [one.kind, one.count])).to.deep.equal([['check', 1]]);
  });

  it('is the security administrator’s alone', async () => {
    for (const role of ['systemAdministrator', 'auditor', 'bureauOfficer'] as const) {
      const visitor = site.visitor();
      await visitor.signIn((await anActor(world.deps, role)).userName);
      expect((await visitor.get('/refusals')).status, role).to.equal(403);
    }
  });
});
