// Decides which numbers of a table with totals are withheld. Each small one gets a witness: four withheld numbers at the
// corners of a rectangle which could each be one more or one less with everything printed staying true.

/** `small` prints <5; `hidden` prints a sign of its own and may be any number. */
export type PrintedNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'small' }
  | { readonly kind: 'hidden' };

export interface Entry {
  readonly value: number;
  /** Whether 1 to 4 must not be printed here. */
  readonly protectedSmall: boolean;
}

type Mark = PrintedNumber['kind'];

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The printed form of a grid whose last row and last column are its totals. */
export function protectGrid(grid: readonly (readonly Entry[])[]): PrintedNumber[][] {
  const marks: Mark[][] = grid.map((row) => row.map((entry) => (isSmall(entry) ? 'small' : 'number')));
  for (const [row, entries] of grid.entries()) {
    for (const [column, entry] of entries.entries()) {
      if (!isSmall(entry)) continue;
      const witness = cheapestWitness(grid, marks, { row, column });
      if (witness === null) return grid.map((line) => line.map(() => ({ kind: 'hidden' })));
      for (const place of witness) {
        if (marks[place.row]![place.column] === 'number') marks[place.row]![place.column] = 'hidden';
      }
    }
  }
  return grid.map((line, row) => line.map((entry, column) => print(entry, marks[row]![column]!)));
}

function print(entry: Entry, mark: Mark): PrintedNumber {
  return mark === 'number' ? { kind: 'number', value: entry.value } : { kind: mark };
}

function isSmall(entry: Entry): boolean {
  return entry.protectedSmall && entry.value >= 1 && entry.value <= 4;
}

/** The rectangle through a small number that withholds least; null when none leaves room for another value. */
function cheapestWitness(
  grid: readonly (readonly Entry[])[],
  marks: readonly (readonly Mark[])[],
  small: Place,
): readonly Place[] | null {
  let best: readonly Place[] | null = null;
  let lowest = Infinity;
  for (let row = 0; row < grid.length; row++) {
    for (let column = 0; column < grid[0]!.length; column++) {
      if (row === small.row || column === small.column) continue;
      const corners = [small, { row: small.row, column }, { row, column }, { row, column: small.column }];
      const cost = corners.reduce((sum, place) => sum + costOf(grid, marks, place), 0);
      if (cost < lowest && (canMove(grid, corners, 1) || canMove(grid, corners, -1))) {
        best = corners;
        lowest = cost;
      }
    }
  }
  return best;
}

/** Small numbers are withheld first; a total is never below its cells, so it goes last. What is withheld is free. */
function costOf(
  grid: readonly (readonly Entry[])[],
  marks: readonly (readonly Mark[])[],
  { row, column }: Place,
): number {
  return marks[row]![column] === 'number' ? 1 + grid[row]![column]!.value : 0;
}

/** Whether the four can shift by one around the rectangle, all sums kept, and each stay what its sign says it is. */
function canMove(grid: readonly (readonly Entry[])[], corners: readonly Place[], step: 1 | -1): boolean {
  return corners.every((place, index) => {
    const around = index % 2 === 0 ? step : -step;
    const isTotal = (place.row === grid.length - 1) !== (place.column === grid[0]!.length - 1);
    const entry = grid[place.row]![place.column]!;
    const moved = entry.value + (isTotal ? -around : around);
    if (isSmall(entry)) return moved >= 1 && moved <= 4;
    return entry.protectedSmall ? moved >= 5 : moved >= 0;
  });
}
