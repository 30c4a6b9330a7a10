import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
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
});
