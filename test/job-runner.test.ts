import { expect } from 'chai';
import { startJobRunner } from '../src/job-runner.ts';
import { openWorld, type World } from './support/world.ts';

describe('job-runner', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it('leaves a job as far as it came when the process stops', async () => {
    const { deps } = world;
    const id = await deps.jobs.queue(
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
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const runner = startJobRunner(deps, {
      counting: async (_, __, advance) => {
        begun();
        await mayGoOn;
        expect(await advance(3)).to.equal(false);
      },
    });
    runner.wake();
    await isBegun;
    const stopped = runner.stop();
    goOn();
    await stopped;
    expect(await deps.jobs.get('a1', id)).to.include({ state: 'running', done: 3, total: 12 });
  });
});
