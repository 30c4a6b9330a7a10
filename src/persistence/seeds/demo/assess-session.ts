// The assessment that ends a session, with re-sits, and its completion certificates.
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { addCohort } from '../../../use-cases/assessments/add-candidates.ts';
import { openCompletionAssessment } from '../../../use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../../use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../use-cases/certifications/propose-batch.ts';
import type { Body } from './bodies.ts';
import { at } from './clock.ts';
import { type PlannedSession } from './plan.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

export async function assess(
  stage: Stage,
  given: { staff: Actor; centre: Body; sessionId: string; endsOn: string; plan: PlannedSession },
): Promise<void> {
  const { deps, random } = stage;
  const { staff } = given;
  const on = addDays(given.endsOn, 2);
  const assessment = await openCompletionAssessment(at(deps, on), {
    actor: staff,
    sessionId: given.sessionId,
    heldOn: on,
  });
  await addCohort(at(deps, on), { actor: staff, assessmentId: assessment.id });
  const candidates = await deps.candidates.find(staff.scope, { assessmentId: assessment.id });
  const rows = candidates.map((one) => ({
    candidateId: one.id,
    theory: score(random),
    practice: score(random),
  }));
  await recordScores(at(deps, on, 16), { actor: staff, assessmentId: assessment.id, on, rows });
  const failed = rows.filter((row) => row.theory < 60 || row.practice < 60);
  if (failed.length > 0 && random.chance(0.5)) {
    const later = addDays(on, 5);
    await recordScores(at(deps, later, 16), {
      actor: staff,
      assessmentId: assessment.id,
      on: later,
      rows: failed.map((row) => ({
        candidateId: row.candidateId,
        theory: random.int(58, 80),
        practice: random.int(58, 80),
      })),
    });
  }
  if (!given.plan.certifiesCompletion) return;
  const issuedOn = addDays(on, 8);
  const batch = await proposeBatch(at(deps, issuedOn, 9), { actor: staff, assessmentId: assessment.id });
  await issueBatch(at(deps, issuedOn, 15), {
    actor: given.centre.approver,
    batchId: batch.id,
    printFiles: false,
  });
}

/** A score between 40 and 98, most of them passing. */
export function score(random: Random): number {
  return random.chance(0.05) ? random.int(40, 59) : random.int(60, 98);
}
