// One training session from draft to close, by the product's own steps.
import type { Deps } from '../../../deps.ts';
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { Enrolment } from '../../../domain/training/enrolment.ts';
import type { LessonFacts } from '../../../domain/training/lesson.ts';
import type { SessionFacts } from '../../../domain/training/session-rules.ts';
import { addCohort } from '../../../use-cases/assessments/add-candidates.ts';
import { openCompletionAssessment } from '../../../use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../use-cases/certifications/propose-batch.ts';
import { checkRoster } from '../../../use-cases/training/check-roster.ts';
import { commitRoster } from '../../../use-cases/training/commit-roster.ts';
import { approveSessionChange } from '../../../use-cases/training/decide-session-change.ts';
import { requestSessionChange } from '../../../use-cases/training/request-session-change.ts';
import { completeTrainingSession } from '../../../use-cases/training/complete-training-session.ts';
import { createTrainingSession } from '../../../use-cases/training/create-training-session.ts';
import { markAttendances } from '../../../use-cases/training/mark-attendance.ts';
import {
  approveTrainingSession,
  rejectTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../../use-cases/training/move-training-session.ts';
import { planLessons } from '../../../use-cases/training/plan-lessons.ts';
import {
  assessTrainingSession,
  cancelTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../../use-cases/training/run-training-session.ts';
import { withdrawEnrolment } from '../../../use-cases/training/withdraw-enrolment.ts';
import type { Body } from './bodies.ts';
import type { Cast } from './cast.ts';
import { at } from './clock.ts';
import { rosterRows, type Identity } from './identities.ts';
import { weekday, type PlannedSession } from './plan.ts';
import type { Random } from './random.ts';

export interface Stage {
  readonly deps: Deps;
  readonly random: Random;
  readonly officers: readonly [Actor, Actor];
  readonly cast: Cast;
}

export interface TaughtSession {
  readonly plan: PlannedSession;
  readonly sessionId: string;
  readonly number: string;
  readonly centre: Body;
  readonly startsOn: string;
  readonly endsOn: string;
  /** Enrolments in the roster's order, each with its person. */
  readonly people: readonly { readonly enrolment: Enrolment; readonly identity: Identity }[];
}

/** Teaches a planned session at a centre and returns its roster; sessions that never start return what they have. */
export async function teachSession(
  stage: Stage,
  plan: PlannedSession,
  centre: Body,
  evaluatorId: string | null,
): Promise<TaughtSession> {
  const { deps, random } = stage;
  const {
    actor: staff,
    sessionId,
    facts,
    number,
    officer,
  } = await fileSession(stage, plan, centre, evaluatorId);
  const nothing = {
    plan,
    sessionId,
    number,
    centre,
    startsOn: facts.startsOn,
    endsOn: facts.endsOn,
    people: [],
  };
  if (plan.fate === 'rejected') return nothing;
  const days = lessonDays(facts, plan);
  if (plan.kind !== 'work_training')
    await planLessons(at(deps, addDays(facts.startsOn, -12)), {
      actor: staff,
      sessionId,
      lessons: days,
      reason: '集中授课',
    });
  const identities = stage.cast.take(plan.size + plan.early, facts.startsOn, facts.endsOn);
  const people = await enrol(stage, staff, sessionId, identities, addDays(facts.startsOn, -5));
  for (const one of people.slice(0, plan.early)) {
    await withdrawEnrolment(at(deps, addDays(facts.startsOn, -1), 15), {
      actor: staff,
      enrolmentId: one.enrolment.id,
      on: addDays(facts.startsOn, -2),
      reason: random.pick(['found_work', 'family', 'illness']),
      note: null,
    });
  }
  const staying = people.slice(plan.early);
  if (plan.fate === 'cancelled') {
    await cancelTrainingSession(at(deps, addDays(facts.startsOn, -1), 17), {
      actor: staff,
      sessionId,
      reason: '报名后场地停用',
    });
    return { ...nothing, people: staying };
  }
  if (plan.fate === 'postponedOut') {
    await postpone(stage, { sessionId, startsOn: facts.startsOn, endsOn: facts.endsOn, staff, officer }, 42);
    return { ...nothing, people: staying };
  }
  const moved = plan.postponedWithin
    ? await postpone(stage, { sessionId, startsOn: facts.startsOn, endsOn: facts.endsOn, staff, officer }, 7)
    : null;
  const startsOn = moved?.startsOn ?? facts.startsOn;
  const endsOn = moved?.endsOn ?? facts.endsOn;
  await startTrainingSession(at(deps, startsOn, 8), { actor: staff, sessionId });
  const left = await attend(stage, { staff, sessionId, endsOn, people: staying, plan });
  const results =
    plan.kind === 'work_training'
      ? Object.fromEntries(staying.slice(0, 2).map((one) => [one.enrolment.id, 'incomplete' as const]))
      : undefined;
  await completeTrainingSession(at(deps, addDays(endsOn, 1), 16), {
    actor: staff,
    sessionId,
    ...(results ? { results } : {}),
  });
  if (plan.fate === 'taught' && !plan.certifies && plan.kind !== 'safety')
    await assess(stage, { staff, centre, sessionId, endsOn, plan });
  await assessTrainingSession(at(deps, addDays(endsOn, 12)), { actor: staff, sessionId });
  if (random.chance(0.9))
    await closeTrainingSession(at(deps, addDays(endsOn, 20)), { actor: staff, sessionId });
  return { ...nothing, startsOn, endsOn, people: staying.filter((one) => !left.has(one.enrolment.id)) };
}

async function fileSession(stage: Stage, plan: PlannedSession, centre: Body, evaluatorId: string | null) {
  const { deps, random, officers } = stage;
  const staff = centre.staff;
  const officer = random.pick(officers);
  const facts = sessionFacts(deps, plan, centre, evaluatorId, random);
  const drafted = await createTrainingSession(at(deps, addDays(plan.startsOn, -26)), {
    actor: staff,
    centreId: centre.organisation.id,
    facts,
  });
  const sessionId = drafted.id;
  await submitTrainingSession(at(deps, addDays(plan.startsOn, -25)), { actor: staff, sessionId });
  if (plan.returnedOnce) {
    await returnTrainingSession(at(deps, addDays(plan.startsOn, -22)), {
      actor: officer,
      sessionId,
      reason: '请补充授课教师资格证明',
    });
    await submitTrainingSession(at(deps, addDays(plan.startsOn, -20)), { actor: staff, sessionId });
  }
  if (plan.fate === 'rejected')
    await rejectTrainingSession(at(deps, addDays(plan.startsOn, -18)), {
      actor: officer,
      sessionId,
      reason: '培训内容与备案不符',
    });
  else await approveTrainingSession(at(deps, addDays(plan.startsOn, -18)), { actor: officer, sessionId });
  return { actor: staff, sessionId, facts, number: drafted.number, officer };
}

/** The facts of a planned session: hours by level, a free teacher and room, days enough for its lessons. */
export function sessionFacts(
  deps: Deps,
  plan: PlannedSession,
  centre: Body,
  evaluatorId: string | null,
  random: Random,
): SessionFacts {
  const occupation = deps.reference.occupations.find((one) => one.code === plan.occupationCode);
  const rankedHours =
    plan.skillLevel === null
      ? { theory: 8, practice: 16 }
      : plan.skillLevel === 'junior'
        ? { theory: 16, practice: 24 }
        : { theory: 20, practice: 36 };
  const hours = plan.kind === 'work_training' ? { theory: 0, practice: 0 } : rankedHours;
  const dayCount = Math.max(2, Math.ceil((hours.theory + hours.practice) / 8));
  const endsOn =
    plan.kind === 'work_training' ? addDays(plan.startsOn, 30) : lastDay(plan.startsOn, dayCount);
  const subject = occupation?.zh ?? plan.project ?? '以工代训';
  const level: Record<string, string> = {
    junior: '初级',
    intermediate: '中级',
    senior: '高级',
    technician: '技师',
  };
  return {
    name: `${subject}${plan.skillLevel === null ? '' : level[plan.skillLevel]}${random.pick(['一', '二', '三', '四', '五', '六'])}班`,
    kind: plan.kind,
    occupationCode: plan.occupationCode,
    trade: null,
    skillLevel: plan.skillLevel,
    project: plan.project,
    subsidised: plan.fate !== 'unsubsidised',
    fundingSource:
      plan.fate === 'unsubsidised'
        ? 'self_funded'
        : random.pick([
            'upskilling_action',
            'upskilling_action',
            'employment_subsidy',
            'unemployment_insurance',
          ]),
    capacity: 80,
    theoryHours: hours.theory,
    practiceHours: hours.practice,
    startsOn: plan.startsOn,
    endsOn,
    venue: free(centre.rooms, '实训教室', plan.startsOn, endsOn),
    areaCode: random.chance(0.85) ? centre.organisation.areaCode : random.pick(deps.reference.areas).code,
    evaluatorId,
  };
}

/** The first of a centre's teachers or rooms that is free, one more when none is. */
export function free(
  pool: { name: string; until: string }[],
  word: string,
  from: string,
  until: string,
): string {
  let found = pool.find((one) => one.until < from);
  if (found === undefined) pool.push((found = { name: `${word}${pool.length + 1}`, until: '' }));
  found.until = addDays(until, 16);
  return found.name;
}

function lastDay(startsOn: string, dayCount: number): string {
  let day = startsOn;
  for (let index = 1; index < dayCount; index += 1) day = weekday(addDays(day, 1));
  return day;
}

/** Two lessons of four class hours a working day: theory first, then practice. */
export function lessonDays(
  facts: Pick<SessionFacts, 'startsOn' | 'theoryHours' | 'practiceHours' | 'venue'>,
  plan: PlannedSession,
): LessonFacts[] {
  const lessons: LessonFacts[] = [];
  const total = (facts.theoryHours + facts.practiceHours) / 4;
  let day = facts.startsOn;
  for (let index = 0; index < total; index += 1) {
    const afternoon = index % 2 === 1;
    if (index > 0 && !afternoon) day = weekday(addDays(day, 1));
    lessons.push({
      day,
      startsAt: afternoon ? '13:00' : '08:30',
      endsAt: afternoon ? '16:00' : '11:30',
      classHours: 4,
      kind:
        index < facts.theoryHours / 4
          ? plan.project !== null && index === 1
            ? 'online'
            : 'theory'
          : 'practice',
      topic: null,
      teacher: facts.venue.replace('实训教室', '教师'),
      venue: facts.venue,
    });
  }
  return lessons;
}

/** Checks and commits a roster; overlapping dates and ages near retirement are accepted with a reason. */
export async function enrol(
  stage: Stage,
  staff: Actor,
  sessionId: string,
  identities: readonly Identity[],
  day: string,
  hour = 9,
) {
  const deps = at(stage.deps, day, hour);
  const { rosterImport } = await checkRoster(deps, { actor: staff, sessionId, rows: rosterRows(identities) });
  const reasons = {
    'rosters.retired': '本人申请继续就业',
    'rosters.overlappingDates': '上课时间不冲突',
    'rosters.underAge': '—',
  };
  const { enrolments } = await commitRoster(deps, {
    actor: staff,
    importId: rosterImport.id,
    reasons,
    withoutBadRows: false,
  });
  return enrolments.map((enrolment, index) => {
    const identity = identities[index]!;
    identity.personId = enrolment.personId;
    return { enrolment, identity };
  });
}

async function attend(
  stage: Stage,
  given: {
    staff: Actor;
    sessionId: string;
    endsOn: string;
    plan: PlannedSession;
    people: TaughtSession['people'];
  },
): Promise<Set<string>> {
  const { deps, random } = stage;
  const left = new Set<string>();
  if (given.plan.kind === 'work_training') return left;
  const lessons = (await deps.lessons.ofSession(given.staff.scope, given.sessionId)).filter(
    (one) => one.status === 'planned',
  );
  const habits = given.people.map((one) => ({ id: one.enrolment.id, kind: random.next() }));
  const leaver = random.chance(0.25) ? habits[0]!.id : null;
  const marks = lessons.map((lesson) => ({
    lessonId: lesson.id,
    marks: habits.map(({ id, kind }) => ({
      enrolmentId: id,
      status:
        kind < 0.012
          ? ('absent' as const)
          : kind < 0.05 && random.chance(0.4)
            ? ('absent' as const)
            : random.chance(0.02)
              ? ('late' as const)
              : random.chance(0.015)
                ? ('leave' as const)
                : ('present' as const),
    })),
  }));
  await markAttendances(at(deps, given.endsOn, 17), {
    actor: given.staff,
    lessons: marks,
    reason: '据纸质点名册补录',
  });
  if (leaver !== null) {
    await withdrawEnrolment(at(deps, given.endsOn, 18), {
      actor: given.staff,
      enrolmentId: leaver,
      on: given.endsOn,
      reason: 'found_work',
      note: null,
    });
    left.add(leaver);
  }
  return left;
}

async function assess(
  stage: Stage,
  given: { staff: Actor; centre: Body; sessionId: string; endsOn: string; plan: PlannedSession },
): Promise<void> {
  const { deps, random } = stage;
  const { staff } = given;
  const on = addDays(given.endsOn, 2);
  const assessment = await openCompletionAssessment(at(deps, on), {
    actor: staff,
    sessionId: given.sessionId,
    heldOn: on,
  });
  await addCohort(at(deps, on), { actor: staff, assessmentId: assessment.id });
  const candidates = await deps.candidates.find(staff.scope, { assessmentId: assessment.id });
  const rows = candidates.map((one) => ({
    candidateId: one.id,
    theory: score(random),
    practice: score(random),
  }));
  await recordScores(at(deps, on, 16), { actor: staff, assessmentId: assessment.id, on, rows });
  const failed = rows.filter((row) => row.theory < 60 || row.practice < 60);
  if (failed.length > 0 && random.chance(0.5)) {
    const later = addDays(on, 5);
    await recordScores(at(deps, later, 16), {
      actor: staff,
      assessmentId: assessment.id,
      on: later,
      rows: failed.map((row) => ({
        candidateId: row.candidateId,
        theory: random.int(58, 80),
        practice: random.int(58, 80),
      })),
    });
  }
  if (!given.plan.certifiesCompletion) return;
  const issuedOn = addDays(on, 8);
  const batch = await proposeBatch(at(deps, issuedOn, 9), { actor: staff, assessmentId: assessment.id });
  await issueBatch(at(deps, issuedOn, 15), {
    actor: given.centre.approver,
    batchId: batch.id,
    printFiles: false,
  });
}

/** A score between 40 and 98, most of them passing. */
export function score(random: Random): number {
  return random.chance(0.05) ? random.int(40, 59) : random.int(60, 98);
}

async function postpone(
  stage: Stage,
  given: { sessionId: string; startsOn: string; endsOn: string; staff: Actor; officer: Actor },
  days: number,
): Promise<{ startsOn: string; endsOn: string }> {
  const { deps } = stage;
  const facts = { startsOn: addDays(given.startsOn, days), endsOn: addDays(given.endsOn, days) };
  const asked = at(deps, addDays(given.startsOn, -4), 9);
  const change = await requestSessionChange(asked, {
    actor: given.staff,
    sessionId: given.sessionId,
    facts,
    moveLessons: true,
    reason: '疫情防控，延期开班',
  });
  await approveSessionChange(at(deps, addDays(given.startsOn, -3), 14), {
    actor: given.officer,
    changeId: change.id,
  });
  return facts;
}
