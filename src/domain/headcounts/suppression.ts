// Small-cell protection (domain: 8.5) for readers without the rows and for exports: numbers from 1 to 4 that cross two
// personal attributes are not printed, nor enough others that they could be worked out from totals.
import type { CrossTable } from './cross-table.ts';
import { personalAttributes, type Dimension } from './dimensions.ts';
import type { Overlap } from './count-cells.ts';
import type { Condition } from './query.ts';
import { protectGrid, type Entry, type PrintedNumber } from './protect-grid.ts';

export interface SuppressedTable extends Omit<
  CrossTable,
  'cells' | 'rowTotals' | 'columnTotals' | 'total' | 'overlap'
> {
  readonly cells: readonly (readonly PrintedNumber[])[];
  readonly rowTotals: readonly PrintedNumber[];
  readonly columnTotals: readonly PrintedNumber[];
  readonly total: PrintedNumber;
  /** Null when a total is not printed, since the note would tell it. */
  readonly overlap: { readonly rows: Overlap; readonly columns: Overlap } | null;
}

/** The table as it may be printed for readers without the rows behind it. */
export function suppressTable(table: CrossTable): SuppressedTable {
  const filters = countPersonal(table.where.map(({ dimension }) => dimension));
  const down = filters + countPersonal([table.rows.dimension]);
  const across = filters + countPersonal([table.columns.dimension]);
  const crossing = down + across - filters;
  const line = (values: readonly number[], total: number, cell: boolean, end: boolean): Entry[] => [
    ...values.map((value) => ({ value, protectedSmall: cell })),
    { value: total, protectedSmall: end },
  ];
  const grid = [
    ...table.cells.map((row, r) => line(row, table.rowTotals[r]!, crossing >= 2, down >= 2)),
    line(table.columnTotals, table.total, across >= 2, filters >= 2),
  ];
  const printed = protectGrid(grid);
  const totalsRow = printed.at(-1)!;
  const rowTotals = printed.slice(0, -1).map((row) => row.at(-1)!);
  const totals = [...rowTotals, ...totalsRow];
  return {
    ...table,
    cells: printed.slice(0, -1).map((row) => row.slice(0, -1)),
    rowTotals,
    columnTotals: totalsRow.slice(0, -1),
    total: totalsRow.at(-1)!,
    overlap: totals.every(({ kind }) => kind === 'number') ? table.overlap : null,
  };
}

/** A single number under filters as it may be printed. */
export function suppressNumber(value: number, where: readonly Condition[]): PrintedNumber {
  const crossing = countPersonal(where.map(({ dimension }) => dimension)) >= 2;
  return crossing && value >= 1 && value <= 4 ? { kind: 'small' } : { kind: 'number', value };
}

function countPersonal(dimensions: readonly Dimension[]): number {
  return dimensions.filter((dimension) => personalAttributes.includes(dimension)).length;
}
