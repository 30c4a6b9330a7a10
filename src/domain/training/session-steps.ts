// The steps of a training session as verbs: which the life cycle allows now, and which of them this actor may take.
import type { Actor } from '../accounts/actor.ts';
import { can, type Action } from '../accounts/permissions.ts';
import { handsIn, isSecondPerson, type Hand } from '../accounts/second-person.ts';
import { sessionLifecycle, type SessionStatus, type TrainingSession } from './training-session.ts';

export type SessionStep = Exclude<SessionStatus, 'draft'>;

/** Who may move a session into a status. */
export const stepActions: Readonly<Record<SessionStep, Action>> = {
  submitted: 'trainingSession.submit',
  approved: 'trainingSession.decide',
  returned: 'trainingSession.decide',
  rejected: 'trainingSession.decide',
  in_progress: 'trainingSession.run',
  completed: 'trainingSession.run',
  assessed: 'trainingSession.run',
  closed: 'trainingSession.run',
  cancelled: 'trainingSession.run',
};

/** The decisions of the bureau: nobody takes them over what they drafted or submitted. */
export const decisions: readonly SessionStep[] = ['approved', 'returned', 'rejected'];

/** Who had a part in a session, so decides nothing about it. */
export function handsOnSession(session: TrainingSession): readonly Hand[] {
  return handsIn(session, session.createdBy, session.submittedBy);
}

/** The next statuses this actor may move the session to, in the order of the table. */
export function stepsFor(actor: Actor, session: TrainingSession): SessionStep[] {
  return (sessionLifecycle[session.status] as readonly SessionStep[]).filter((to) => {
    if (!can(actor, stepActions[to])) return false;
    return !decisions.includes(to) || isSecondPerson(actor, handsOnSession(session));
  });
}
