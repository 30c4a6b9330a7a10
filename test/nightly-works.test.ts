import { expect } from 'chai';
import { slotOf, startNightlyWorks, type RecurringWork } from '../src/nightly-works.ts';
import { recurringWorks } from '../src/recurring-works.ts';
import { district } from '../src/domain/accounts/scope.ts';
import { anActor } from './support/builders.ts';
import { openWorld, type World } from './support/world.ts';

describe('nightly-works', function () {
  this.timeout(60_000);
  let world: World;
  before(async () => {
    world = await openWorld('2021-03-01', { unusedDays: 90 });
  });
  after(() => world.close());

  it('counts a night from two in the morning, and hours by the clock in Shanghai', () => {
    expect(slotOf('night', new Date('2021-03-01T01:59:00+08:00'))).to.equal('2021-02-28');
    expect(slotOf('night', new Date('2021-03-01T02:00:00+08:00'))).to.equal('2021-03-01');
    expect(slotOf('hour', new Date('2021-03-01T00:30:00+08:00'))).to.equal('2021-03-01T00');
  });

  it('does a work once a night, whichever of two processes comes first', async () => {
    world.at('2021-03-02');
    let done = 0;
    const works: RecurringWork[] = [
      {
        name: 'counted',
        every: 'night',
        work: () => {
          done += 1;
          return Promise.resolve();
        },
      },
    ];
    const [one, other] = [startNightlyWorks(world.deps, works), startNightlyWorks(world.deps, works)];
    await Promise.all([one.wake(), other.wake()]);
    await one.wake();
    expect(done).to.equal(1);
    world.at('2021-03-03');
    await Promise.all([one.wake(), other.wake()]);
    expect(done).to.equal(2);
    await Promise.all([one.stop(), other.stop()]);
    world.at('2021-03-04');
    await one.wake();
    expect(done, 'after the stop').to.equal(2);
  });

  it('tries again ten minutes after a failure, and goes on with the other works at once', async () => {
    const tried: string[] = [];
    const works: RecurringWork[] = [
      {
        name: 'failing',
        every: 'night',
        work: () => {
          tried.push('failing');
          return tried.length < 2 ? Promise.reject(new Error('not now')) : Promise.resolve();
        },
      },
      {
        name: 'sound',
        every: 'night',
        work: () => {
          tried.push('sound');
          return Promise.resolve();
        },
      },
    ];
    const nightly = startNightlyWorks(world.deps, works);
    world.at('2021-03-05T03:00:00+08:00');
    await nightly.wake();
    expect(tried).to.deep.equal(['failing', 'sound']);
    world.at('2021-03-05T03:09:00+08:00');
    await nightly.wake();
    expect(tried).to.deep.equal(['failing', 'sound']);
    world.at('2021-03-05T03:10:00+08:00');
    await nightly.wake();
    expect(tried).to.deep.equal(['failing', 'sound', 'failing']);
    world.at('2021-03-05T04:00:00+08:00');
    await nightly.wake();
    expect(tried, 'done for the night').to.have.length(3);
    await nightly.stop();
  });

  it('takes over the turn of a process that is gone', async () => {
    world.at('2021-03-06T03:00:00+08:00');
    const turn = () => world.deps.workTurns.take('left', '2021-03-06', world.now());
    expect(await turn()).to.equal(true);
    expect(await turn()).to.equal(false);
    world.at('2021-03-06T03:00:59+08:00');
    await world.deps.workTurns.renew('left', '2021-03-06', world.now());
    world.at('2021-03-06T03:01:30+08:00');
    expect(await turn(), 'it still works').to.equal(false);
    world.at('2021-03-06T03:02:00+08:00');
    expect(await turn()).to.equal(true);
  });

  it('leaves a work interrupted by a stop to the next start', async () => {
    world.at('2021-03-07');
    let begun = 0;
    let release: () => void = () => undefined;
    const works: RecurringWork[] = [
      {
        name: 'long',
        every: 'night',
        work: () => {
          begun += 1;
          return begun === 1 ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
        },
      },
    ];
    const first = startNightlyWorks(world.deps, works);
    const working = first.wake();
    while (begun === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const stopped = first.stop();
    release();
    await Promise.all([working, stopped]);
    const second = startNightlyWorks(world.deps, works);
    await second.wake();
    expect(begun).to.equal(2);
    await second.stop();
  });

  it('applies retention, deletes files whose end has come, and closes unused accounts', async () => {
    world.at('2021-03-10');
    const { deps } = world;
    const unused = await anActor(deps, 'bureauReader');
    const at = world.now();
    const kept = await deps.transaction(() =>
      deps.keptFiles.keep({
        name: 'a.csv',
        type: 'text/csv',
        bytes: Buffer.alloc(9 * 1024 * 1024, 1),
        at,
        endsAt: new Date(at.getTime() + 86_400_000),
      }),
    );
    await deps.transaction(() => deps.peopleSearches.keep(unused.accountId, '王', at));
    const nightly = startNightlyWorks(deps, recurringWorks);
    await nightly.wake();
    expect((await deps.keptFiles.read(kept.id, world.now())).size).to.equal(9 * 1024 * 1024);
    const parts = () => deps.people.model.db.collection('keptFileParts').countDocuments({});
    expect(await parts()).to.equal(2);
    world.at('2021-07-01');
    await nightly.wake();
    expect(await parts(), 'with all its parts').to.equal(0);
    expect(await deps.keptFiles.model.countDocuments({})).to.equal(0);
    expect(await deps.peopleSearches.model.countDocuments({})).to.equal(0);
    expect((await deps.accounts.get(district, unused.accountId)).closedAt).to.not.equal(null);
    await nightly.stop();
  });
});
