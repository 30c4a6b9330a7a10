// Puts candidates on an assessment: the cohort of its training session, or persons chosen by the evaluator.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { moveAssessment, type Assessment, type Candidate } from '../../domain/certifications/assessment.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';

type AddDeps = Pick<
  Deps,
  | 'assessments'
  | 'candidates'
  | 'trainingSessions'
  | 'enrolments'
  | 'people'
  | 'events'
  | 'guards'
  | 'transaction'
  | 'now'
  | 'newId'
>;

/**
 * How many of the session's live enrolments became candidates; those already on the assessment stay as they are.
 * Throws RuleBroken assessments.noCohort when the assessment has no session.
 */
export async function addCohort(
  deps: AddDeps,
  command: { actor: Actor; assessmentId: string; enrolmentIds?: readonly string[] },
): Promise<number> {
  return deps.transaction(async () => {
    await deps.guards.take(`candidates:${command.assessmentId}`);
    const assessment = await deps.assessments.get(command.actor.scope, command.assessmentId);
    if (assessment.sessionId === null) throw new RuleBroken('assessments.noCohort');
    const session = await deps.trainingSessions.get(command.actor.scope, assessment.sessionId);
    const cohort = { kind: 'centre', centreId: session.centreId } as const;
    const enrolments = await deps.enrolments.find(cohort, {
      sessionId: session.id,
      status: { $nin: ['withdrawn', 'undone'] },
    });
    const chosen =
      command.enrolmentIds === undefined
        ? enrolments
        : enrolments.filter((one) => command.enrolmentIds!.includes(one.id));
    return add(
      deps,
      command.actor,
      assessment,
      chosen.map((enrolment) => fromEnrolment(deps, command.actor, assessment, enrolment)),
    );
  });
}

/** How many of the persons (already on record, in the actor's sight) became candidates. */
export async function addPersons(
  deps: AddDeps,
  command: {
    actor: Actor;
    assessmentId: string;
    personIds: readonly string[];
    employers?: ReadonlyMap<string, string | null>;
  },
): Promise<number> {
  return deps.transaction(async () => {
    await deps.guards.take(`candidates:${command.assessmentId}`);
    const assessment = await deps.assessments.get(command.actor.scope, command.assessmentId);
    const people = await deps.people.find(command.actor.scope, { _id: { $in: [...command.personIds] } });
    const day = assessment.heldOn;
    const candidates = people.map((person): Candidate => ({
      ...blank(deps, command.actor, assessment),
      personId: person.id,
      name: person.name,
      nameSortKey: person.nameSortKey,
      gender: person.gender,
      birthDay: person.birthDay,
      education: person.education,
      keyGroups: person.keyGroups.filter((held) => held.from <= day).map((held) => held.group),
      employer: command.employers?.get(person.id) ?? null,
    }));
    return add(deps, command.actor, assessment, candidates);
  });
}

async function add(
  deps: AddDeps,
  actor: Actor,
  assessment: Assessment,
  candidates: readonly Candidate[],
): Promise<number> {
  const present = new Set(
    (await deps.candidates.find(actor.scope, { assessmentId: assessment.id })).map((one) => one.personId),
  );
  const fresh = candidates.filter((one) => !present.has(one.personId));
  const opened = moveAssessment(assessment, 'open', { at: deps.now(), by: actor.accountId });
  if (opened !== assessment) await deps.assessments.save(opened);
  await deps.people.hold(fresh.map((one) => one.personId));
  await deps.candidates.addMany(fresh);
  // Also for none: a list of people who are there already may have told something new of them.
  await deps.events.record({
    what: 'assessment.candidatesAdded',
    who: actor,
    about: { kind: 'assessment', id: assessment.id },
    when: deps.now(),
    after: { candidates: fresh.length },
  });
  return fresh.length;
}

function fromEnrolment(deps: AddDeps, actor: Actor, assessment: Assessment, enrolment: Enrolment): Candidate {
  return {
    ...blank(deps, actor, assessment),
    personId: enrolment.personId,
    enrolmentId: enrolment.id,
    sessionId: enrolment.sessionId,
    name: enrolment.name,
    nameSortKey: enrolment.nameSortKey,
    gender: enrolment.gender,
    birthDay: enrolment.birthDay,
    education: enrolment.education,
    keyGroups: enrolment.keyGroups,
    employer: enrolment.employer,
  };
}

function blank(deps: AddDeps, actor: Actor, assessment: Assessment): Candidate {
  return {
    id: deps.newId(),
    version: 0,
    assessmentId: assessment.id,
    addedBy: actor.accountId,
    centreId: assessment.centreId,
    evaluatorId: assessment.evaluatorId,
    personId: '',
    enrolmentId: null,
    sessionId: assessment.sessionId,
    name: '',
    nameSortKey: '',
    gender: null,
    birthDay: null,
    education: null,
    keyGroups: [],
    employer: null,
    attempts: [],
    certificateId: null,
    batchId: null,
  };
}
