import { expect } from 'chai';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { anIdNumber, aSession, rows } from '../../support/rosters.ts';
import { aLesson, enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fiftyTimes, oneWins } from './race.ts';

const alone = { capacity: 1 };

describe('use-cases/races/rosters', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await openWorld('2021-05-01');
  });
  after(() => world.close());

  it('gives the last place to one of two trainees enrolled at once', async () => {
    const { deps } = world;
    const { staff, centreId } = await aSession(deps);
    await fiftyTimes(async (turn) => {
      const { session } = await aSession(deps, alone, { actor: staff, centreId });
      const attempt = () => enrol(deps, staff, session.id);
      await oneWins(attempt, attempt, ['rosters.overCapacity'], turn);
      expect(await deps.enrolments.count(staff.scope, { sessionId: session.id })).to.equal(1);
      expect((await deps.trainingSessions.get(staff.scope, session.id)).enrolled).to.equal(1);
    });
  });

  it('commits one import once, however often it is sent', async () => {
    const { deps } = world;
    const { staff, centreId } = await aSession(deps);
    await fiftyTimes(async (turn) => {
      const { session } = await aSession(deps, {}, { actor: staff, centreId });
      const checked = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(1) });
      const attempt = () => commitRoster(deps, { actor: staff, importId: checked.rosterImport.id });
      await oneWins(attempt, attempt, ['rosters.alreadyCommitted'], turn);
      expect(await deps.enrolments.count(staff.scope, { sessionId: session.id })).to.equal(1);
    });
  });

  it('lets a person into one of two sessions whose lessons meet', async () => {
    const { deps } = world;
    const a = await aSession(deps, { capacity: 60 });
    const b = await aSession(deps, { capacity: 60 });
    for (const { staff, session } of [a, b])
      await planLessons(deps, { actor: staff, sessionId: session.id, lessons: [aLesson('2021-05-06')] });
    await fiftyTimes(async (turn) => {
      const cells = { name: '王小明', documentNumber: anIdNumber() };
      const attempt = (at: typeof a) => () => enrol(deps, at.staff, at.session.id, cells, '不同日期授课');
      await oneWins(attempt(a), attempt(b), ['rosters.lessonClash'], turn);
    });
    const [inA, inB] = await Promise.all(
      [a, b].map(({ staff, session }) => deps.enrolments.count(staff.scope, { sessionId: session.id })),
    );
    expect(inA! + inB!).to.equal(50);
  });

  it('lets either a person into the roster or a lesson of the same hour into the plan', async () => {
    const { deps } = world;
    const documentNumber = anIdNumber();
    const cells = { name: '李小红', documentNumber };
    const here = await aSession(deps);
    await enrol(deps, here.staff, here.session.id, cells);
    const there = await aSession(deps);
    await fiftyTimes(async (turn) => {
      const day = `2021-05-${String(6 + (turn % 25)).padStart(2, '0')}`;
      const [startsAt, endsAt] = turn < 25 ? ['08:00', '09:30'] : ['10:00', '11:30'];
      const lesson = aLesson(day, { startsAt, endsAt });
      const { session } = await aSession(deps, {}, { actor: there.staff, centreId: there.centreId });
      await planLessons(deps, {
        actor: there.staff,
        sessionId: session.id,
        lessons: [{ ...lesson, teacher: `师${turn}`, venue: `室${turn}` }],
      });
      await oneWins<unknown>(
        () => planLessons(deps, { actor: here.staff, sessionId: here.session.id, lessons: [lesson] }),
        () => enrol(deps, there.staff, session.id, cells, '不同日期授课'),
        ['lessons.personsBusy', 'rosters.lessonClash'],
        turn,
      );
    });
  });
});
