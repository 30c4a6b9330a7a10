// The one pass behind every table: a counter for each cell, row, column and the whole, and who was last seen in it.

/** One way to split rows: the code of each row, and the members each code stands for. */
export interface Split {
  readonly codes: Uint16Array;
  readonly members: readonly (readonly number[])[];
  readonly size: number;
}

/** Adding up the totals of an axis gives `sum`; `inSeveral` of those counted stand in two or more of its members. */
export interface Overlap {
  readonly sum: number;
  readonly total: number;
  readonly inSeveral: number;
}

export interface CellCounts {
  readonly cells: Int32Array;
  readonly rowTotals: Int32Array;
  readonly columnTotals: Int32Array;
  readonly total: number;
  readonly overlap: { readonly rows: Overlap; readonly columns: Overlap };
}

/** Counts the selected rows, or each owner once where `owner` is given; rows of one owner must be neighbours. */
export function countCells(input: {
  readonly selected: Int32Array;
  readonly owner: Int32Array | null;
  readonly down: Split;
  readonly across: Split;
}): CellCounts {
  const { selected, owner, down, across } = input;
  const cells = counter(down.size * across.size);
  const rows = counter(down.size);
  const columns = counter(across.size);
  let total = 0;
  let lastKey = -1;
  for (const row of selected) {
    const key = owner === null ? row : owner[row]!;
    if (key !== lastKey) {
      total++;
      rows.turnTo();
      columns.turnTo();
      lastKey = key;
    }
    const downMembers = down.members[down.codes[row]!]!;
    const acrossMembers = across.members[across.codes[row]!]!;
    for (const r of downMembers) rows.see(r, key);
    for (const c of acrossMembers) columns.see(c, key);
    for (const r of downMembers) for (const c of acrossMembers) cells.see(r * across.size + c, key);
  }
  return {
    cells: cells.counts,
    rowTotals: rows.counts,
    columnTotals: columns.counts,
    total,
    overlap: { rows: rows.overlap(total), columns: columns.overlap(total) },
  };
}

function counter(size: number) {
  const counts = new Int32Array(size);
  const lastSeen = new Int32Array(size).fill(-1);
  let placesOfKey = 0;
  let inSeveral = 0;
  return {
    counts,
    turnTo(): void {
      placesOfKey = 0;
    },
    see(place: number, key: number): void {
      if (lastSeen[place] === key) return;
      lastSeen[place] = key;
      counts[place]!++;
      if (++placesOfKey === 2) inSeveral++;
    },
    overlap: (total: number): Overlap => ({ sum: counts.reduce((sum, n) => sum + n, 0), total, inSeveral }),
  };
}
