// Evaluators examine cohorts and people of their own list; who passes gets a certificate.
import type { Actor } from '../../../domain/accounts/actor.ts';
import type { Certificate } from '../../../domain/certifications/certificate.ts';
import { rankOf } from '../../../domain/certifications/skill-levels.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { personNameKey } from '../../../domain/people/person-name.ts';
import { addCohort, addPersons } from '../../../use-cases/assessments/add-candidates.ts';
import { openSkillLevelAssessment } from '../../../use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../use-cases/certifications/propose-batch.ts';
import { registerPeople } from '../../../use-cases/people/register-people.ts';
import { at } from './clock.ts';
import type { Body } from './bodies.ts';
import type { Identity } from './identities.ts';
import type { Stage } from './stage.ts';
import type { TaughtSession } from './teach-session.ts';

export interface Examined {
  readonly certificates: readonly Certificate[];
  readonly batchId: string | null;
}

/**
 * Examines people of a taught session: `wanted` of them pass, a few more fail or come back for a re-sit. Returns the
 * certificates issued.
 */
export async function examineCohort(
  stage: Stage,
  evaluator: Body,
  taught: TaughtSession,
  wanted: number,
): Promise<Examined> {
  const rank = rankOf(taught.plan.skillLevel!);
  const fresh = taught.people.filter(
    (one) => one.identity.certified === 0 && one.enrolment.status !== 'withdrawn',
  );
  const passing = fresh.slice(0, wanted);
  const failing = fresh.slice(wanted, wanted + 3);
  if (passing.length === 0) return { certificates: [], batchId: null };
  const heldOn = addDays(taught.endsOn, 5);
  const chosen = [...passing, ...failing];
  const actor = evaluator.staff;
  const certified = new Set(passing.map((one) => one.enrolment.personId));
  const examined = await stage.numbering('papers', async () => {
    const assessment = await openSkillLevelAssessment(at(stage.deps, heldOn, 8), {
      actor,
      facts: {
        occupationCode: taught.plan.occupationCode!,
        trade: null,
        skillLevel: taught.plan.skillLevel!,
        method: 'level_recognition',
        heldOn,
        sessionNumber: taught.number,
      },
    });
    await addCohort(at(stage.deps, heldOn, 8), {
      actor,
      assessmentId: assessment.id,
      enrolmentIds: chosen.map((one) => one.enrolment.id),
    });
    return examine(stage, evaluator, actor, assessment.id, heldOn, certified);
  });
  for (const one of passing) mark(one.identity, rank);
  return examined;
}

/** Examines people of an evaluator's own list; all of them pass. */
export async function examineList(
  stage: Stage,
  evaluator: Body,
  people: readonly Identity[],
  given: { skillLevel: string; occupationCode: string; heldOn: string },
): Promise<Examined> {
  const deps = at(stage.deps, given.heldOn, 8);
  const actor = evaluator.staff;
  const facts = { ...given, trade: null, method: 'level_recognition' as const, sessionNumber: null };
  const { id: assessmentId } = await stage.numbering('papers', () =>
    openSkillLevelAssessment(deps, { actor, facts }),
  );
  const personIds = await stage.numbering('learners', async () => {
    const registered = await registerPeople(deps, {
      stated: people.map(personFacts),
      owner: { evaluatorId: evaluator.organisation.id },
      day: given.heldOn,
      now: deps.now(),
    });
    const ids = registered.map((one) => one.personId!);
    await addPersons(deps, { actor, assessmentId, personIds: ids });
    return ids;
  });
  people.forEach((one, index) => {
    one.personId = personIds[index]!;
    mark(one, rankOf(given.skillLevel));
  });
  return stage.numbering('papers', () =>
    examine(stage, evaluator, actor, assessmentId, given.heldOn, new Set(personIds)),
  );
}

async function examine(
  stage: Stage,
  evaluator: Body,
  actor: Actor,
  assessmentId: string,
  heldOn: string,
  passing: ReadonlySet<string>,
): Promise<Examined> {
  const { deps, random } = stage;
  const candidates = await deps.candidates.find(actor.scope, { assessmentId });
  const later = new Set(
    candidates.filter((one) => passing.has(one.personId) && random.chance(0.04)).map((one) => one.id),
  );
  const rows = candidates.map((one) => {
    const passes = passing.has(one.personId) && !later.has(one.id);
    return {
      candidateId: one.id,
      theory: passes ? random.int(61, 96) : random.int(48, 80),
      practice: passes ? random.int(61, 96) : random.int(42, 59),
    };
  });
  await recordScores(at(deps, heldOn, 17), { actor, assessmentId, on: heldOn, rows });
  const resitOn = addDays(heldOn, 4);
  const again = rows
    .filter((row) => later.has(row.candidateId))
    .map((row) => ({
      candidateId: row.candidateId,
      theory: random.int(62, 85),
      practice: random.int(62, 85),
    }));
  if (again.length > 0)
    await recordScores(at(deps, resitOn, 17), { actor, assessmentId, on: resitOn, rows: again });
  const proposedOn = addDays(heldOn, 6);
  const batch = await proposeBatch(at(deps, proposedOn, 9), { actor, assessmentId });
  await issueBatch(at(deps, proposedOn, 15), {
    actor: evaluator.approver,
    batchId: batch.id,
    printFiles: false,
  });
  const certificates = await deps.certificates.find(
    actor.scope,
    { batchId: batch.id },
    { sort: { number: 1 } },
  );
  return { certificates, batchId: batch.id };
}

function mark(identity: Identity, rank: number): void {
  identity.certified += 1;
  identity.rank = Math.max(identity.rank, rank);
}

/** A person as lists and rosters state one. */
export function personFacts(one: Identity) {
  return {
    name: one.name,
    nameKey: personNameKey(one.name),
    documentType: 'resident_identity_card',
    documentNumber: one.documentNumber,
    birthDay: one.birthDay,
    gender: one.gender,
    mobile: null,
    education: null,
    householdRegistration: null,
    keyGroups: [],
  };
}
