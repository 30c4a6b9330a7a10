// Filing: a training centre submits a session, the bureau approves, returns or rejects it.
import type { Deps } from '../../deps.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import {
  factsOf,
  requireEvaluatorReason,
  requireFiling,
  requireSoundFacts,
} from '../../domain/training/session-rules.ts';
import { handsOnSession } from '../../domain/training/session-steps.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { advanceSession, type AdvanceDeps, type SessionMove } from './advance-session.ts';
import { cancelPlannedLessons } from './cancel-planned-lessons.ts';

type FilingDeps = AdvanceDeps & Pick<Deps, 'organisations' | 'reference'>;

/** The session handed to the bureau for filing; its facts are checked again (C14, C16). */
export async function submitTrainingSession(
  deps: FilingDeps,
  command: SessionMove,
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'submitted', 'trainingSession.submitted', async (session) => {
    const centre = await deps.organisations.get(command.actor.scope, session.centreId);
    requireSoundFacts(factsOf(session), centre, deps.reference);
    return { ...session, submittedBy: command.actor.accountId };
  });
}

/**
 * The bureau files the session. Throws NotAllowed accounts.secondPerson when the actor had a part in it, InvalidInput
 * training.evaluatorNotFiled (field warningReason) when the evaluator named is not filed for it and no reason is given (C17).
 */
export async function approveTrainingSession(
  deps: FilingDeps,
  command: SessionMove,
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'approved', 'trainingSession.approved', async (session) => {
    requireSecondPerson(command.actor, handsOnSession(session));
    const { scope } = command.actor;
    requireFiling(factsOf(session), await deps.organisations.get(scope, session.centreId));
    const evaluator =
      session.evaluatorId === null ? null : await deps.organisations.get(scope, session.evaluatorId);
    requireEvaluatorReason(session, evaluator, command.reason);
    return session;
  });
}

/** The bureau hands the session back with a reason. */
export async function returnTrainingSession(
  deps: AdvanceDeps,
  command: SessionMove & { reason: string },
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'returned', 'trainingSession.returned', (session) => {
    requireSecondPerson(command.actor, handsOnSession(session));
    return session;
  });
}

/** The bureau refuses the session for good, with a reason; its planned lessons are cancelled. */
export async function rejectTrainingSession(
  deps: AdvanceDeps & Pick<Deps, 'lessons'>,
  command: SessionMove & { reason: string },
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'rejected', 'trainingSession.rejected', async (session, now) => {
    requireSecondPerson(command.actor, handsOnSession(session));
    await cancelPlannedLessons(deps, command, now);
    return session;
  });
}
