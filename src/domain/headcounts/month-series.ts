// The twelve months of a measure, beside the same months of the year before.
import type { Overlap } from './count-cells.ts';
import { countTable } from './cross-table.ts';
import type { MeasureName, UnitCode } from './measures.ts';
import type { Query } from './query.ts';
import type { YearColumns } from './year-columns.ts';

export interface MonthSeries {
  readonly year: number;
  readonly unit: UnitCode;
  /** January to December. */
  readonly months: readonly number[];
  /** Counted over the year, so persons seen in two months are in it once. */
  readonly total: number;
  readonly overlap: Overlap;
  readonly applicable: boolean;
}

/** The measure month by month, and over the whole year. */
export function countMonths(
  columns: YearColumns,
  query: Query & { readonly measure: MeasureName },
): MonthSeries {
  const table = countTable(columns, { ...query, rows: 'month', columns: 'kind' });
  return {
    year: columns.year,
    unit: table.unit,
    months: table.rowTotals,
    total: table.total,
    overlap: table.overlap.rows,
    applicable: table.applicable,
  };
}

export interface YearComparison {
  readonly now: MonthSeries;
  readonly before: MonthSeries | null;
  /** Null where there is no year before; `share` also where it counted 0. */
  readonly change: { readonly difference: number; readonly share: number | null } | null;
}

/** A measure this year and last, both as known at the same cut-off. */
export function compareMonths(
  now: YearColumns,
  before: YearColumns | null,
  query: Query & { readonly measure: MeasureName },
): YearComparison {
  const series = countMonths(now, query);
  if (before === null) return { now: series, before: null, change: null };
  const earlier = countMonths(before, query);
  const difference = series.total - earlier.total;
  const share = earlier.total === 0 ? null : difference / earlier.total;
  return { now: series, before: earlier, change: { difference, share } };
}
