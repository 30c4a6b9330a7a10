// A session from its draft to the bureau’s decision.
import type { Deps } from '../../../deps.ts';
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { SessionFacts } from '../../../domain/training/session-rules.ts';
import { createTrainingSession } from '../../../use-cases/training/create-training-session.ts';
import {
  approveTrainingSession,
  rejectTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../../use-cases/training/move-training-session.ts';
import type { Body } from './bodies.ts';
import { at } from './clock.ts';
import { weekday, type PlannedSession } from './plan.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Files a session: drafted, submitted and decided on; returns its id and number. Call it inside a numbering transaction. */
export async function fileSession(
  stage: Stage,
  plan: PlannedSession,
  given: { readonly centre: Body; readonly officer: Actor; readonly facts: SessionFacts },
): Promise<{ readonly sessionId: string; readonly number: string }> {
  const { staff, organisation } = given.centre;
  const drafted = await createTrainingSession(at(stage.deps, addDays(plan.startsOn, -26)), {
    actor: staff,
    centreId: organisation.id,
    facts: given.facts,
  });
  await decide(stage, plan, { staff, officer: given.officer, sessionId: drafted.id });
  return { sessionId: drafted.id, number: drafted.number };
}

async function decide(
  { deps }: Stage,
  plan: PlannedSession,
  { staff, officer, sessionId }: { staff: Actor; officer: Actor; sessionId: string },
): Promise<void> {
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
