// Two attacks on a printed table with totals in its last row and column, written apart from what they attack.

const isWithheld = (printed: string) => printed === '<5' || printed === '…';

/** Places of withheld numbers that follow from the printed ones by adding and subtracting lines (exact elimination). */
export function solveForFixed(grid: readonly (readonly string[])[]): string[] {
  const [height, width] = [grid.length, grid[0]!.length];
  const places: string[] = [];
  grid.forEach((row, r) => row.forEach((printed, c) => isWithheld(printed) && places.push(`${r},${c}`)));
  const equations: number[][] = [];
  const equation = (line: readonly [number, number][]) => {
    const row = places.map(() => 0);
    line.forEach(([r, c], index) => {
      const unknown = places.indexOf(`${r},${c}`);
      if (unknown >= 0) row[unknown] = index === line.length - 1 ? -1 : 1;
    });
    equations.push(row);
  };
  for (let r = 0; r < height; r++) equation(Array.from({ length: width }, (_, c) => [r, c]));
  for (let c = 0; c < width; c++) equation(Array.from({ length: height }, (_, r) => [r, c]));
  reduce(equations);
  return equations
    .filter((row) => row.filter((n) => Math.abs(n) > 1e-9).length === 1)
    .map((row) => places[row.findIndex((n) => Math.abs(n) > 1e-9)]!);
}

/** Gauss and Jordan: a row left with one unknown fixes it. */
function reduce(rows: number[][]): void {
  let pivotRow = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0) && pivotRow < rows.length; column++) {
    const found = rows.findIndex((row, index) => index >= pivotRow && Math.abs(row[column]!) > 1e-9);
    if (found < 0) continue;
    [rows[pivotRow], rows[found]] = [rows[found]!, rows[pivotRow]!];
    const pivot = rows[pivotRow]!;
    const scale = pivot[column]!;
    pivot.forEach((n, index) => (pivot[index] = n / scale));
    rows.forEach((row, index) => {
      if (index === pivotRow || Math.abs(row[column]!) < 1e-9) return;
      const factor = row[column]!;
      row.forEach((n, at) => (row[at] = n - factor * pivot[at]!));
    });
    pivotRow++;
  }
}

/** Largest number tried for a withheld cell. */
const limit = 8;

/** For each withheld place the values it has in all tables of small numbers that would print as this one does. */
export function countTablesPrinting(
  grid: readonly (readonly string[])[],
  { totalsCross }: { totalsCross: boolean },
): Map<string, Set<number>> {
  const [height, width] = [grid.length - 1, grid[0]!.length - 1];
  const values = new Map<string, Set<number>>();
  const allHidden = grid.flat().every((printed) => printed === '…');
  const cells = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  const fits = (printed: string, n: number, crosses: boolean): boolean => {
    if (printed === '<5') return n >= 1 && n <= 4;
    // A crossing number withheld without <5 is known to be none of 1 to 4, unless the whole table is withheld.
    if (printed === '…') return !crosses || allHidden || n === 0 || n >= 5;
    return Number(printed) === n && !(crosses && n >= 1 && n <= 4);
  };
  const visit = (at: number): void => {
    if (at === height * width) {
      note();
      return;
    }
    const [r, c] = [Math.floor(at / width), at % width];
    const printed = grid[r]![c]!;
    const candidates = isWithheld(printed)
      ? Array.from({ length: limit + 1 }, (_, n) => n)
      : [Number(printed)];
    for (const n of candidates) {
      if (!fits(printed, n, true)) continue;
      cells[r]![c] = n;
      const rowEnds = c === width - 1;
      if (
        !rowEnds ||
        fits(
          grid[r]![width]!,
          cells[r]!.reduce((a, b) => a + b, 0),
          totalsCross,
        )
      )
        visit(at + 1);
    }
    cells[r]![c] = 0;
  };
  const note = (): void => {
    const columnTotals = Array.from({ length: width }, (_, c) =>
      cells.reduce((sum, row) => sum + row[c]!, 0),
    );
    const total = columnTotals.reduce((a, b) => a + b, 0);
    if (!columnTotals.every((n, c) => fits(grid[height]![c]!, n, totalsCross))) return;
    if (!fits(grid[height]![width]!, total, false)) return;
    const all = [...cells.map((row) => [...row, row.reduce((a, b) => a + b, 0)]), [...columnTotals, total]];
    all.forEach((row, r) =>
      row.forEach((n, c) => {
        if (!isWithheld(grid[r]![c]!)) return;
        const key = `${r},${c}`;
        values.set(key, (values.get(key) ?? new Set()).add(n));
      }),
    );
  };
  visit(0);
  return values;
}
