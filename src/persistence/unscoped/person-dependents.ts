// What has come to depend on enrolments, by whomever: an evaluator's assessment is out of a centre's sight, yet keeps its
// import from being taken back. Only numbers of persons come out.
import type { Candidates } from '../assessments.ts';

/** Persons among the enrolments asked about. */
export interface Dependents {
  readonly certified: number;
  readonly assessed: number;
}

export type PersonDependents = ReturnType<typeof createPersonDependents>;

export function createPersonDependents(candidates: Candidates) {
  return {
    /** Persons with a certificate, and with an assessment, among these enrolments. */
    async ofEnrolments(enrolmentIds: readonly string[]): Promise<Dependents> {
      if (enrolmentIds.length === 0) return { certified: 0, assessed: 0 };
      const found = await candidates.model
        .find({ enrolmentId: { $in: [...enrolmentIds] } }, { personId: 1, certificateId: 1 })
        .lean();
      const persons = (chosen: typeof found) => new Set(chosen.map((one) => one['personId'] as string)).size;
      return { certified: persons(found.filter((one) => one['certificateId'])), assessed: persons(found) };
    },
  };
}
