// What is withheld must not come back from what is printed: checked by trying every table that would print the same,
// and by solving the equations of rows and columns.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  suppressNumber,
  suppressTable,
  type CrossTable,
  type Dimension,
  type PrintedNumber,
} from '../../../src/domain/headcounts/index.ts';
import { countTablesPrinting, solveForFixed } from './attack-table.ts';

function aTable(
  cells: readonly (readonly number[])[],
  rows: Dimension = 'gender',
  columns: Dimension = 'ageBand',
  where: CrossTable['where'] = [],
): CrossTable {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  const columnTotals = cells[0]!.map((_, column) => sum(cells.map((row) => row[column]!)));
  const total = sum(columnTotals);
  const axis = (dimension: Dimension, length: number) => ({
    dimension,
    members: Array.from({ length }, (_, index) => `${dimension}${index}`),
    severalPerPerson: false,
  });
  return {
    measure: 'persons',
    unit: 'persons',
    rows: axis(rows, cells.length),
    columns: axis(columns, cells[0]!.length),
    cells,
    rowTotals: cells.map(sum),
    columnTotals,
    total,
    overlap: { rows: { sum: total, total, inSeveral: 0 }, columns: { sum: total, total, inSeveral: 0 } },
    where,
    applicable: true,
  };
}

const show = (printed: PrintedNumber) =>
  printed.kind === 'number' ? String(printed.value) : printed.kind === 'small' ? '<5' : '…';

function printedGrid(table: CrossTable): string[][] {
  const { cells, rowTotals, columnTotals, total } = suppressTable(table);
  return [...cells.map((row, r) => [...row, rowTotals[r]!]), [...columnTotals, total]].map((row) =>
    row.map(show),
  );
}

const value = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 6 }) },
  fc.integer({ min: 0, max: 60 }),
);
const gridOf = (maxRows: number, maxColumns: number, cell = value) =>
  fc
    .tuple(fc.integer({ min: 1, max: maxRows }), fc.integer({ min: 1, max: maxColumns }))
    .chain(([height, width]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );

describe('domain/headcounts/suppression', () => {
  it('prints <5 for a small cell and withholds just enough beside it', () => {
    const table = aTable([
      [12, 3, 40],
      [20, 30, 50],
      [18, 25, 60],
    ]);
    expect(printedGrid(table)).to.deep.equal([
      ['…', '<5', '40', '55'],
      ['20', '30', '50', '100'],
      ['…', '…', '60', '103'],
      ['50', '58', '150', '258'],
    ]);
    expect(suppressTable(table).overlap).to.deep.equal(table.overlap);
  });

  it('lets small cells protect each other', () => {
    const table = aTable([
      [2, 3, 40],
      [3, 2, 50],
    ]);
    expect(printedGrid(table)).to.deep.equal([
      ['<5', '<5', '40', '45'],
      ['<5', '<5', '50', '55'],
      ['5', '5', '90', '100'],
    ]);
  });

  it('withholds totals, and the note that would tell them, where cells alone cannot protect', () => {
    const table = aTable([[1, 0, 0]]);
    expect(printedGrid(table)).to.deep.equal([
      ['<5', '0', '0', '…'],
      ['…', '0', '0', '…'],
    ]);
    expect(suppressTable(table).overlap).to.equal(null);
  });

  it('leaves a table alone that crosses one personal attribute or none', () => {
    const cells = [
      [1, 2],
      [3, 4],
    ];
    for (const [rows, columns] of [
      ['gender', 'month'],
      ['area', 'level'],
      ['month', 'keyGroup'],
    ] as const) {
      expect(printedGrid(aTable(cells, rows, columns)).flat()).to.not.include.members(['<5']);
    }
  });

  it('counts filters: totals of a filtered table cross as well', () => {
    const table = aTable(
      [
        [2, 30],
        [40, 50],
      ],
      'gender',
      'month',
      [{ dimension: 'ageBand', member: '16-24' }],
    );
    expect(printedGrid(table)[0]![0]).to.equal('<5');
    const small = aTable(
      [
        [1, 1],
        [40, 50],
      ],
      'gender',
      'month',
      [{ dimension: 'ageBand', member: '16-24' }],
    );
    expect(printedGrid(small)[0]![2]).to.not.equal('2');
    // The total of the first row moves with its only cell, so the rectangle closes through the row totals.
    const through = aTable(
      [
        [1, 0],
        [30, 40],
      ],
      'gender',
      'month',
      [{ dimension: 'ageBand', member: '16-24' }],
    );
    expect(printedGrid(through)).to.deep.equal([
      ['<5', '0', '<5'],
      ['…', '40', '…'],
      ['31', '40', '71'],
    ]);
    const two = [
      { dimension: 'gender', member: 'male' },
      { dimension: 'ageBand', member: '16-24' },
    ] as const;
    expect([0, 1, 4, 5].map((n) => show(suppressNumber(n, two)))).to.deep.equal(['0', '<5', '<5', '5']);
    expect(show(suppressNumber(1, two.slice(0, 1)))).to.equal('1');
  });

  it('never prints a small crossing cell, and prints nothing untrue', () => {
    fc.assert(
      fc.property(gridOf(6, 6), (cells) => {
        const table = aTable(cells);
        suppressTable(table).cells.forEach((row, r) =>
          row.forEach((printed, c) => {
            const real = cells[r]![c]!;
            if (real >= 1 && real <= 4) expect(printed.kind).to.not.equal('number');
            if (printed.kind === 'small') expect(real).to.be.within(1, 4);
            if (printed.kind === 'number') expect(printed.value).to.equal(real);
          }),
        );
      }),
    );
  });

  it('leaves no withheld number that rows and columns determine', () => {
    fc.assert(
      fc.property(gridOf(7, 7), (cells) => {
        expect(solveForFixed(printedGrid(aTable(cells)))).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves two tables or more that would print the same, with another number in each withheld cell', () => {
    const tiny = gridOf(2, 3, fc.integer({ min: 0, max: 7 }));
    const filter = fc.constantFrom<CrossTable['where']>([], [{ dimension: 'education', member: 'college' }]);
    fc.assert(
      fc.property(tiny, filter, (cells, where) => {
        const table = aTable(cells, 'gender', 'ageBand', where);
        const values = countTablesPrinting(printedGrid(table), { totalsCross: where.length > 0 });
        for (const [place, seen] of values)
          expect(seen.size, `${place} of ${JSON.stringify(cells)}`).to.be.above(1);
      }),
      { numRuns: 500 },
    );
  });
});
