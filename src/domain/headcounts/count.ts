// Counts one number: rows, or the owners of rows, each once.
import { notApplicable } from './dimensions.ts';
import { measures, type Measure, type MeasureName, type UnitCode } from './measures.ts';
import { conditionsOf, selectRows, type Query } from './query.ts';
import type { Rows } from './rows.ts';
import { dimensionsOf, rowsAt, type YearColumns } from './year-columns.ts';

/** How many the selected rows are in the unit of the measure. */
export function countSelected(rows: Rows, measure: Measure, selected: Int32Array): number {
  if (measure.counts === 'rows') return selected.length;
  let count = 0;
  let last = -1;
  for (const row of selected) {
    const owner = rows.owner[row]!;
    if (owner !== last) count++;
    last = owner;
  }
  return count;
}

export interface Count {
  /** Null when the filter or scope asks for something these records do not have. */
  readonly value: number | null;
  readonly unit: UnitCode;
}

/** One measure of a year under a query. */
export function countMeasure(columns: YearColumns, name: MeasureName, query: Query): Count {
  const measure: Measure = measures[name];
  if (!applies(measure, query)) return { value: null, unit: measure.unit };
  const rows = rowsAt(columns, measure.table, query.cutOff);
  return { value: countSelected(rows, measure, selectRows(rows, measure, query)), unit: measure.unit };
}

/** Whether the scope reaches the measure's records and they carry every dimension asked for. */
export function applies(measure: Measure, query: Query): boolean {
  const conditions = conditionsOf(query);
  if (conditions === null) return false;
  const carried = dimensionsOf[measure.table];
  return conditions.every(({ dimension, member }) => member === notApplicable || carried.includes(dimension));
}
