// Records one attempt of each candidate given; a re-sit is a further attempt, earlier ones stay.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import {
  isSettled,
  moveAssessment,
  scoreProblems,
  type Assessment,
  type Candidate,
  type Scores,
} from '../../domain/certifications/assessment.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { Conflict, InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';

/** Scores 0 to 100 in steps of 0.5; null where the subject was not sat. */
export interface ScoreRow extends Scores {
  readonly candidateId: string;
}

/**
 * How many candidates got an attempt; a locked assessment is open again. A row equal to the last attempt of the same day
 * changes nothing; a different one of the same day replaces it (a correction), of another day is a re-sit. Throws InvalidInput
 * for a day to come, scores outside 0 to 100, unknown candidates, somebody proposed or certified and an attempt already
 * approved; Conflict when someone saved the same candidate meanwhile.
 */
export async function recordScores(
  deps: Pick<Deps, 'assessments' | 'candidates' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; assessmentId: string; on: string; rows: readonly ScoreRow[] },
): Promise<number> {
  return deps.transaction(async () => {
    const { actor, on } = command;
    const assessment = await deps.assessments.get(actor.scope, command.assessmentId);
    const found = await deps.candidates.find(actor.scope, { assessmentId: assessment.id });
    const candidates = new Map(found.map((one) => [one.id, one]));
    const now = deps.now();
    const rows = command.rows.filter((row) => changes(row, candidates.get(row.candidateId), on));
    const problems = [
      ...(on > dayOf(now) ? [{ field: 'on', code: 'assessments.dayToCome' }] : []),
      ...rows.flatMap((row) => rowProblems(assessment, candidates.get(row.candidateId), row, on)),
    ];
    if (problems.length > 0) throw new InvalidInput(problems);
    if (rows.length === 0) return 0;
    const entered = { on, enteredBy: actor.accountId, at: now };
    const changed = rows.map(({ candidateId, theory, practice }): Candidate => {
      const candidate = candidates.get(candidateId)!;
      const kept =
        candidate.attempts.at(-1)?.on === on ? candidate.attempts.slice(0, -1) : candidate.attempts;
      return { ...candidate, attempts: [...kept, { theory, practice, ...entered }] };
    });
    if ((await deps.candidates.saveMany(changed)) !== changed.length)
      throw new Conflict('shared.changedMeanwhile');
    const opened = moveAssessment(assessment, 'open', { at: now, by: actor.accountId });
    if (opened !== assessment) await deps.assessments.save(opened);
    await deps.events.record({
      what: 'assessment.scored',
      who: actor,
      about: { kind: 'assessment', id: assessment.id },
      when: now,
      before: { scores: changed.map((one) => scoresOf(candidates.get(one.id)!)) },
      after: { satOn: on, scores: changed.map(scoresOf) },
    });
    return changed.length;
  });
}

/** An empty row says nothing; one of somebody settled elsewhere may say again what is on record. */
function changes(row: ScoreRow, candidate: Candidate | undefined, on: string): boolean {
  if (row.theory === null && row.practice === null) return false;
  const last = candidate?.attempts.at(-1);
  if (last === undefined || last.theory !== row.theory || last.practice !== row.practice) return true;
  return last.on !== on && candidate!.batchId === null && candidate!.certificateId === null;
}

function rowProblems(
  assessment: Assessment,
  candidate: Candidate | undefined,
  row: ScoreRow,
  on: string,
): FieldProblem[] {
  const at = (field: string) => `${field}.${row.candidateId}`;
  if (candidate === undefined) return [{ field: row.candidateId, code: 'assessments.unknownCandidate' }];
  const { name } = candidate;
  const refuse = (code: string): FieldProblem[] => [{ field: at('theory'), code, details: { name } }];
  if (candidate.batchId !== null) return refuse('assessments.proposedAlready');
  if (candidate.certificateId !== null) return refuse('assessments.certifiedAlready');
  const last = candidate.attempts.at(-1);
  if (last?.on === on && isSettled(assessment, last)) return refuse('assessments.settled');
  return scoreProblems(row).map(({ field, code, details }) => ({
    field: at(field),
    code,
    details: { ...details, name },
  }));
}

function scoresOf(candidate: Candidate): object {
  const last = candidate.attempts.at(-1);
  return {
    candidate: candidate.id,
    attempts: candidate.attempts.length,
    theory: last?.theory ?? null,
    practice: last?.practice ?? null,
  };
}
