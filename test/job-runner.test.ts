import { expect } from 'chai';
import type { Deps } from '../src/deps.ts';
import { startJobRunner, type JobWork } from '../src/job-runner.ts';
import { openWorld, type World } from './support/world.ts';

describe('job-runner', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const queue = (deps: Deps): Promise<string> =>
    deps.jobs.queue(
      {
        kind: 'counting',
        accountId: 'a1',
        titleKey: 'certificates.makingFiles',
        titleDetails: {},
        payload: {},
        total: 12,
        resultPath: '/',
      },
      new Date(),
    );
  /** A process whose job stands still once it is begun, until it may go on. */
  const standing = (goesOn: JobWork) => {
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const runner = startJobRunner(world.deps, {
      counting: async (...given) => {
        begun();
        await mayGoOn;
        await goesOn(...given);
      },
    });
    runner.wake();
    return { runner, isBegun, goOn: () => goOn() };
  };
  const inHalfAMinute = () => new Date(Date.now() + 31_000);

  it('leaves a job as far as it came when the process stops, to whoever looks next', async () => {
    const { deps } = world;
    const id = await queue(deps);
    const { runner, isBegun, goOn } = standing(async (_, __, advance) => {
      expect(await advance(3)).to.equal(false);
    });
    await isBegun;
    const stopped = runner.stop();
    goOn();
    await stopped;
    expect(await deps.jobs.get('a1', id)).to.include({ state: 'running', done: 3, total: 12 });
    const next = await deps.jobs.takeNext(new Date());
    expect(next?.id).to.equal(id);
    await deps.jobs.finish(next!, 'done', new Date());
  });

  it('works no longer on a job that another took when its lease was over, and leaves its end to them', async () => {
    const { deps } = world;
    const id = await queue(deps);
    const { runner, isBegun, goOn } = standing(async (_, __, advance) => {
      expect(await advance(1)).to.equal(false);
      throw new Error('what fails now is nobody’s job');
    });
    await isBegun;
    const taken = await deps.jobs.takeNext(inHalfAMinute());
    expect(taken?.id).to.equal(id);
    goOn();
    await runner.stop();
    expect(await deps.jobs.get('a1', id)).to.include({ state: 'running', done: 0 });
    expect(await deps.jobs.advance(taken!, 12, new Date())).to.equal(true);
    await deps.jobs.finish(taken!, 'done', new Date());
    expect(await deps.jobs.get('a1', id)).to.include({ state: 'done', done: 12 });
  });
});
