// The year somebody means who names none.
import type { Deps } from '../../deps.ts';
import { dayOf, yearOf } from '../../domain/shared/calendar-day.ts';

/** The latest year on record that has begun; this year when there is none. */
export async function latestYear(deps: Pick<Deps, 'headcounts'>, now: Date): Promise<number> {
  const thisYear = yearOf(dayOf(now));
  const { recorded } = await deps.headcounts.years([thisYear]);
  return recorded.filter((one) => one <= thisYear).at(-1) ?? thisYear;
}
