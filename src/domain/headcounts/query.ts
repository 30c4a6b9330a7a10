// A query says as of when, for whom, and for which part of the year; all of it ends as conditions on rows.
import type { Scope } from '../accounts/scope.ts';
import { months, notApplicable, type Dimension } from './dimensions.ts';
import type { Measure } from './measures.ts';
import type { Column, Rows } from './rows.ts';

/** A row meets it when it is in the member (for key groups: also in it). */
export interface Condition {
  readonly dimension: Dimension;
  readonly member: string;
}

export interface Query {
  /** What was recorded after this instant is not known. */
  readonly cutOff: Date;
  /** The viewer's scope; one without records of a year sees nothing. */
  readonly scope: Scope;
  /** Filters the viewer chose; all must hold. */
  readonly where?: readonly Condition[] | undefined;
  /** Months of the year, first and last included; the whole year when absent. */
  readonly period?: { readonly from: number; readonly to: number } | undefined;
}

/** The conditions of scope and filters together; null when the scope reaches no rows at all. */
export function conditionsOf(query: Query): readonly Condition[] | null {
  const own = conditionOfScope(query.scope);
  return own === null ? null : [...own, ...(query.where ?? [])];
}

function conditionOfScope(scope: Scope): readonly Condition[] | null {
  switch (scope.kind) {
    case 'district':
      return [];
    case 'area':
      return [{ dimension: 'area', member: scope.areaCode }];
    case 'centre':
      return [{ dimension: 'centre', member: scope.centreId }];
    case 'evaluator':
      return [{ dimension: 'evaluator', member: scope.evaluatorId }];
    default:
      return null;
  }
}

/** The numbers of the rows a measure counts under a query, ascending: every count and every list starts here. */
export function selectRows(rows: Rows, measure: Measure, query: Query): Int32Array {
  const conditions = conditionsOf(query);
  if (conditions === null) return new Int32Array(0);
  const tests = conditions.map(({ dimension, member }) =>
    testOf(rows, dimension, (other) => other === member),
  );
  if (query.period !== undefined) {
    const within = monthsOf(query.period);
    tests.push(testOf(rows, 'month', (month) => within.includes(month)));
  }
  const selected = new Int32Array(rows.size);
  let count = 0;
  for (let row = 0; row < rows.size; row++) {
    if ((rows.marks[row]! & measure.mark) !== measure.mark) continue;
    if (meetsAll(tests, row)) selected[count++] = row;
  }
  return selected.subarray(0, count);
}

interface Test {
  readonly codes: Uint16Array;
  /** By code: 1 when rows with it are in. */
  readonly allowed: Uint8Array;
}

function testOf(rows: Rows, dimension: Dimension, isIn: (member: string) => boolean): Test {
  const column = columnOf(rows, dimension);
  const byMember = column.members.map(isIn);
  const allowed = membersByCode(column).map((members) =>
    members.some((member) => byMember[member]) ? 1 : 0,
  );
  return { codes: column.codes, allowed: Uint8Array.from(allowed) };
}

function meetsAll(tests: readonly Test[], row: number): boolean {
  for (const test of tests) if (test.allowed[test.codes[row]!] === 0) return false;
  return true;
}

function monthsOf({ from, to }: { from: number; to: number }): readonly string[] {
  const sound = Number.isInteger(from) && Number.isInteger(to) && from >= 1 && from <= to && to <= 12;
  if (!sound) throw new RangeError(`Months ${from} to ${to} are no period of a year`);
  return months.slice(from - 1, to);
}

/** A dimension the rows do not carry has one member: not applicable. */
export function columnOf(rows: Rows, dimension: Dimension): Column {
  const column = rows.columns[dimension];
  return column ?? { members: [notApplicable], codes: new Uint16Array(rows.size), sets: null };
}

/** For each code of a column the members a row with it is in. */
export function membersByCode(column: Column): readonly (readonly number[])[] {
  return column.sets ?? column.members.map((_, member) => [member]);
}
