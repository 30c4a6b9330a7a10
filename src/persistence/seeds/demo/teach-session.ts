// One training session from draft to close, by the product's own steps.
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { SessionFacts } from '../../../domain/training/session-rules.ts';
import type { Enrolment } from '../../../domain/training/enrolment.ts';
import { approveSessionChange } from '../../../use-cases/training/decide-session-change.ts';
import { requestSessionChange } from '../../../use-cases/training/request-session-change.ts';
import { completeTrainingSession } from '../../../use-cases/training/complete-training-session.ts';
import { planLessons } from '../../../use-cases/training/plan-lessons.ts';
import {
  assessTrainingSession,
  cancelTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../../use-cases/training/run-training-session.ts';
import { withdrawEnrolment } from '../../../use-cases/training/withdraw-enrolment.ts';
import type { Body } from './bodies.ts';
import { at } from './clock.ts';
import { type Identity } from './identities.ts';
import { type PlannedSession } from './plan.ts';
import { assess } from './assess-session.ts';
import { attend, check, enrol, lessonDays } from './attend-session.ts';
import { fileSession, sessionFacts } from './file-session.ts';
import type { Stage } from './stage.ts';

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
  const { random, officers } = stage;
  const { staff } = centre;
  const officer = random.pick(officers);
  const facts = sessionFacts(stage.deps, plan, centre, evaluatorId, random);
  const isRejected = plan.fate === 'rejected';
  const cast = isRejected ? [] : stage.cast.take(plan.size + plan.early, facts.startsOn, facts.endsOn);
  const filed = await stage.numbering('sessions', () => fileSession(stage, plan, { centre, officer, facts }));
  const importId = isRejected
    ? null
    : await stage.deps.transaction(() => prepare(stage, plan, { staff, facts, cast, ...filed }));
  const people =
    importId === null
      ? []
      : await stage.numbering('learners', () =>
          enrol(stage, staff, importId, cast, addDays(facts.startsOn, -5)),
        );
  const given = { plan, ...filed, people, centre, startsOn: facts.startsOn, endsOn: facts.endsOn };
  if (isRejected) return given;
  const held = await stage.deps.transaction(() => hold(stage, given, { staff, officer, facts }));
  if (plan.fate === 'cancelled' || plan.fate === 'postponedOut') return held;
  const assesses = plan.fate === 'taught' && !plan.certifies && plan.kind !== 'safety';
  if (assesses) await stage.numbering('papers', () => finish(stage, held, staff, { assesses }));
  else await stage.deps.transaction(() => finish(stage, held, staff, { assesses }));
  return held;
}

/** Plans the lessons of a filed session and checks its roster; the import. */
async function prepare(
  stage: Stage,
  plan: PlannedSession,
  given: { staff: Actor; facts: SessionFacts; cast: readonly Identity[]; sessionId: string },
) {
  const { staff, facts, sessionId } = given;
  if (plan.kind !== 'work_training')
    await planLessons(at(stage.deps, addDays(facts.startsOn, -12)), {
      actor: staff,
      sessionId,
      lessons: lessonDays(facts, plan),
      reason: '集中授课',
    });
  return check(stage, staff, sessionId, given.cast, addDays(facts.startsOn, -5));
}

/** What becomes of a session that is filled: held to its end, cancelled, or postponed. */
async function hold(
  stage: Stage,
  nothing: TaughtSession,
  { staff, officer, facts }: { staff: Actor; officer: Actor; facts: SessionFacts },
): Promise<TaughtSession> {
  const { deps, random } = stage;
  const { plan, sessionId, people } = nothing;
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
  const results =
    plan.kind === 'work_training'
      ? Object.fromEntries(staying.slice(0, 2).map((one) => [one.enrolment.id, 'incomplete' as const]))
      : undefined;
  await startTrainingSession(at(deps, startsOn, 8), { actor: staff, sessionId });
  const left = await attend(stage, { staff, sessionId, endsOn, people: staying, plan });
  await completeTrainingSession(at(deps, addDays(endsOn, 1), 16), {
    actor: staff,
    sessionId,
    ...(results ? { results } : {}),
  });
  return { ...nothing, startsOn, endsOn, people: staying.filter((one) => !left.has(one.enrolment.id)) };
}

/** Assesses a session that was held, where its plan says so, and closes most of them. */
async function finish(
  stage: Stage,
  { plan, sessionId, centre, endsOn }: TaughtSession,
  staff: Actor,
  { assesses }: { assesses: boolean },
): Promise<void> {
  if (assesses) await assess(stage, { staff, centre, sessionId, endsOn, plan });
  await assessTrainingSession(at(stage.deps, addDays(endsOn, 12)), { actor: staff, sessionId });
  if (stage.random.chance(0.9))
    await closeTrainingSession(at(stage.deps, addDays(endsOn, 20)), { actor: staff, sessionId });
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
