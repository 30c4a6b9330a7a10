// A session of earlier days is entered from paper: it keeps no lessons, its first day stands for the first held lesson, and
// each later step is given the day it took effect. The bureau's second person still decides.
import type { Actor } from '../../domain/accounts/actor.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { SessionFacts } from '../../domain/training/session-rules.ts';
import { moveSession, type TrainingSession } from '../../domain/training/training-session.ts';
import { newSession, type DraftDeps } from './create-training-session.ts';

/**
 * The session, submitted as of a given day (default its first day); approve, start, complete, assess and close it with the
 * days on paper (`on`). Throws RuleBroken training.notPast unless it ended before today, and what drafting throws.
 */
export async function recordPastSession(
  deps: DraftDeps,
  command: { actor: Actor; centreId: string; facts: SessionFacts; submittedOn?: string },
): Promise<TrainingSession> {
  const { actor, facts } = command;
  return deps.transaction(async () => {
    const now = deps.now();
    if (facts.endsOn >= dayOf(now)) throw new RuleBroken('training.notPast');
    const on = command.submittedOn ?? facts.startsOn;
    const drafted = await newSession(deps, command);
    const session = moveSession(
      {
        ...drafted,
        recordedFromPaper: true,
        submittedBy: actor.accountId,
        statusChanges: [{ to: 'draft', at: now, by: actor.accountId, on }],
      },
      'submitted',
      { at: now, by: actor.accountId, on },
    );
    await deps.trainingSessions.add(session);
    await deps.events.record({
      what: 'trainingSession.recordedFromPaper',
      who: actor,
      about: { kind: 'trainingSession', id: session.id },
      when: now,
      after: { number: session.number, startsOn: facts.startsOn, submittedOn: on },
    });
    return session;
  });
}
