// A centre asks the bureau to change an approved session: postpone it, move it, make it larger.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import {
  applySessionChange,
  differences,
  moveSessionChange,
  requireChangeable,
  type ChangeableFacts,
  type SessionChange,
} from '../../domain/training/session-change.ts';
import { factsOf, requireSoundFacts } from '../../domain/training/session-rules.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

export type ChangeDeps = Pick<
  Deps,
  | 'trainingSessions'
  | 'sessionChanges'
  | 'keptFiles'
  | 'organisations'
  | 'events'
  | 'guards'
  | 'transaction'
  | 'reference'
  | 'now'
  | 'newId'
>;

/**
 * The change waiting for the bureau. Throws Conflict for a stale session, RuleBroken training.changeNotNow and
 * training.changeWaiting (one at a time), InvalidInput for a short reason, training.nothingChanged and what drafting throws.
 */
export async function requestSessionChange(
  deps: ChangeDeps,
  command: {
    actor: Actor;
    sessionId: string;
    version?: number | undefined;
    facts: Partial<ChangeableFacts>;
    moveLessons?: boolean;
  } & Grounds,
): Promise<SessionChange> {
  const { actor, sessionId } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    await deps.guards.take(`sessionChanges:${sessionId}`);
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    if (command.version !== undefined && command.version !== session.version)
      throw new Conflict('shared.changedMeanwhile');
    requireChangeable(session);
    const waiting = await deps.sessionChanges.count(actor.scope, { sessionId, status: 'submitted' });
    if (waiting > 0) throw new RuleBroken('training.changeWaiting');
    const now = deps.now();
    const about = { kind: 'trainingSession', id: sessionId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    const change: SessionChange = {
      id: deps.newId(),
      version: 0,
      sessionId,
      centreId: session.centreId,
      areaCode: session.areaCode,
      sessionNumber: session.number,
      sessionName: session.name,
      ...differences(session, command.facts),
      moveLessons: command.moveLessons ?? false,
      reason,
      evidenceId,
      status: 'submitted',
      statusChanges: [{ to: 'submitted', at: now, by: actor.accountId }],
      createdBy: actor.accountId,
      createdByName: actor.name,
      createdAt: now,
      changedAt: now,
    };
    const centre = await deps.organisations.get(actor.scope, session.centreId);
    requireSoundFacts(factsOf(applySessionChange(session, change, now)), centre, deps.reference);
    await deps.sessionChanges.add(change);
    await deps.events.record({
      what: 'sessionChange.submitted',
      who: actor,
      about,
      when: now,
      before: change.before,
      after: change.after,
      reason,
      evidenceId,
    });
    return change;
  });
}

/** The change taken back by the centre before it was decided. */
export async function withdrawSessionChange(
  deps: Pick<Deps, 'sessionChanges' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; changeId: string },
): Promise<SessionChange> {
  const { actor, changeId } = command;
  return deps.transaction(async () => {
    const before = await deps.sessionChanges.get(actor.scope, changeId);
    const now = deps.now();
    const after = await deps.sessionChanges.save(
      moveSessionChange(before, 'withdrawn', { at: now, by: actor.accountId }),
    );
    await deps.events.record({
      what: 'sessionChange.withdrawn',
      who: actor,
      about: { kind: 'trainingSession', id: before.sessionId },
      when: now,
      before: { status: before.status },
      after: { status: after.status },
    });
    return after;
  });
}
