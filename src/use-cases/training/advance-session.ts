// The one way a training session changes its status: load in scope, ask the table, save, record.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import {
  moveSession,
  type SessionStatus,
  type TrainingSession,
} from '../../domain/training/training-session.ts';
import { keepEvidence, type EvidenceFile } from '../evidence/keep-evidence.ts';

export type AdvanceDeps = Pick<Deps, 'trainingSessions' | 'keptFiles' | 'events' | 'transaction' | 'now'>;

export interface SessionMove {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly reason?: string | undefined;
  /** The file that proves why, where the step takes one. */
  readonly file?: EvidenceFile | null | undefined;
  /** Version the page was opened at; a later one is a Conflict. Left out by callers that hold the record. */
  readonly version?: number | undefined;
  /** The day the step took effect; only for sessions recorded from paper, otherwise it is today. */
  readonly on?: string | undefined;
}

/**
 * The session in its next status. `prepare` runs inside the transaction before the move and may throw or change facts.
 * Throws NotFound outside the scope, Conflict for a stale version, RuleBroken training.cannotMove or training.dayOnlyFromPaper.
 */
export async function advanceSession(
  deps: AdvanceDeps,
  command: SessionMove,
  to: SessionStatus,
  what: string,
  prepare: (session: TrainingSession, now: Date) => Promise<TrainingSession> | TrainingSession,
  guards?: () => Promise<void>,
): Promise<TrainingSession> {
  const { actor, sessionId, reason } = command;
  return deps.transaction(async () => {
    await guards?.();
    const before = await deps.trainingSessions.get(actor.scope, sessionId);
    if (command.version !== undefined && command.version !== before.version)
      throw new Conflict('shared.changedMeanwhile');
    const now = deps.now();
    if (command.on !== undefined && !before.recordedFromPaper)
      throw new RuleBroken('training.dayOnlyFromPaper');
    if (command.on !== undefined && command.on > dayOf(now)) throw new RuleBroken('training.dayToCome');
    const moved = moveSession(before, to, { at: now, by: actor.accountId, reason, on: command.on });
    const prepared = await prepare(before, now);
    const saved = await deps.trainingSessions.save({
      ...prepared,
      status: moved.status,
      statusChanges: moved.statusChanges,
      changedAt: now,
    });
    const about = { kind: 'trainingSession', id: sessionId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what,
      who: actor,
      about,
      when: now,
      before: { status: before.status },
      after: { status: to, ...(command.on === undefined ? {} : { on: command.on }) },
      reason,
      evidenceId,
    });
    return saved;
  });
}
