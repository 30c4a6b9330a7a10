// After a correction in a completed session the results follow the hours again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { enrolmentLifecycle, moveEnrolment } from '../../domain/training/enrol-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { resultByHours } from './complete-training-session.ts';

/** Moves each enrolment whose hours now say another result; nobody becomes absent again. Call it inside the transaction. */
export async function rederiveResults(
  deps: Pick<Deps, 'enrolments' | 'reference'>,
  actor: Actor,
  session: TrainingSession,
  now: Date,
): Promise<void> {
  const enrolments = await deps.enrolments.ofSession(actor.scope, session.id, { live: true });
  const moved = enrolments.flatMap((enrolment) => {
    const result = resultByHours(session, enrolment, deps.reference);
    const follows = result !== enrolment.status && enrolmentLifecycle[enrolment.status].includes(result);
    return follows ? [moveEnrolment(enrolment, result, { at: now, by: actor.accountId })] : [];
  });
  await deps.enrolments.saveMany(moved);
}
