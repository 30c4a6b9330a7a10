// Records one attempt of each candidate given; a re-sit is a further attempt, earlier ones stay.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireOpen, type Candidate } from '../../domain/certifications/assessment.ts';
import { Conflict, InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';

export interface ScoreRow {
  readonly candidateId: string;
  /** 0 to 100 in steps of 0.5; null where the subject was not sat. */
  readonly theory: number | null;
  readonly practice: number | null;
}

/**
 * How many candidates got an attempt. A row equal to the last attempt of the same day changes nothing; a different one of
 * the same day replaces it (a correction), of another day is a re-sit. Throws InvalidInput for scores outside 0 to 100 or
 * unknown candidates, RuleBroken assessments.locked, Conflict when someone saved the same candidate meanwhile.
 */
export async function recordScores(
  deps: Pick<Deps, 'assessments' | 'candidates' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; assessmentId: string; on: string; rows: readonly ScoreRow[] },
): Promise<number> {
  const problems = command.rows.flatMap((row) => rowProblems(row));
  if (problems.length > 0) throw new InvalidInput(problems);
  return deps.transaction(async () => {
    const assessment = await deps.assessments.get(command.actor.scope, command.assessmentId);
    requireOpen(assessment);
    const candidates = new Map(
      (await deps.candidates.find(command.actor.scope, { assessmentId: assessment.id })).map((c) => [
        c.id,
        c,
      ]),
    );
    const now = deps.now();
    const changed: Candidate[] = [];
    for (const row of command.rows) {
      const candidate = candidates.get(row.candidateId);
      if (candidate === undefined)
        throw new InvalidInput([{ field: row.candidateId, code: 'assessments.unknownCandidate' }]);
      if (row.theory === null && row.practice === null) continue;
      const last = candidate.attempts.at(-1);
      if (last?.on === command.on && last.theory === row.theory && last.practice === row.practice) continue;
      const kept = last?.on === command.on ? candidate.attempts.slice(0, -1) : candidate.attempts;
      const attempt = {
        on: command.on,
        theory: row.theory,
        practice: row.practice,
        enteredBy: command.actor.accountId,
        at: now,
      };
      changed.push({ ...candidate, attempts: [...kept, attempt] });
    }
    if (changed.length === 0) return 0;
    if ((await deps.candidates.saveMany(changed)) !== changed.length)
      throw new Conflict('shared.changedMeanwhile');
    await deps.events.record({
      what: 'assessment.scored',
      who: command.actor,
      about: { kind: 'assessment', id: assessment.id },
      when: now,
      before: { scores: changed.map((c) => scoresOf(candidates.get(c.id)!)) },
      after: { on: command.on, scores: changed.map(scoresOf) },
    });
    return changed.length;
  });
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

function rowProblems(row: ScoreRow): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const subject of ['theory', 'practice'] as const) {
    const score = row[subject];
    if (score === null) continue;
    if (!(score >= 0 && score <= 100) || !Number.isInteger(score * 2)) {
      problems.push({
        field: `${subject}.${row.candidateId}`,
        code: 'assessments.scoreOutOfRange',
        details: { score },
      });
    }
  }
  return problems;
}
