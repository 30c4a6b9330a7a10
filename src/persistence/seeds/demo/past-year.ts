// 2020, entered from paper: sessions without lessons, and the certificates evaluators issued that year.
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { EnrolmentResult } from '../../../use-cases/training/complete-training-session.ts';
import { completeTrainingSession } from '../../../use-cases/training/complete-training-session.ts';
import { approveTrainingSession } from '../../../use-cases/training/move-training-session.ts';
import { recordPastSession } from '../../../use-cases/training/record-past-session.ts';
import {
  assessTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../../use-cases/training/run-training-session.ts';
import type { Body } from './bodies.ts';
import { at } from './clock.ts';
import { weekday, type PlannedSession } from './plan.ts';
import { check, enrol } from './attend-session.ts';
import { sessionFacts } from './file-session.ts';
import type { Stage } from './stage.ts';

/** Records one session of the earlier year from paper; it was entered the month after it ended. */
export async function recordSession(stage: Stage, plan: PlannedSession, centre: Body): Promise<void> {
  const { deps, random, officers } = stage;
  const facts = sessionFacts(deps, plan, centre, null, random);
  const entered = weekday(addDays(facts.endsOn, random.int(5, 30)));
  const now = at(deps, entered);
  const { staff } = centre;
  const officer = random.pick(officers);
  const cast = stage.cast.take(plan.size, facts.startsOn, facts.endsOn);
  const { sessionId, importId } = await stage.numbering('sessions', async () => {
    const { id } = await recordPastSession(now, {
      actor: staff,
      centreId: centre.organisation.id,
      facts,
      submittedOn: addDays(facts.startsOn, -20),
    });
    await approveTrainingSession(now, { actor: officer, sessionId: id, on: addDays(facts.startsOn, -12) });
    return { sessionId: id, importId: await check(stage, staff, id, cast, entered) };
  });
  const people = await stage.numbering('learners', () => enrol(stage, staff, importId, cast, entered));
  const results: Record<string, EnrolmentResult> = {};
  for (const { enrolment } of people)
    if (random.chance(0.04)) results[enrolment.id] = random.chance(0.3) ? 'absent' : 'incomplete';
  await deps.transaction(async () => {
    await startTrainingSession(now, { actor: staff, sessionId, on: facts.startsOn });
    await completeTrainingSession(now, { actor: staff, sessionId, on: facts.endsOn, results });
    await assessTrainingSession(now, { actor: staff, sessionId, on: facts.endsOn });
    await closeTrainingSession(now, { actor: staff, sessionId, on: facts.endsOn });
  });
}
