import { expect } from 'chai';
import { approveSessionChange } from '../../../src/use-cases/training/decide-session-change.ts';
import {
  approveTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../../src/use-cases/training/move-training-session.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';
import { anActor } from '../../support/builders.ts';
import { aSession } from '../../support/rosters.ts';
import { enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fiftyTimes, oneWins } from './race.ts';

type Person = Awaited<ReturnType<typeof anActor>>;

describe('use-cases/races/sessions', function () {
  this.timeout(120_000);
  let world: World;
  let officers: [Person, Person];
  let by: { actor: Person; centreId: string };
  before(async () => {
    world = await openWorld('2021-04-20');
    const { deps } = world;
    officers = [await anActor(deps, 'bureauOfficer'), await anActor(deps, 'bureauOfficer')];
    const { staff, centreId } = await aSession(deps);
    by = { actor: staff, centreId };
  });
  after(() => world.close());

  const submitted = async (facts = {}) => {
    const { session } = await aSession(world.deps, facts, by);
    return submitTrainingSession(world.deps, { actor: by.actor, sessionId: session.id });
  };

  it('decides a session once: approved by one officer, or returned by the other', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const { id: sessionId } = await submitted();
      const approve = (actor: Person) => () => approveTrainingSession(deps, { actor, sessionId });
      const other =
        turn % 2 === 0
          ? approve(officers[1])
          : () => returnTrainingSession(deps, { actor: officers[1], sessionId, reason: '补充场地证明' });
      await oneWins(approve(officers[0]), other, ['training.cannotMove'], turn);
      const { statusChanges } = await deps.trainingSessions.get(by.actor.scope, sessionId);
      expect(statusChanges).to.have.length(3);
    });
  });

  it('decides a change once', async () => {
    const { deps } = world;
    const { id: sessionId } = await submitted();
    await approveTrainingSession(deps, { actor: officers[0], sessionId });
    await fiftyTimes(async (turn) => {
      const ask = (capacity: number) => () =>
        requestSessionChange(deps, {
          actor: by.actor,
          sessionId,
          facts: { capacity },
          reason: '报名人数踊跃',
        });
      const asked = await oneWins(ask(50 + turn * 2), ask(51 + turn * 2), ['training.changeWaiting'], turn);
      const approve = (actor: Person) => () =>
        approveSessionChange(deps, { actor, changeId: asked.value.id });
      await oneWins(approve(officers[0]), approve(officers[1]), ['training.changeDecided'], turn);
    });
  });

  it('never lowers the capacity below who comes in meanwhile', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const { id: sessionId } = await submitted({ capacity: 2 });
      await approveTrainingSession(deps, { actor: officers[0], sessionId });
      await enrol(deps, by.actor, sessionId);
      const change = await requestSessionChange(deps, {
        actor: by.actor,
        sessionId,
        facts: { capacity: 1 },
        reason: '换到小教室',
      });
      await oneWins<unknown>(
        () => approveSessionChange(deps, { actor: officers[0], changeId: change.id }),
        () => enrol(deps, by.actor, sessionId),
        ['training.capacityBelowRoster', 'rosters.overCapacity'],
        turn,
      );
      const session = await deps.trainingSessions.get(by.actor.scope, sessionId);
      expect(session.enrolled).to.be.at.most(session.capacity);
    });
  });
});
