// Moves a session along its life cycle: the steps that need nothing but the step itself.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import {
  moveSession,
  type SessionStatus,
  type TrainingSession,
} from '../../domain/training/training-session.ts';

type MoveDeps = Pick<Deps, 'trainingSessions' | 'events' | 'transaction' | 'now'>;
interface Move {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly reason?: string;
}

/** The session handed to the bureau for filing. */
export async function submitTrainingSession(deps: MoveDeps, command: Move): Promise<TrainingSession> {
  return move(deps, command, 'submitted', 'trainingSession.submitted', (session) => ({
    ...session,
    submittedBy: command.actor.accountId,
  }));
}

/** The bureau files the session; throws NotAllowed when the officer drafted or submitted it. */
export async function approveTrainingSession(deps: MoveDeps, command: Move): Promise<TrainingSession> {
  return move(deps, command, 'approved', 'trainingSession.approved', decided(command));
}

/** The bureau hands the session back with a reason. */
export async function returnTrainingSession(
  deps: MoveDeps,
  command: Move & { reason: string },
): Promise<TrainingSession> {
  return move(deps, command, 'returned', 'trainingSession.returned', decided(command));
}

/** The bureau refuses the session for good, with a reason. */
export async function rejectTrainingSession(
  deps: MoveDeps,
  command: Move & { reason: string },
): Promise<TrainingSession> {
  return move(deps, command, 'rejected', 'trainingSession.rejected', decided(command));
}

function decided(command: Move): (session: TrainingSession) => TrainingSession {
  return (session) => {
    requireSecondPerson(command.actor, [session.createdBy, session.submittedBy]);
    return session;
  };
}

async function move(
  deps: MoveDeps,
  command: Move,
  to: SessionStatus,
  what: string,
  change: (session: TrainingSession) => TrainingSession,
): Promise<TrainingSession> {
  return deps.transaction(async () => {
    const before = await deps.trainingSessions.get(command.actor.scope, command.sessionId);
    const now = deps.now();
    const after = moveSession(change(before), to, {
      at: now,
      by: command.actor.accountId,
      reason: command.reason,
    });
    const saved = await deps.trainingSessions.save(after);
    await deps.events.record({
      what,
      who: command.actor,
      about: { kind: 'trainingSession', id: before.id },
      when: now,
      before: { status: before.status },
      after: { status: to },
      reason: command.reason,
    });
    return saved;
  });
}
