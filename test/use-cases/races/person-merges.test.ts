import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { addPersons } from '../../../src/use-cases/assessments/add-candidates.ts';
import { openSkillLevelAssessment } from '../../../src/use-cases/assessments/open-assessment.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { anEvaluator } from '../../support/certificates.ts';
import { anActor } from '../../support/builders.ts';
import { merge, register, twins, type Twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import { aLesson, enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { codeOf, fiftyTimes, oneWins } from './race.ts';

describe('use-cases/races/person-merges', function () {
  this.timeout(240_000);
  let world: World;
  let officer: Actor;
  let at: Awaited<ReturnType<typeof aSession>>;
  before(async () => {
    world = await openWorld('2021-05-01');
    officer = await anActor(world.deps, 'bureauOfficer');
    at = await aSession(world.deps);
  });
  after(() => world.close());

  const cellsOf = ({ facts }: Twins, index: 0 | 1) => ({
    name: facts[index].name,
    documentType: index === 0 ? '居民身份证' : '护照',
    documentNumber: facts[index].documentNumber,
    birthDay: facts[index].birthDay!,
    gender: '男',
  });
  const session = async () =>
    (await aSession(world.deps, {}, { actor: at.staff, centreId: at.centreId })).session;

  /** Nothing names the merged record any more, or nothing was merged. */
  async function whole({ ids: [kept, merged] }: Twins, turn: number): Promise<boolean> {
    const { deps } = world;
    const record = await deps.people.record(merged);
    const left = await Promise.all(
      [deps.enrolments, deps.candidates].map((store) => store.count(district, { personId: merged })),
    );
    if (record.mergedInto === null) return false;
    expect(record.mergedInto, `turn ${turn}`).to.equal(kept);
    expect(left, `left behind in turn ${turn}`).to.deep.equal([0, 0]);
    expect(record.centreIds, `turn ${turn}`).to.deep.equal([]);
    return true;
  }

  it('of two merges of one pair, either way round, does one', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const pair = await twins(deps);
      await oneWins(
        () => merge(deps, officer, pair),
        () => merge(deps, officer, pair, { keptId: pair.ids[1] }),
        ['people.merge.decided', 'shared.changedMeanwhile'],
        turn,
      );
      expect(await deps.personMerges.count(district, { duplicateId: pair.duplicateId })).to.equal(1);
    });
  });

  it('lets no enrolment or registration of the merged document slip past', async () => {
    const { deps } = world;
    let merged = 0;
    await fiftyTimes(async (turn) => {
      const pair = await twins(deps);
      const { id } = await session();
      const merging = merge(deps, officer, pair);
      // A merge reads more before it writes: begun together it comes second nearly always. In the last turns it is over before.
      const start = turn < 45 ? sleep(turn) : merging;
      const [done, enrolled] = await Promise.allSettled([
        merging,
        start.then<unknown>(() =>
          turn % 2 === 0
            ? enrol(deps, at.staff, id, cellsOf(pair, 1), '日期不同')
            : register(deps, pair.facts[1], { centreId: at.centreId }),
        ),
      ]);
      expect(enrolled.status, `turn ${turn}`).to.equal('fulfilled');
      if (done.status === 'rejected') expect(codeOf(done.reason)).to.equal('shared.changedMeanwhile');
      const isMerged = await whole(pair, turn);
      expect(isMerged).to.equal(done.status === 'fulfilled');
      if (isMerged) merged += 1;
      const owner = isMerged ? pair.ids[0] : pair.ids[1];
      expect((await deps.people.record(owner)).centreIds, `turn ${turn}`).to.include(at.centreId);
    });
    expect(merged).to.be.greaterThan(0);
  });

  it('lets either a merge or the second enrolment in one session through', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const pair = await twins(deps);
      const { id } = await session();
      await enrol(deps, at.staff, id, cellsOf(pair, 0), '日期不同');
      await oneWins<unknown>(
        () => merge(deps, officer, pair),
        () => enrol(deps, at.staff, id, cellsOf(pair, 1), '日期不同'),
        [
          'people.merge.bothEnrolled',
          'shared.changedMeanwhile',
          'rosters.alreadyEnrolled',
          'shared.invalidInput',
        ],
        turn,
      );
      await whole(pair, turn);
    });
  });

  it('lets either a merge or a lesson at the hour of another through', async () => {
    const { deps } = world;
    const other = await aSession(deps);
    await fiftyTimes(async (turn) => {
      const pair = await twins(deps);
      const [here, there] = [
        (await session()).id,
        (await aSession(deps, {}, { actor: other.staff, centreId: other.centreId })).session.id,
      ];
      const lesson = aLesson(`2021-05-${String(6 + (turn % 25)).padStart(2, '0')}`, {
        teacher: `师${turn}`,
        venue: `室${turn}`,
      });
      await enrol(deps, at.staff, here, cellsOf(pair, 0), '日期不同');
      await enrol(deps, other.staff, there, cellsOf(pair, 1), '日期不同');
      await planLessons(deps, { actor: at.staff, sessionId: here, lessons: [lesson] });
      await oneWins<unknown>(
        () => merge(deps, officer, pair),
        () => planLessons(deps, { actor: other.staff, sessionId: there, lessons: [lesson] }),
        ['people.merge.lessonsOverlap', 'lessons.personsBusy'],
        turn,
      );
    });
  });

  it('leaves no candidate of a merged record behind, nor one of a person parted at that moment', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    await fiftyTimes(async (turn) => {
      const pair = await twins(deps);
      await register(deps, pair.facts[1], { evaluatorId: evaluator.organisation.id });
      const { id: assessmentId } = await openSkillLevelAssessment(deps, {
        actor: evaluator.staff,
        facts: {
          occupationCode: '6-31-01-03',
          trade: null,
          skillLevel: 'intermediate',
          method: 'level_recognition',
          heldOn: '2021-05-01',
          sessionNumber: null,
        },
      });
      const [done] = await Promise.all([
        merge(deps, officer, pair),
        addPersons(deps, { actor: evaluator.staff, assessmentId, personIds: [pair.ids[1]] }),
      ]);
      expect(await whole(pair, turn)).to.equal(true);
      await Promise.all([
        undoPersonMerge(deps, { actor: officer, mergeId: done.id, reason: '核实为两个人' }),
        register(deps, pair.facts[1], { centreId: at.centreId }),
      ]);
      const candidates = await deps.candidates.find(district, { assessmentId });
      for (const one of candidates) expect(one.personId, `turn ${turn}`).to.equal(pair.ids[1]);
      expect((await deps.people.get(district, pair.ids[1])).mergedInto).to.equal(null);
    });
  });
});
