// What one act changes in every figure of a year, and in what stands beside them: acts run through the use-cases.
import { expect } from 'chai';
import { addCohort } from '../../../src/use-cases/assessments/add-candidates.ts';
import { openCompletionAssessment } from '../../../src/use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../src/use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { replaceCertificate } from '../../../src/use-cases/certifications/replace-certificate.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { reopenLesson } from '../../../src/use-cases/training/change-lesson.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { approveSessionChange } from '../../../src/use-cases/training/decide-session-change.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';
import { cancelTrainingSession } from '../../../src/use-cases/training/run-training-session.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { aPlan, aRunningSession, everybody, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { watchFigures, type FigureWatch } from './watch-figures.ts';

describe('use-cases/headcounts/figure-changes', () => {
  let world: World;
  let numbersOf: FigureWatch['numbersOf'];
  let changesBy: FigureWatch['changesBy'];
  before(async () => {
    world = await openWorld('2021-03-01');
    ({ numbersOf, changesBy } = watchFigures(world));
  });
  after(() => world.close());

  it('watches every figure there are records for, with what stands beside it', async () => {
    expect(Object.keys(await numbersOf(2021))).to.deep.equal([
      'F13',
      'F13.persons',
      'F13.noShows',
      'F13.workTraining',
      'F14',
      'F14.certificates',
      'F15',
      'F15.firstFilers',
      'F16',
      'F16.earlierApprentices',
      'F17',
      'F18',
      'F19',
      'F20',
      'F20.highSkilledGross',
    ]);
  });

  async function taught(people: number, given: Parameters<typeof aRunningSession>[1] = {}) {
    const running = await aRunningSession(world, { people, ...given });
    await hold(running);
    return running;
  }
  const hold = (running: RunningSession, index = 0) =>
    markAttendance(world.deps, {
      actor: running.staff,
      lessonId: running.lessons[index]!.id,
      marks: everybody(running.enrolments),
    });

  describe('training', () => {
    it('counts a session when its first lesson is held: F13 and persons +n', async () => {
      const running = await aRunningSession(world, { people: 3 });
      expect(await changesBy(() => hold(running))).to.deep.equal({ F13: 3, 'F13.persons': 3 });
    });

    it('takes off who withdrew on a day before the start, and keeps who left later', async () => {
      const running = await taught(3);
      const leave = (index: number, on: string) =>
        withdrawEnrolment(world.deps, {
          actor: running.staff,
          enrolmentId: running.enrolments[index]!.id,
          on,
          reason: 'found_work',
          note: null,
        });
      expect(await changesBy(() => leave(0, '2021-05-05'))).to.deep.equal({ F13: -1, 'F13.persons': -1 });
      expect(await changesBy(() => leave(1, '2021-05-06'))).to.deep.equal({});
    });

    it('moves a session of n to the next year when it is postponed', async () => {
      const facts = { startsOn: '2021-12-20', endsOn: '2021-12-31' };
      const running = await taught(4, { facts, lessons: aPlan('2021-12-20', 10) });
      const postpone = async () => {
        await reopenLesson(world.deps, {
          actor: running.staff,
          lessonId: running.lessons[0]!.id,
          reason: '点错了班级',
        });
        const change = await requestSessionChange(world.deps, {
          actor: running.staff,
          sessionId: running.session.id,
          facts: { startsOn: '2022-01-10', endsOn: '2022-01-21' },
          moveLessons: true,
          reason: '疫情防控，延期',
        });
        await approveSessionChange(world.deps, { actor: running.officer, changeId: change.id });
      };
      expect(await changesBy(postpone)).to.deep.equal({ F13: -4, 'F13.persons': -4 });
      world.at('2022-01-10');
      expect(await changesBy(() => hold(running), 2022)).to.deep.equal({ F13: 4, 'F13.persons': 4 });
      expect(await changesBy(() => Promise.resolve())).to.deep.equal({});
    });

    it('takes a cancelled session off', async () => {
      const running = await taught(2);
      const cancel = () =>
        cancelTrainingSession(world.deps, {
          actor: running.staff,
          sessionId: running.session.id,
          reason: '场地临时停用',
        });
      expect(await changesBy(cancel)).to.deep.equal({ F13: -2, 'F13.persons': -2 });
    });

    it('issues completion certificates without moving F14 or F20', async () => {
      const running = await taught(2, { lessons: aPlan('2021-05-06', 15) });
      for (let index = 1; index < 15; index += 1) {
        world.at(running.lessons[index]!.day);
        await hold(running, index);
      }
      world.at('2021-06-11');
      const { staff, session } = running;
      await completeTrainingSession(world.deps, { actor: staff, sessionId: session.id });
      const issue = async () => {
        const assessment = await openCompletionAssessment(world.deps, {
          actor: staff,
          sessionId: session.id,
          heldOn: '2021-06-11',
        });
        await addCohort(world.deps, { actor: staff, assessmentId: assessment.id });
        const candidates = await world.deps.candidates.find(staff.scope, { assessmentId: assessment.id });
        await recordScores(world.deps, {
          actor: staff,
          assessmentId: assessment.id,
          on: '2021-06-11',
          rows: candidates.map((one) => ({ candidateId: one.id, theory: 80, practice: 80 })),
        });
        const batch = await proposeBatch(world.deps, { actor: staff, assessmentId: assessment.id });
        const approver = await anActor(world.deps, 'centreApprover', { organisationId: running.centreId });
        const issued = await issueBatch(world.deps, { actor: approver, batchId: batch.id });
        expect(issued.certificateIds).to.have.length(2);
      };
      expect(await changesBy(issue)).to.deep.equal({});
    });
  });

  describe('certificates', () => {
    const revoke = async (certificateId: string) =>
      revokeCertificate(world.deps, {
        actor: await anActor(world.deps, 'bureauOfficer'),
        certificateId,
        category: 'issued_in_error',
        reason: '核查发现成绩不符',
      });
    /** One person with certificates of the levels on the days, in that order. */
    async function certified(...given: readonly [day: string, skillLevel: string][]) {
      world.at(given[0]![0]);
      const evaluator = await anEvaluator(world.deps);
      const people = await peopleOf(world.deps, evaluator, ['周八']);
      const ids: string[] = [];
      for (const [day, skillLevel] of given) {
        world.at(day);
        const [certificate] = await certificatesFor(world.deps, evaluator, people, { skillLevel });
        ids.push(certificate!.id);
        // Clocks that jump back and forth unseen belong to tests alone: the year is read while this one stands here.
        await numbersOf(2021);
      }
      return { evaluator, ids };
    }

    it('revokes the only one: F14 −1, F20 −1', async () => {
      const { ids } = await certified(['2021-07-01', 'senior']);
      expect(await changesBy(() => revoke(ids[0]!))).to.deep.equal({
        F14: -1,
        'F14.certificates': -1,
        F20: -1,
        'F20.highSkilledGross': -1,
      });
    });

    it('revokes one of two of the year: F14 0, F20 0', async () => {
      const { ids } = await certified(['2021-07-01', 'senior'], ['2021-08-01', 'technician']);
      expect(await changesBy(() => revoke(ids[0]!))).to.deep.equal({ 'F14.certificates': -1 });
    });

    it('revokes an earlier one of rank 4 or above: F14 0, F20 +1', async () => {
      const { ids } = await certified(['2020-07-01', 'senior'], ['2021-08-01', 'technician']);
      expect(await changesBy(() => revoke(ids[0]!))).to.deep.equal({ F20: 1 });
    });

    it('counts a junior once and as no high-skilled talent', async () => {
      expect(await changesBy(() => certified(['2021-07-02', 'junior']))).to.deep.equal({
        F14: 1,
        'F14.certificates': 1,
      });
    });

    it('replaces one: nothing changes, in this year or the next', async () => {
      const { evaluator, ids } = await certified(['2021-07-03', 'senior']);
      const replace = () =>
        replaceCertificate(world.deps, {
          actor: evaluator.staff,
          certificateId: ids[0]!,
          reason: '原件遗失补发',
        });
      expect(await changesBy(replace)).to.deep.equal({});
      world.at('2022-02-01');
      expect(await changesBy(replace, 2022)).to.deep.equal({});
    });
  });
});
