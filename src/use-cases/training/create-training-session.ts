// A training centre drafts a training session within what it is filed for.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { filingEnd, isFiledFor } from '../../domain/organisations/organisation.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

export type SessionFacts = Pick<
  TrainingSession,
  | 'name'
  | 'kind'
  | 'occupationCode'
  | 'trade'
  | 'skillLevel'
  | 'project'
  | 'subsidised'
  | 'fundingSource'
  | 'capacity'
  | 'theoryHours'
  | 'practiceHours'
  | 'startsOn'
  | 'endsOn'
  | 'venue'
  | 'areaCode' | 'evaluatorId'
>;

/** The drafted session; throws RuleBroken training.notFiled (C16) or training.endsBeforeStart. */
export async function createTrainingSession(
  deps: Pick<
    Deps,
    'trainingSessions' | 'organisations' | 'serials' | 'events' | 'transaction' | 'now' | 'newId'
  >,
  command: { actor: Actor; centreId: string; facts: SessionFacts },
): Promise<TrainingSession> {
  return deps.transaction(async () => {
    const centre = await deps.organisations.get(command.actor.scope, command.centreId);
    checkFacts(centre, command.facts);
    const now = deps.now();
    const year = command.facts.startsOn.slice(0, 4);
    const serial = await deps.serials.take(`training-session:${year}`);
    const session: TrainingSession = {
      ...command.facts,
      id: deps.newId(),
      version: 0,
      number: `PX${year}-${String(serial).padStart(5, '0')}`,
      centreId: centre.id,
      recordedFromPaper: false,
      status: 'draft',
      statusChanges: [{ to: 'draft', at: now, by: command.actor.accountId }],
      firstHeld: [],
      enrolled: 0,
      createdBy: command.actor.accountId,
      submittedBy: null,
      createdAt: now,
      changedAt: now,
    };
    await deps.trainingSessions.add(session);
    await deps.events.record({
      what: 'trainingSession.drafted',
      who: command.actor,
      about: { kind: 'trainingSession', id: session.id },
      when: now,
      after: { number: session.number },
    });
    return session;
  });
}

/** The law a session's facts must meet before they are kept. */
export function checkFacts(centre: Parameters<typeof isFiledFor>[0], facts: SessionFacts): void {
  if (facts.endsOn < facts.startsOn) throw new RuleBroken('training.endsBeforeStart');
  if (facts.occupationCode === null) return;
  const need = {
    capacity: 'trainingCentre' as const,
    occupationCode: facts.occupationCode,
    skillLevel: facts.skillLevel,
    day: facts.startsOn,
  };
  if (!isFiledFor(centre, need)) {
    const end = filingEnd(centre, 'trainingCentre', facts.occupationCode);
    throw end === null
      ? new RuleBroken('training.notFiled', { occupation: facts.occupationCode })
      : new RuleBroken('training.filingEnded', { occupation: facts.occupationCode, end });
  }
}
