// What one act changes in every figure of a year, and in what stands beside them: acts run through the use-cases.
import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { countFigures } from '../../../src/domain/headcounts/index.ts';
import { addCohort } from '../../../src/use-cases/assessments/add-candidates.ts';
import { openCompletionAssessment } from '../../../src/use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../src/use-cases/assessments/record-scores.ts';
import { changeProgramme, draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import {
  changeApprentice,
  transferApprentice,
} from '../../../src/use-cases/apprenticeships/move-apprentice.ts';
import {
  fileProgramme,
  submitProgramme,
  withdrawProgramme,
} from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { replaceCertificate } from '../../../src/use-cases/certifications/replace-certificate.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import {
  recogniseStudio,
  renewStudio,
  upgradeStudio,
} from '../../../src/use-cases/studios/recognise-studio.ts';
import { reopenLesson } from '../../../src/use-cases/training/change-lesson.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { approveSessionChange } from '../../../src/use-cases/training/decide-session-change.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';
import { cancelTrainingSession } from '../../../src/use-cases/training/run-training-session.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { aPlan, aRunningSession, everybody, refusalOf, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

type Numbers = Record<string, number>;

describe('use-cases/headcounts/figure-changes', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-03-01');
  });
  after(() => world.close());

  /** Every figure and companion of a year, as F14 or F14.certificates. */
  async function numbersOf(year: number): Promise<Numbers> {
    const columns = await world.deps.headcounts.year(year);
    const numbers: Numbers = {};
    for (const figure of countFigures(columns, { cutOff: new Date('2030-01-01'), scope: district })) {
      if (!figure.recorded) continue;
      numbers[figure.code] = figure.value!;
      for (const { key, value } of figure.companions) numbers[`${figure.code}.${key}`] = value!;
    }
    return numbers;
  }

  /** The numbers of 2021 (or another year) that differ after the act, each by how much. */
  async function changesBy(act: () => Promise<unknown>, year = 2021): Promise<Numbers> {
    const before = await numbersOf(year);
    await act();
    const after = await numbersOf(year);
    return Object.fromEntries(
      Object.keys(before).flatMap((key) =>
        after[key] === before[key] ? [] : [[key, after[key]! - before[key]!]],
      ),
    );
  }

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
          reason: '点错了班',
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
          reason: '场地停用',
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
        replaceCertificate(world.deps, { actor: evaluator.staff, certificateId: ids[0]!, reason: '遗失' });
      expect(await changesBy(replace)).to.deep.equal({});
      world.at('2022-02-01');
      expect(await changesBy(replace, 2022)).to.deep.equal({});
    });
  });

  describe('apprentices', () => {
    async function programme(people: number) {
      world.at('2021-04-01');
      const enterprise = await anOrganisation(world.deps, { capacities: ['enterprise'] });
      const staff = await anActor(world.deps, 'enterpriseStaff', { organisationId: enterprise.id });
      const made = await draftProgramme(world.deps, {
        actor: staff,
        enterpriseId: enterprise.id,
        facts: {
          schoolId: null,
          schoolName: '苏州相城技工学校',
          occupationCode: '6-31-01-03',
          targetLevel: 'intermediate',
          startsOn: '2021-06-01',
          termMonths: 12,
          plannedCount: 10,
          classHoursPerYear: 400,
          areaCode: '320507001',
        },
      });
      const apprentices = await enrolApprentices(world.deps, {
        actor: staff,
        programmeId: made.id,
        enrolledOn: '2021-04-01',
        rows: Array.from({ length: people }, (_, index) => ({
          facts: {
            name: `学徒${'一二三四五'[index]}`,
            nameKey: `学徒${'一二三四五'[index]}`,
            documentType: 'resident_identity_card',
            documentNumber: anIdNumber('1995-05-06'),
            birthDay: '1995-05-06',
            gender: 'male' as const,
            mobile: null,
            education: null,
            householdRegistration: null,
            keyGroups: [],
          },
          contractNumber: `HT${made.id.slice(-6)}${index}`,
          contractFrom: '2021-03-01',
          contractTo: '2023-03-01',
          enterpriseMentor: '钱师傅',
          schoolMentor: '郑老师',
        })),
      });
      return { made, staff, apprentices };
    }
    const file = async ({ made, staff }: Awaited<ReturnType<typeof programme>>) => {
      await submitProgramme(world.deps, { actor: staff, programmeId: made.id });
      const officer = await anActor(world.deps, 'bureauOfficer');
      await fileProgramme(world.deps, { actor: officer, programmeId: made.id });
    };

    it('counts enterprise and apprentices when the programme is filed', async () => {
      const one = await programme(2);
      expect(await changesBy(() => file(one))).to.deep.equal({ F15: 1, 'F15.firstFilers': 1, F16: 2 });
    });

    it('takes a withdrawn programme off, frees its apprentices, and plans no fewer than there are', async () => {
      const one = await programme(2);
      const smaller = refusalOf(
        changeProgramme(world.deps, {
          actor: one.staff,
          programmeId: one.made.id,
          version: one.made.version,
          facts: { ...one.made, plannedCount: 1 },
        }),
      );
      expect((await smaller).code).to.equal('apprenticeships.overPlanned');
      await file(one);
      const withdraw = () =>
        withdrawProgramme(world.deps, { actor: one.staff, programmeId: one.made.id, reason: '企业停产' });
      expect(await changesBy(withdraw)).to.include({ F15: -1 });
      const left = await world.deps.apprentices.count(district, {
        programmeId: one.made.id,
        status: { $in: ['registered', 'active', 'suspended'] },
      });
      expect(left).to.equal(0);
    });

    it('transfers one, lets one leave: nothing changes', async () => {
      const one = await programme(2);
      const other = await programme(1);
      await file(one);
      await file(other);
      world.at('2021-07-01');
      const officer = await anActor(world.deps, 'bureauOfficer');
      const transfer = () =>
        transferApprentice(world.deps, {
          actor: officer,
          apprenticeId: one.apprentices[0]!.id,
          toProgrammeId: other.made.id,
          on: '2021-07-01',
          reason: '随岗调动',
        });
      expect(await changesBy(transfer)).to.deep.equal({});
      const leave = () =>
        changeApprentice(world.deps, {
          actor: one.staff,
          apprenticeId: one.apprentices[1]!.id,
          to: 'left',
          on: '2021-07-01',
          reason: '离职',
        });
      expect(await changesBy(leave)).to.deep.equal({});
    });
  });

  describe('studios', () => {
    it('recognises one, then upgrades and renews it: only recognitions of that kind and tier count', async () => {
      world.at('2021-06-01');
      const actor = await anActor(world.deps, 'bureauOfficer');
      const host = await anOrganisation(world.deps, { capacities: ['enterprise'] });
      let studioId = '';
      const recognise = async () => {
        const studio = await recogniseStudio(world.deps, {
          actor,
          facts: {
            name: '顾建明技能大师工作室',
            kind: 'skill_master',
            hostId: host.id,
            hostName: host.name,
            occupationCode: '6-31-01-03',
            craft: null,
            areaCode: '320507001',
            members: [
              { name: '顾建明', role: 'lead', skillLevel: 'senior_technician', from: '2021-06-01', to: null },
            ],
            termEnd: '2024-05-31',
          },
          recognition: { tier: 'district', recognisedOn: '2021-06-01', document: '相人社〔2021〕10号' },
        });
        studioId = studio.id;
      };
      expect(await changesBy(recognise)).to.deep.equal({ F18: 1 });
      const renew = () =>
        renewStudio(world.deps, { actor, studioId, termEnd: '2026-05-31', reason: '考核合格' });
      expect(await changesBy(renew)).to.deep.equal({});
      const upgrade = () =>
        upgradeStudio(world.deps, {
          actor,
          studioId,
          recognition: { tier: 'municipal', recognisedOn: '2021-06-01', document: '苏人保〔2021〕6号' },
          termEnd: '2026-05-31',
        });
      expect(await changesBy(upgrade)).to.deep.equal({});
    });
  });
});
