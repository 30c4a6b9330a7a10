// A centre edits a session that is still its own: a draft, or one the bureau returned.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import {
  factsOf,
  requireSoundFacts,
  sessionFactFields,
  type SessionFacts,
} from '../../domain/training/session-rules.ts';
import { isEditable, type TrainingSession } from '../../domain/training/training-session.ts';

/**
 * The edited session. Throws Conflict shared.changedMeanwhile for a stale version, RuleBroken training.notEditable,
 * training.capacityBelowRoster, training.lessonsOutside (planned lessons outside the new days), and what drafting throws.
 */
export async function editTrainingSession(
  deps: Pick<
    Deps,
    'trainingSessions' | 'organisations' | 'lessons' | 'events' | 'transaction' | 'now' | 'reference'
  >,
  command: { actor: Actor; sessionId: string; version: number; facts: SessionFacts },
): Promise<TrainingSession> {
  const { actor, sessionId, facts } = command;
  return deps.transaction(async () => {
    const before = await deps.trainingSessions.get(actor.scope, sessionId);
    if (before.version !== command.version) throw new Conflict('shared.changedMeanwhile');
    if (!isEditable(before)) throw new RuleBroken('training.notEditable');
    requireSoundFacts(facts, await deps.organisations.get(actor.scope, before.centreId), deps.reference);
    if (facts.capacity < before.enrolled)
      throw new RuleBroken('training.capacityBelowRoster', {
        capacity: facts.capacity,
        enrolled: before.enrolled,
      });
    await requireLessonsWithin(deps, actor, sessionId, facts);
    const now = deps.now();
    const after = await deps.trainingSessions.save({ ...before, ...facts, changedAt: now });
    const changed = sessionFactFields.filter((field) => factsOf(before)[field] !== facts[field]);
    await deps.events.record({
      what: 'trainingSession.edited',
      who: actor,
      about: { kind: 'trainingSession', id: sessionId },
      when: now,
      before: Object.fromEntries(changed.map((field) => [field, before[field]])),
      after: Object.fromEntries(changed.map((field) => [field, facts[field]])),
    });
    return after;
  });
}

/** Throws RuleBroken training.lessonsOutside (count) when lessons not cancelled lie outside the days. */
export async function requireLessonsWithin(
  deps: Pick<Deps, 'lessons'>,
  actor: Actor,
  sessionId: string,
  days: { readonly startsOn: string; readonly endsOn: string },
): Promise<void> {
  const count = await deps.lessons.count(actor.scope, {
    sessionId,
    status: { $ne: 'cancelled' },
    $or: [{ day: { $lt: days.startsOn } }, { day: { $gt: days.endsOn } }],
  });
  if (count > 0) throw new RuleBroken('training.lessonsOutside', { count });
}
