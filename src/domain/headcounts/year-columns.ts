// A year in columns: derived from facts, never the truth, rebuilt whenever the records change.
import {
  apprenticeDimensions,
  apprenticeRows,
  programmeDimensions,
  programmeRows,
} from './apprenticeship-rows.ts';
import { certificateDimensions, certificateRows } from './certificate-rows.ts';
import type { Dimension } from './dimensions.ts';
import type { YearFacts } from './facts.ts';
import { countUpTo, instantsOf } from './instants.ts';
import type { TableName } from './measures.ts';
import { recognitionDimensions, recognitionRows } from './recognition-rows.ts';
import type { Rows } from './rows.ts';
import { trainingDimensions, trainingRows } from './training-rows.ts';
import { partitionOf, type YearPartition } from './year-partition.ts';

export interface YearColumns {
  readonly year: number;
  readonly lastChange: number;
  readonly areaCodes: readonly string[];
  readonly partition: YearPartition;
  readonly instants: Float64Array;
  /** Rows already made, by the number of changes they contain; a later cut-off without new changes finds them again. */
  readonly made: Map<number, Partial<Record<TableName, Rows>>>;
}

const keptCutOffs = 3;

/** The year's facts made ready for counting at any cut-off; throws when the facts contradict themselves. */
export function buildYear(facts: YearFacts, year: number): YearColumns {
  return columnsOf(partitionOf(facts, year), {
    year,
    lastChange: facts.lastChange,
    areaCodes: facts.areaCodes,
  });
}

/** Columns over a partition that is already cut out, for recounting a year with one fact changed. */
export function columnsOf(
  partition: YearPartition,
  about: Pick<YearColumns, 'year' | 'lastChange' | 'areaCodes'>,
): YearColumns {
  const { year, lastChange, areaCodes } = about;
  return { year, lastChange, areaCodes, partition, instants: instantsOf(partition), made: new Map() };
}

/** The rows of a table as they stood at the cut-off. */
export function rowsAt(columns: YearColumns, table: TableName, cutOff: Date): Rows {
  const instant = cutOff.getTime();
  if (!Number.isFinite(instant)) throw new Error('The cut-off is not an instant');
  const changes = countUpTo(columns.instants, instant);
  const made = columns.made.get(changes) ?? {};
  columns.made.delete(changes);
  columns.made.set(changes, made);
  for (const oldest of columns.made.keys()) {
    if (columns.made.size > keptCutOffs) columns.made.delete(oldest);
  }
  return (made[table] ??= makers[table](columns, instant));
}

const makers: Record<TableName, (columns: YearColumns, instant: number) => Rows> = {
  training: (columns, instant) => trainingRows(columns.partition.cohorts, question(columns, instant)),
  workTraining: (columns, instant) =>
    trainingRows(columns.partition.workTrainingCohorts, question(columns, instant)),
  certificates: (columns, instant) =>
    certificateRows(columns.partition.certificates, question(columns, instant)),
  programmes: (columns, instant) => programmeRows(columns.partition, question(columns, instant)),
  apprentices: (columns, instant) => apprenticeRows(columns.partition, question(columns, instant)),
  recognitions: (columns, instant) =>
    recognitionRows(columns.partition.recognitions, question(columns, instant)),
};

function question(columns: YearColumns, instant: number) {
  return { year: columns.year, instant, areas: new Set(columns.areaCodes) };
}

/** The dimensions a table's rows carry; filtering by another one does not apply to it. */
export const dimensionsOf: Readonly<Record<TableName, readonly Dimension[]>> = {
  training: trainingDimensions,
  workTraining: trainingDimensions,
  certificates: certificateDimensions,
  programmes: programmeDimensions,
  apprentices: apprenticeDimensions,
  recognitions: recognitionDimensions,
};
