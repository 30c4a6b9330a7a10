// The part of the facts that can touch a year at any cut-off; facts that contradict themselves are refused, not skipped.
import { mayCount, mayPrecede } from './certificate-rows.ts';
import { yearOf } from './event-day.ts';
import type { CertificateFact, EnrolmentFact, SessionFact, YearFacts } from './facts.ts';
import { keepsNoLessons, workTraining, type CohortFacts } from './training-rows.ts';

export interface YearPartition extends Pick<YearFacts, 'programmes' | 'apprentices' | 'recognitions'> {
  readonly cohorts: readonly CohortFacts[];
  readonly workTrainingCohorts: readonly CohortFacts[];
  readonly certificates: {
    readonly ofYear: readonly CertificateFact[];
    readonly earlier: readonly CertificateFact[];
  };
}

/** The year's share of the facts; throws naming the record when one is listed twice or points at a missing one. */
export function partitionOf(facts: YearFacts, year: number): YearPartition {
  checkUnique(
    'training session',
    facts.sessions.map((session) => session.id),
  );
  checkUnique(
    'enrolment',
    facts.enrolments.map((enrolment) => enrolment.id),
  );
  checkUnique(
    'certificate',
    facts.certificates.map((certificate) => certificate.id),
  );
  checkUnique(
    'programme',
    facts.programmes.map((programme) => programme.id),
  );
  checkUnique(
    'recognition',
    facts.recognitions.map((recognition) => recognition.id),
  );
  const programmes = new Set(facts.programmes.map((programme) => programme.id));
  for (const { id, programmeId } of facts.apprentices) {
    if (!programmes.has(programmeId)) throw missing(`apprentice ${id}`, `programme ${programmeId}`);
  }
  const cohorts = cohortsOf(facts, year);
  return {
    cohorts: cohorts.filter(({ session }) => session.kind !== workTraining),
    workTrainingCohorts: cohorts.filter(({ session }) => session.kind === workTraining),
    certificates: certificatesOf(facts, year),
    programmes: facts.programmes,
    apprentices: facts.apprentices,
    recognitions: facts.recognitions,
  };
}

function cohortsOf(facts: YearFacts, year: number): CohortFacts[] {
  const all = new Map<string, EnrolmentFact[]>(facts.sessions.map((session) => [session.id, []]));
  for (const enrolment of facts.enrolments) {
    const cohort = all.get(enrolment.sessionId);
    if (cohort === undefined) throw missing(`enrolment ${enrolment.id}`, `session ${enrolment.sessionId}`);
    cohort.push(enrolment);
  }
  return facts.sessions
    .filter((session) => mayStartIn(session, year))
    .map((session) => ({ session, enrolments: all.get(session.id)! }));
}

/** Whether the session started in the year at some cut-off; a later change of day may have moved it away again. */
function mayStartIn(session: SessionFact, year: number): boolean {
  const days = keepsNoLessons(session) ? [...session.firstHeld, ...session.startDays] : session.firstHeld;
  return days.some(({ day }) => day !== null && yearOf(day) === year);
}

function certificatesOf(facts: YearFacts, year: number): YearPartition['certificates'] {
  const ofYear = facts.certificates.filter((certificate) => mayCount(certificate, year, facts.districtCode));
  const persons = new Set(ofYear.map((certificate) => certificate.personId));
  const earlier = facts.certificates.filter(
    (certificate) => persons.has(certificate.personId) && mayPrecede(certificate, year),
  );
  return { ofYear, earlier };
}

function checkUnique(noun: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`The ${noun} ${id} is listed twice and would be counted twice`);
    seen.add(id);
  }
}

function missing(what: string, other: string): Error {
  return new Error(`The ${what} belongs to the ${other}, which is not among the facts`);
}
