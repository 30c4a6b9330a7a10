// A cross-table of any two dimensions: every cell and every total is counted in one pass, none is added up.
import { compareMembers, severalPerPerson, standingMembers, type Dimension } from './dimensions.ts';
import { measures, type Measure, type MeasureName, type UnitCode } from './measures.ts';
import { columnOf, membersByCode, selectRows, type Condition, type Query } from './query.ts';
import type { Column } from './rows.ts';
import { rowsAt, type YearColumns } from './year-columns.ts';
import { applies } from './count.ts';
import { countCells, type Overlap } from './count-cells.ts';

export interface TableQuery extends Query {
  readonly rows: Dimension;
  readonly columns: Dimension;
  readonly measure: MeasureName;
}

export interface Axis {
  readonly dimension: Dimension;
  readonly members: readonly string[];
  /** A person can be in several members at one event, so even person-times do not add up along it. */
  readonly severalPerPerson: boolean;
}

export interface CrossTable {
  readonly measure: MeasureName;
  readonly unit: UnitCode;
  readonly rows: Axis;
  readonly columns: Axis;
  /** `cells[row][column]`, in the order of the axes' members. */
  readonly cells: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  readonly overlap: { readonly rows: Overlap; readonly columns: Overlap };
  readonly where: readonly Condition[];
  /** False when the scope or a filter asks for what these records do not have: then print no numbers. */
  readonly applicable: boolean;
}

/** The table with all members that hold something, months, areas and age bands also at zero. */
export function countTable(columns: YearColumns, query: TableQuery): CrossTable {
  const measure: Measure = measures[query.measure];
  const rows = rowsAt(columns, measure.table, query.cutOff);
  const down = columnOf(rows, query.rows);
  const across = columnOf(rows, query.columns);
  const counted = countCells({
    selected: selectRows(rows, measure, query),
    owner: measure.counts === 'owners' ? rows.owner : null,
    down: { codes: down.codes, members: membersByCode(down), size: down.members.length },
    across: { codes: across.codes, members: membersByCode(across), size: across.members.length },
  });
  const rowAxis = printed(query.rows, down, counted.rowTotals, columns.areaCodes);
  const columnAxis = printed(query.columns, across, counted.columnTotals, columns.areaCodes);
  const width = across.members.length;
  return {
    measure: query.measure,
    unit: measure.unit,
    rows: axis(query.rows, rowAxis),
    columns: axis(query.columns, columnAxis),
    cells: rowAxis.map(({ at: row }) =>
      columnAxis.map(({ at: column }) => (row < 0 || column < 0 ? 0 : counted.cells[row * width + column]!)),
    ),
    rowTotals: rowAxis.map(({ at }) => (at < 0 ? 0 : counted.rowTotals[at]!)),
    columnTotals: columnAxis.map(({ at }) => (at < 0 ? 0 : counted.columnTotals[at]!)),
    total: counted.total,
    overlap: counted.overlap,
    where: query.where ?? [],
    applicable: applies(measure, query),
  };
}

/** The members to print with their place in the column, -1 for one that no row has. */
function printed(
  dimension: Dimension,
  column: Column,
  totals: Int32Array,
  areaCodes: readonly string[],
): { member: string; at: number }[] {
  const standing = standingMembers(dimension, areaCodes);
  const found = column.members.filter((member, at) => totals[at]! > 0 && !standing.includes(member));
  return [...standing, ...found]
    .sort(compareMembers(dimension, areaCodes))
    .map((member) => ({ member, at: column.members.indexOf(member) }));
}

function axis(dimension: Dimension, members: readonly { member: string }[]): Axis {
  return {
    dimension,
    members: members.map(({ member }) => member),
    severalPerPerson: severalPerPerson.includes(dimension),
  };
}
