// A training centre drafts a training session within what it is filed for.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSoundFacts, type SessionFacts } from '../../domain/training/session-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

export type { SessionFacts };

export type DraftDeps = Pick<
  Deps,
  'trainingSessions' | 'organisations' | 'serials' | 'events' | 'transaction' | 'now' | 'newId' | 'reference'
>;

/** The drafted session; throws InvalidInput by field (C14), RuleBroken training.notFiled, training.filingEnded (C16). */
export async function createTrainingSession(
  deps: DraftDeps,
  command: { actor: Actor; centreId: string; facts: SessionFacts },
): Promise<TrainingSession> {
  return deps.transaction(async () => {
    const session = await newSession(deps, command);
    await deps.trainingSessions.add(session);
    await deps.events.record({
      what: 'trainingSession.drafted',
      who: command.actor,
      about: { kind: 'trainingSession', id: session.id },
      when: session.createdAt,
      after: { number: session.number },
    });
    return session;
  });
}

/** A sound session of the centre under a fresh number PX<year>-<serial>, not stored yet. */
export async function newSession(
  deps: DraftDeps,
  command: { actor: Actor; centreId: string; facts: SessionFacts },
): Promise<TrainingSession> {
  const { actor, facts } = command;
  const centre = await deps.organisations.get(actor.scope, command.centreId);
  requireSoundFacts(facts, centre, deps.reference);
  const now = deps.now();
  const year = facts.startsOn.slice(0, 4);
  const serial = await deps.serials.take(`training-session:${year}`);
  return {
    ...facts,
    id: deps.newId(),
    version: 0,
    number: `PX${year}-${String(serial).padStart(5, '0')}`,
    centreId: centre.id,
    recordedFromPaper: false,
    status: 'draft',
    statusChanges: [{ to: 'draft', at: now, by: actor.accountId }],
    firstHeld: [],
    enrolled: 0,
    createdBy: actor.accountId,
    submittedBy: null,
    createdAt: now,
    changedAt: now,
  };
}
