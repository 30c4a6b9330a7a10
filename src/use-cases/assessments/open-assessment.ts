// Opens an assessment: a centre's own for the cohort it trained, or an evaluator's for occupation × level × method it is filed for.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Assessment, EvaluationMethod } from '../../domain/certifications/assessment.ts';
import { filingEnd, isFiledFor } from '../../domain/organisations/organisation.ts';
import { NotAllowed, RuleBroken } from '../../domain/shared/errors.ts';

type OpenDeps = Pick<
  Deps,
  | 'assessments'
  | 'trainingSessions'
  | 'organisations'
  | 'serials'
  | 'events'
  | 'guards'
  | 'transaction'
  | 'now'
  | 'newId'
>;

/** The centre's assessment of a session, opened once: a second call returns the first. Throws RuleBroken assessments.notTaught. */
export async function openCompletionAssessment(
  deps: OpenDeps,
  command: { actor: Actor; sessionId: string; heldOn: string },
): Promise<Assessment> {
  return deps.transaction(async () => {
    await deps.guards.take(`assessment:${command.sessionId}`);
    const session = await deps.trainingSessions.get(command.actor.scope, command.sessionId);
    const present = await deps.assessments.findOne(command.actor.scope, {
      sessionId: session.id,
      purpose: 'completion',
    });
    if (present !== null) return present;
    if (!['in_progress', 'completed', 'assessed'].includes(session.status))
      throw new RuleBroken('assessments.notTaught');
    return keep(deps, command.actor, {
      purpose: 'completion',
      centreId: session.centreId,
      evaluatorId: null,
      sessionId: session.id,
      occupationCode: session.occupationCode,
      trade: session.trade,
      skillLevel: session.skillLevel,
      method: null,
      heldOn: command.heldOn,
      areaCode: session.areaCode,
    });
  });
}

export interface SkillLevelFacts {
  readonly occupationCode: string;
  readonly trade: string | null;
  readonly skillLevel: string;
  readonly method: EvaluationMethod;
  readonly heldOn: string;
  /** Number of the session whose cohort is examined, if any. */
  readonly sessionNumber: string | null;
}

/** An evaluator's assessment. Throws RuleBroken assessments.notFiled or assessments.filingEnded (C16, C17), assessments.noSession. */
export async function openSkillLevelAssessment(
  deps: OpenDeps,
  command: { actor: Actor; facts: SkillLevelFacts },
): Promise<Assessment> {
  return deps.transaction(async () => {
    const { actor, facts } = command;
    if (actor.scope.kind !== 'evaluator') throw new NotAllowed('shared.notYours');
    const evaluator = await deps.organisations.get(actor.scope, actor.scope.evaluatorId);
    const need = {
      capacity: 'evaluator' as const,
      occupationCode: facts.occupationCode,
      skillLevel: facts.skillLevel,
      method: facts.method,
      day: facts.heldOn,
    };
    if (!isFiledFor(evaluator, need)) {
      const end = filingEnd(evaluator, 'evaluator', facts.occupationCode);
      throw end !== null && end < facts.heldOn
        ? new RuleBroken('assessments.filingEnded', { end })
        : new RuleBroken('assessments.notFiled');
    }
    const session =
      facts.sessionNumber === null
        ? null
        : await deps.trainingSessions.findOne(actor.scope, { number: facts.sessionNumber });
    if (facts.sessionNumber !== null && session === null)
      throw new RuleBroken('assessments.noSession', { number: facts.sessionNumber });
    return keep(deps, actor, {
      purpose: 'skillLevel',
      centreId: null,
      evaluatorId: evaluator.id,
      sessionId: session?.id ?? null,
      occupationCode: facts.occupationCode,
      trade: facts.trade,
      skillLevel: facts.skillLevel,
      method: facts.method,
      heldOn: facts.heldOn,
      areaCode: evaluator.areaCode,
    });
  });
}

async function keep(
  deps: OpenDeps,
  actor: Actor,
  facts: Omit<
    Assessment,
    'id' | 'version' | 'number' | 'status' | 'statusChanges' | 'createdBy' | 'createdAt'
  >,
): Promise<Assessment> {
  const now = deps.now();
  const year = facts.heldOn.slice(0, 4);
  const serial = await deps.serials.take(`assessment:${year}`);
  const assessment: Assessment = {
    ...facts,
    id: deps.newId(),
    version: 0,
    number: `PJ${year}-${String(serial).padStart(5, '0')}`,
    status: 'open',
    statusChanges: [{ to: 'open', at: now, by: actor.accountId }],
    createdBy: actor.accountId,
    createdAt: now,
  };
  await deps.assessments.add(assessment);
  await deps.events.record({
    what: 'assessment.opened',
    who: actor,
    about: { kind: 'assessment', id: assessment.id },
    when: now,
    after: { number: assessment.number },
  });
  return assessment;
}
