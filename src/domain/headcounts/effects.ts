// What an act would change, counted before it is done: every number of a year that depends on certain records, before and after.
import { countMeasure } from './count.ts';
import { figureRules } from './figures.ts';
import { measures, type MeasureName, type TableName, type UnitCode } from './measures.ts';
import { countMonths } from './month-series.ts';
import type { Query } from './query.ts';
import type { YearColumns } from './year-columns.ts';

export interface Effect {
  readonly year: number;
  readonly code: string;
  /** The figure's own measure or one of its companions. */
  readonly measure: MeasureName;
  readonly unit: UnitCode;
  readonly before: number;
  readonly after: number;
  /** The months (1 to 12) that change; two of them may, and the total not, when a person moves to another month. */
  readonly months: readonly { readonly month: number; readonly before: number; readonly after: number }[];
}

/** The figures and companions counted from these tables that differ between the year as it is and as it would be. */
export function compareNumbers(
  before: YearColumns,
  after: YearColumns,
  query: Query,
  tables: readonly TableName[],
): readonly Effect[] {
  return figureRules.flatMap(({ code, measure, companions }) =>
    [measure, ...companions]
      .filter((name) => tables.includes(measures[name].table))
      .flatMap((name) => compare(before, after, { code, measure: name, query }) ?? []),
  );
}

function compare(
  columns: YearColumns,
  changed: YearColumns,
  { code, measure, query }: { code: string; measure: MeasureName; query: Query },
): Effect | null {
  const before = countMeasure(columns, measure, query);
  const after = countMeasure(changed, measure, query);
  if (before.value === null || after.value === null) return null;
  const monthsBefore = countMonths(columns, { ...query, measure }).months;
  const monthsAfter = countMonths(changed, { ...query, measure }).months;
  const months = monthsBefore
    .map((value, index) => ({ month: index + 1, before: value, after: monthsAfter[index]! }))
    .filter((month) => month.before !== month.after);
  if (before.value === after.value && months.length === 0) return null;
  return {
    year: columns.year,
    code,
    measure,
    unit: before.unit,
    before: before.value,
    after: after.value,
    months,
  };
}
