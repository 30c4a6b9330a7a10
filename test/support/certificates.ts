// Certificates for tests, made by the product's own steps: assessed, proposed and approved by different people.
import type { Deps } from '../../src/deps.ts';
import type { Actor } from '../../src/domain/accounts/actor.ts';
import type { Certificate } from '../../src/domain/certifications/certificate.ts';
import type { Organisation } from '../../src/domain/organisations/organisation.ts';
import { personNameKey } from '../../src/domain/people/person-name.ts';
import { dayOf } from '../../src/domain/shared/calendar-day.ts';
import { addPersons } from '../../src/use-cases/assessments/add-candidates.ts';
import { openSkillLevelAssessment } from '../../src/use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../src/use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../src/use-cases/certifications/propose-batch.ts';
import { registerPeople } from '../../src/use-cases/people/register-people.ts';
import { anActor, anOrganisation } from './builders.ts';
import { anIdNumber } from './rosters.ts';

export interface AnEvaluator {
  readonly organisation: Organisation;
  readonly staff: Actor & { userName: string };
  readonly approver: Actor & { userName: string };
}

export async function anEvaluator(deps: Deps): Promise<AnEvaluator> {
  const organisation = await anOrganisation(deps, { capacities: ['evaluator'] });
  const own = { organisationId: organisation.id };
  return {
    organisation,
    staff: await anActor(deps, 'evaluatorStaff', own),
    approver: await anActor(deps, 'evaluatorApprover', own),
  };
}

/** Persons on record with the evaluator, by name. */
export async function peopleOf(
  deps: Deps,
  evaluator: AnEvaluator,
  names: readonly string[],
): Promise<string[]> {
  const now = deps.now();
  const registered = await deps.transaction(() =>
    registerPeople(deps, {
      stated: names.map((name) => ({
        name,
        nameKey: personNameKey(name),
        documentType: 'resident_identity_card',
        documentNumber: anIdNumber('1990-05-06'),
        birthDay: '1990-05-06',
        gender: 'male' as const,
        mobile: null,
        education: null,
        householdRegistration: null,
        keyGroups: [],
      })),
      owner: { evaluatorId: evaluator.organisation.id },
      day: dayOf(now),
      now,
    }),
  );
  return registered.map((one) => one.personId!);
}

export async function aScoredAssessment(
  deps: Deps,
  evaluator: AnEvaluator,
  personIds: readonly string[],
  given: { skillLevel?: string; theory?: number; practice?: number } = {},
) {
  const facts = {
    occupationCode: '6-31-01-03',
    trade: null,
    skillLevel: given.skillLevel ?? 'intermediate',
    method: 'level_recognition' as const,
    heldOn: dayOf(deps.now()),
    sessionNumber: null,
  };
  const assessment = await openSkillLevelAssessment(deps, { actor: evaluator.staff, facts });
  await addPersons(deps, { actor: evaluator.staff, assessmentId: assessment.id, personIds });
  const candidates = await deps.candidates.find(
    evaluator.staff.scope,
    { assessmentId: assessment.id },
    { sort: { nameSortKey: 1 } },
  );
  await recordScores(deps, {
    actor: evaluator.staff,
    assessmentId: assessment.id,
    on: facts.heldOn,
    rows: candidates.map((one) => ({
      candidateId: one.id,
      theory: given.theory ?? 80,
      practice: given.practice ?? 75,
    })),
  });
  return { assessment, candidates };
}

/** Issued skill-level certificates of the persons, in order of name. */
export async function certificatesFor(
  deps: Deps,
  evaluator: AnEvaluator,
  personIds: readonly string[],
  given: { skillLevel?: string } = {},
): Promise<Certificate[]> {
  const { assessment } = await aScoredAssessment(deps, evaluator, personIds, given);
  const batch = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
  await issueBatch(deps, { actor: evaluator.approver, batchId: batch.id });
  return deps.certificates.find(evaluator.staff.scope, { batchId: batch.id }, { sort: { nameSortKey: 1 } });
}
