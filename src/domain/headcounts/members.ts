// Which members a dimension has: those a filter may name, and those that hold something in a year.
import {
  compareMembers,
  notApplicable,
  order,
  outside,
  standingMembers,
  unknown,
  type Dimension,
} from './dimensions.ts';
import { measures, tables, type MeasureName } from './measures.ts';
import { columnOf, membersByCode, selectRows, type Query } from './query.ts';
import { rowsAt, type YearColumns } from './year-columns.ts';

/** Whether a member has the shape of one; of bodies, occupations, kinds and funding sources any code has, and whether there is one is asked elsewhere. */
export function mayBeMember(dimension: Dimension, member: string, areaCodes: readonly string[]): boolean {
  if (member === unknown || member === notApplicable) return true;
  if (dimension === 'area') return member === outside || areaCodes.includes(member);
  return order[dimension]?.includes(member) ?? /^[^\s,$]{1,64}$/.test(member);
}

/** Whether anything of the year is on record under the member at the cut-off, and be it under one no list knows any more. */
export function holdsMember(
  columns: YearColumns,
  dimension: Dimension,
  member: string,
  cutOff: Date,
): boolean {
  if (member === unknown || member === notApplicable) return true;
  return tables.some((table) => rowsAt(columns, table, cutOff).columns[dimension]?.members.includes(member));
}

/** The members of a dimension that hold something of a measure, months, areas and age bands also at zero, in order of print. */
export function membersOf(
  columns: YearColumns,
  query: Query & { readonly measure: MeasureName; readonly dimension: Dimension },
): readonly string[] {
  const measure = measures[query.measure];
  const rows = rowsAt(columns, measure.table, query.cutOff);
  const column = columnOf(rows, query.dimension);
  const byCode = membersByCode(column);
  const found = new Set(standingMembers(query.dimension, columns.areaCodes));
  for (const row of selectRows(rows, measure, query))
    for (const member of byCode[column.codes[row]!]!) found.add(column.members[member]!);
  return [...found].sort(compareMembers(query.dimension, columns.areaCodes));
}
