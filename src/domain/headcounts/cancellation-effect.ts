// What cancelling a training session would take from F13, counted before it is done.
import { countMeasure } from './count.ts';
import type { Query } from './query.ts';
import { trainingRows } from './training-rows.ts';
import type { YearColumns } from './year-columns.ts';

export interface CancellationEffect {
  readonly year: number;
  /** Person-times (人次) of the session that count now. */
  readonly personTimes: number;
  /** F13 of the year in the viewer's scope, person-times (人次). */
  readonly before: number;
  readonly after: number;
}

/** What F13 of the year loses when the session is cancelled, or null when none of its enrolments count in it. */
export function countCancellationEffect(
  columns: YearColumns,
  sessionId: string,
  query: Query,
): CancellationEffect | null {
  const { year, areaCodes, partition } = columns;
  const cohorts = partition.cohorts.filter(({ session }) => session.id === sessionId);
  const question = { year, instant: query.cutOff.getTime(), areas: new Set(areaCodes) };
  const personTimes = trainingRows(cohorts, question).size;
  const before = countMeasure(columns, 'personTimes', query).value;
  if (personTimes === 0 || before === null) return null;
  return { year, personTimes, before, after: before - personTimes };
}
