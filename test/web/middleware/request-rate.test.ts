import { expect } from 'chai';
import { TooOften } from '../../../src/domain/shared/errors.ts';
import { createRequestRate } from '../../../src/web/middleware/request-rate.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/middleware/request-rate', function () {
  this.timeout(60_000);

  it('counts each visitor apart, forms apart from pages, and forgets when the minute is over', () => {
    let now = new Date('2021-05-01T04:00:30Z');
    const rate = createRequestRate({ requestsPerMinute: 5, formsPerMinute: 2 }, () => now);
    rate.count('a', true);
    rate.count('a', true);
    expect(() => rate.count('a', true))
      .to.throw(TooOften)
      .with.property('details')
      .that.deep.equals({ until: '12:01' });
    rate.count('a', false);
    rate.count('a', false);
    expect(() => rate.count('a', false)).to.throw(TooOften);
    rate.count('b', true);
    now = new Date('2021-05-01T04:01:00Z');
    rate.count('a', true);
  });

  it('lets an address have ten times as many, whoever is behind it', () => {
    const rate = createRequestRate({ requestsPerMinute: 5, formsPerMinute: 2 }, () => new Date(0));
    for (let request = 0; request < 50; request += 1) rate.countAddress('192.0.2.1');
    expect(() => rate.countAddress('192.0.2.1')).to.throw(TooOften);
    rate.countAddress('192.0.2.2');
  });

  describe('over HTTP', () => {
    let world: World;
    let site: Awaited<ReturnType<typeof openSite>>;
    before(async () => {
      world = await openWorld('2021-05-01', { requestsPerMinute: 60, formsPerMinute: 10, trustProxy: 1 });
      site = await openSite(world.deps);
    });
    after(async () => {
      await site?.close();
      await world?.close();
    });

    it('answers 429 with the time, to that sign-in alone, and goes on after it', async () => {
      const first = site.visitor('192.0.2.1', 'https');
      const second = site.visitor('192.0.2.1', 'https');
      await first.signIn((await anActor(world.deps, 'bureauReader')).userName);
      await second.signIn((await anActor(world.deps, 'bureauReader')).userName);
      let answer = await first.get('/home');
      for (let asked = 1; asked < 70 && answer.status === 200; asked += 1) answer = await first.get('/home');
      expect(answer.status).to.equal(429);
      expect(answer.text).to.include('12:01');
      expect((await first.get('/assets/base.css')).status).to.equal(200);
      expect((await second.get('/home')).status).to.equal(200);
      world.at('2021-05-01T04:01:00Z');
      expect((await first.get('/home')).status).to.equal(200);
    });

    it('limits forms sooner than pages, and by address whoever has no sign-in', async () => {
      const stranger = site.visitor('192.0.2.7', 'https');
      const statuses: number[] = [];
      for (let sent = 0; sent < 12; sent += 1)
        statuses.push((await stranger.post('/display-settings', {}, { token: 'x' })).status);
      expect(statuses.slice(0, 10)).to.not.include(429);
      expect(statuses.slice(10)).to.deep.equal([429, 429]);
      expect(
        (await site.visitor('192.0.2.7', 'https').post('/display-settings', {}, { token: 'x' })).status,
      ).to.equal(429);
      expect(
        (await site.visitor('192.0.2.8', 'https').post('/display-settings', {}, { token: 'x' })).status,
      ).to.not.equal(429);
    });
  });
});
