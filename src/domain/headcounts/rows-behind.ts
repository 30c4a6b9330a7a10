// The records behind a number: the same selection as the count, handed back as ids.
import { measures, type Measure, type MeasureName, type UnitCode } from './measures.ts';
import { selectRows, type Query } from './query.ts';
import { rowsAt, type YearColumns } from './year-columns.ts';

export interface FoundEntry {
  /** The person, enterprise, studio or platform. */
  readonly ownerId: string;
  /** Its records that are counted: enrolments, certificates, programmes, apprentices or recognitions. */
  readonly recordIds: readonly string[];
}

export interface FoundRows {
  /** As many as the number says: one a record, or one an owner where owners are counted. */
  readonly entries: readonly FoundEntry[];
  readonly count: number;
  readonly unit: UnitCode;
}

/** What a number counts; a cell's rows are those of its query with the cell's two members among the conditions. */
export function findRows(columns: YearColumns, query: Query & { readonly measure: MeasureName }): FoundRows {
  const measure: Measure = measures[query.measure];
  const rows = rowsAt(columns, measure.table, query.cutOff);
  const entries: { ownerId: string; recordIds: string[] }[] = [];
  let last = -1;
  for (const row of selectRows(rows, measure, query)) {
    const owner = rows.owner[row]!;
    const recordId = rows.recordIds[row]!;
    if (measure.counts === 'owners' && owner === last) entries.at(-1)!.recordIds.push(recordId);
    else entries.push({ ownerId: rows.ownerIds[owner]!, recordIds: [recordId] });
    last = owner;
  }
  return { entries, count: entries.length, unit: measure.unit };
}
