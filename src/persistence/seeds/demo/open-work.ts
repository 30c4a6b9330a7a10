// Work left open around the day the demo is made, so that every persona finds something to do.
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { addCohort, addPersons } from '../../../use-cases/assessments/add-candidates.ts';
import {
  openCompletionAssessment,
  openSkillLevelAssessment,
} from '../../../use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../use-cases/assessments/record-scores.ts';
import { proposeBatch } from '../../../use-cases/certifications/propose-batch.ts';
import { submitRecordedCertificates } from '../../../use-cases/certifications/submit-recorded-certificates.ts';
import { draftProgramme } from '../../../use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../use-cases/apprenticeships/enrol-apprentices.ts';
import { submitProgramme } from '../../../use-cases/apprenticeships/move-programme.ts';
import { registerPeople } from '../../../use-cases/people/register-people.ts';
import { completeTrainingSession } from '../../../use-cases/training/complete-training-session.ts';
import { createTrainingSession } from '../../../use-cases/training/create-training-session.ts';
import { markAttendances } from '../../../use-cases/training/mark-attendance.ts';
import {
  approveTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../../use-cases/training/move-training-session.ts';
import { planLessons } from '../../../use-cases/training/plan-lessons.ts';
import { startTrainingSession } from '../../../use-cases/training/run-training-session.ts';
import type { Bodies } from './bodies.ts';
import { personFacts } from './certify.ts';
import { at } from './clock.ts';
import type { Identity } from './identities.ts';
import { weekday, type PlannedSession } from './plan.ts';
import { score } from './assess-session.ts';
import { check, enrol, lessonDays } from './attend-session.ts';
import { sessionFacts } from './file-session.ts';
import type { Stage } from './stage.ts';

/** Drafts, submissions, a running session, batches to approve: a little of each, dated around today. */
export async function makeOpenWork(stage: Stage, bodies: Bodies, today: string): Promise<void> {
  await leaveSessions(stage, bodies, today);
  await leaveBatches(stage, bodies, today);
  await leaveFilings(stage, bodies, today);
}

async function leaveSessions(stage: Stage, bodies: Bodies, today: string): Promise<void> {
  const { officers } = stage;
  const centre = bodies.centres[0]!;
  const { staff } = centre;
  const made = async (startsOn: string, skillLevel: string) => {
    const plan = aPlan(startsOn, skillLevel);
    const facts = { ...sessionFacts(stage.deps, plan, centre, null, stage.random), capacity: 45 };
    const session = await createTrainingSession(at(stage.deps, addDays(today, -20)), {
      actor: staff,
      centreId: centre.organisation.id,
      facts,
    });
    return { plan, facts, id: session.id };
  };
  const submit = (sessionId: string) =>
    submitTrainingSession(at(stage.deps, addDays(today, -19)), { actor: staff, sessionId });
  const approve = (sessionId: string) =>
    approveTrainingSession(at(stage.deps, addDays(today, -15)), { actor: officers[0], sessionId });
  await made(weekday(addDays(today, 40)), 'intermediate');
  for (const offset of [25, 32])
    await submit((await made(weekday(addDays(today, offset)), 'intermediate')).id);
  const back = await made(weekday(addDays(today, 28)), 'senior');
  await submit(back.id);
  await returnTrainingSession(at(stage.deps, addDays(today, -14)), {
    actor: officers[0],
    sessionId: back.id,
    reason: '授课计划缺少实操场地说明',
  });
  const waiting = await made(weekday(addDays(today, 7)), 'intermediate');
  await submit(waiting.id);
  await approve(waiting.id);

  const running = await made(weekday(addDays(today, -4)), 'intermediate');
  await submit(running.id);
  await approve(running.id);
  await planLessons(at(stage.deps, addDays(today, -10)), {
    actor: staff,
    sessionId: running.id,
    lessons: lessonDays(running.facts, running.plan),
    reason: '集中授课',
  });
  const people = await enrolNow(stage, staff, running.id, stage.cast.invent(40), addDays(today, -8));
  await startTrainingSession(at(stage.deps, running.facts.startsOn, 8), {
    actor: staff,
    sessionId: running.id,
  });
  const lessons = await stage.deps.lessons.ofSession(staff.scope, running.id);
  const first = lessons.filter((one) => one.day === running.facts.startsOn);
  const marks = first.map((lesson) => ({
    lessonId: lesson.id,
    marks: people.map((one) => ({ enrolmentId: one.enrolment.id, status: 'present' as const })),
  }));
  await markAttendances(at(stage.deps, running.facts.startsOn, 17), { actor: staff, lessons: marks });
}

async function leaveBatches(stage: Stage, bodies: Bodies, today: string): Promise<void> {
  const { deps, random } = stage;
  const centre = bodies.centres[0]!;
  const startsOn = weekday(addDays(today, -30));
  const plan = aPlan(startsOn, 'junior');
  const facts = sessionFacts(deps, plan, centre, null, random);
  const { staff } = centre;
  const { id: sessionId } = await createTrainingSession(at(deps, addDays(startsOn, -20)), {
    actor: staff,
    centreId: centre.organisation.id,
    facts,
  });
  await submitTrainingSession(at(deps, addDays(startsOn, -19)), { actor: staff, sessionId });
  await approveTrainingSession(at(deps, addDays(startsOn, -15)), { actor: stage.officers[1], sessionId });
  await planLessons(at(deps, addDays(startsOn, -10)), {
    actor: staff,
    sessionId,
    lessons: lessonDays(facts, plan),
    reason: '集中授课',
  });
  const people = await enrolNow(stage, staff, sessionId, stage.cast.invent(32), addDays(startsOn, -4));
  await startTrainingSession(at(deps, startsOn, 8), { actor: staff, sessionId });
  const lessons = await deps.lessons.ofSession(staff.scope, sessionId);
  const marks = lessons.map((lesson) => ({
    lessonId: lesson.id,
    marks: people.map((one, index) => ({
      enrolmentId: one.enrolment.id,
      status: index < 2 ? ('absent' as const) : ('present' as const),
    })),
  }));
  await markAttendances(at(deps, facts.endsOn, 17), {
    actor: staff,
    lessons: marks,
    reason: '据纸质点名册补录',
  });
  await completeTrainingSession(at(deps, addDays(facts.endsOn, 1), 16), { actor: staff, sessionId });
  const examined = at(deps, addDays(facts.endsOn, 2), 9);
  const own = await openCompletionAssessment(examined, {
    actor: staff,
    sessionId,
    heldOn: addDays(facts.endsOn, 2),
  });
  await addCohort(examined, { actor: staff, assessmentId: own.id });
  await scoreAll(stage, staff, own.id, addDays(facts.endsOn, 2));
  await proposeBatch(at(deps, addDays(today, -1)), { actor: staff, assessmentId: own.id });

  const evaluator = bodies.evaluators[0]!;
  const heldOn = addDays(today, -6);
  const day = at(deps, heldOn, 8);
  const assessment = await openSkillLevelAssessment(day, {
    actor: evaluator.staff,
    facts: {
      occupationCode: '6-31-01-03',
      trade: null,
      skillLevel: 'senior',
      method: 'level_recognition',
      heldOn,
      sessionNumber: null,
    },
  });
  const listed = stage.cast.invent(24);
  await day.transaction(async () => {
    const registered = await registerPeople(day, {
      stated: listed.map(personFacts),
      owner: { evaluatorId: evaluator.organisation.id },
      day: heldOn,
      now: day.now(),
    });
    await addPersons(day, {
      actor: evaluator.staff,
      assessmentId: assessment.id,
      personIds: registered.map((one) => one.personId!),
    });
  });
  await scoreAll(stage, evaluator.staff, assessment.id, heldOn);
  await proposeBatch(at(deps, addDays(today, -1)), { actor: evaluator.staff, assessmentId: assessment.id });
}

async function scoreAll(
  stage: Stage,
  actor: Parameters<typeof proposeBatch>[1]['actor'],
  assessmentId: string,
  on: string,
): Promise<void> {
  const candidates = await stage.deps.candidates.find(actor.scope, { assessmentId });
  const rows = candidates.map((one) => ({
    candidateId: one.id,
    theory: score(stage.random),
    practice: score(stage.random),
  }));
  await recordScores(at(stage.deps, on, 16), { actor, assessmentId, on, rows });
}

async function leaveFilings(stage: Stage, bodies: Bodies, today: string): Promise<void> {
  const { deps, officers } = stage;
  const enterprise = bodies.enterprises[0]!;
  const now = at(deps, addDays(today, -3));
  const startsOn = weekday(addDays(today, 30));
  const facts = {
    schoolId: null,
    schoolName: '苏州相城技工学校',
    occupationCode: '6-18-01-07',
    targetLevel: 'senior',
    startsOn,
    termMonths: 24,
    plannedCount: 30,
    classHoursPerYear: 400,
    areaCode: enterprise.organisation.areaCode,
  };
  for (const isSubmitted of [false, true]) {
    const programme = await draftProgramme(now, {
      actor: enterprise.staff,
      enterpriseId: enterprise.organisation.id,
      facts,
    });
    if (!isSubmitted) continue;
    const rows = stage.cast.invent(12).map((one) => ({
      facts: personFacts(one),
      contractNumber: null,
      contractFrom: null,
      contractTo: null,
      enterpriseMentor: '钱师傅',
      schoolMentor: '郑老师',
    }));
    await enrolApprentices(now, {
      actor: enterprise.staff,
      programmeId: programme.id,
      enrolledOn: addDays(today, -3),
      rows,
    });
    await submitProgramme(now, { actor: enterprise.staff, programmeId: programme.id });
  }
  const people = stage.cast.invent(6);
  const rows = people.map((one, index) => ({
    number: index + 1,
    cells: {
      name: one.name,
      documentNumber: one.documentNumber,
      kind: '职业技能等级证书',
      certificateNumber: `S000032880002${today.slice(2, 4)}3${String(index + 1).padStart(6, '0')}`,
      occupationCode: '6-18-02-04',
      skillLevel: 'senior',
      issuedOn: addDays(today, -40),
      issuer: '无锡某评价机构',
      source: '本人提交',
      verification: 'unverified',
    },
  }));
  await submitRecordedCertificates(now, { actor: officers[1], fileName: '外来证书.xlsx', rows });
}

function aPlan(startsOn: string, skillLevel: string): PlannedSession {
  return {
    startsOn,
    kind: 'upskilling',
    fate: 'taught',
    size: 40,
    early: 0,
    occupationCode: '6-31-01-03',
    skillLevel,
    project: null,
    returnedOnce: false,
    postponedWithin: false,
    certifies: false,
    certifiesCompletion: false,
  };
}

async function enrolNow(
  stage: Stage,
  staff: Actor,
  sessionId: string,
  people: readonly Identity[],
  day: string,
): ReturnType<typeof enrol> {
  return enrol(stage, staff, await check(stage, staff, sessionId, people, day), people, day);
}
