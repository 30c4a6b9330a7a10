// The instants at which anything in a year changed: between two of them every cut-off gives the same numbers.
import type { DatedDay, DatedState } from './facts.ts';
import type { CohortFacts } from './training-rows.ts';
import type { YearPartition } from './year-partition.ts';

/** All instants of change in the partition, ascending, each once; throws on one that is not a number. */
export function instantsOf(partition: YearPartition): Float64Array {
  const instants = new Set<number>();
  const note = (instant: number | null): void => {
    if (instant === null) return;
    if (!Number.isFinite(instant)) throw new Error('A fact has no instant of recording');
    instants.add(instant);
  };
  const noteAll = (entries: readonly (DatedDay | DatedState<string>)[]): void => {
    for (const entry of entries) note(entry.at);
  };
  const noteCohort = ({ session, enrolments }: CohortFacts): void => {
    noteAll(session.states);
    noteAll(session.firstHeld);
    noteAll(session.startDays);
    for (const enrolment of enrolments) noteAll(enrolment.states);
  };
  partition.cohorts.forEach(noteCohort);
  partition.workTrainingCohorts.forEach(noteCohort);
  for (const certificate of [...partition.certificates.ofYear, ...partition.certificates.earlier]) {
    note(certificate.recordedAt);
    note(certificate.endedAt);
  }
  for (const programme of partition.programmes) noteAll(programme.states);
  for (const { recordedAt, undoneAt } of partition.apprentices) [recordedAt, undoneAt].forEach(note);
  for (const { recordedAt, annulledAt } of partition.recognitions) [recordedAt, annulledAt].forEach(note);
  return Float64Array.from(instants).sort();
}

/** How many of the instants lie at or before the cut-off. */
export function countUpTo(instants: Float64Array, cutOff: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle]! <= cutOff) low = middle + 1;
    else high = middle;
  }
  return low;
}
