// Every number of the module against a plain recount of the same random facts, at random cut-offs, scopes and filters.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Scope } from '../../../src/domain/accounts/scope.ts';
import {
  buildYear,
  countFigures,
  countMeasure,
  countMonths,
  countTable,
  dimensions,
  findRows,
  measureNames,
  measures,
  type Condition,
  type Query,
} from '../../../src/domain/headcounts/index.ts';
import { naiveCount, naiveRows, naiveTables, membersOf } from './naive-recount.ts';
import { lastInstant, randomFacts } from './random-facts.ts';

const district: Scope = { kind: 'district' };
const year = fc.constantFrom(2021, 2021, 2021, 2020);
const cutOff = fc.integer({ min: 0, max: lastInstant + 1 });
// Several on the same columns, which keep what they made for earlier ones.
const cutOffs = fc.array(cutOff, { minLength: 1, maxLength: 6 });
const dimension = fc.constantFrom(...dimensions);
const members = [
  '06',
  '01',
  '320507001',
  'outside',
  'unknown',
  'notApplicable',
  'c1',
  'e1',
  'senior',
  'upskilling',
].concat(['male', 'female', '16-24', '25-34', 'bachelor', 'veteran', 'migrant', 'fund1', '6-18-01-01']);
const where = fc.array(fc.record({ dimension, member: fc.constantFrom(...members) }), { maxLength: 2 });
const scope = fc.constantFrom<Scope>(
  district,
  district,
  { kind: 'area', areaCode: '320507001' },
  { kind: 'centre', centreId: 'c1' },
  { kind: 'evaluator', evaluatorId: 'e1' },
);

function pairs(query: Query): [string, string][] {
  const { scope: viewer } = query;
  const own: [string, string][] =
    viewer.kind === 'area'
      ? [['area', viewer.areaCode]]
      : viewer.kind === 'centre'
        ? [['centre', viewer.centreId]]
        : viewer.kind === 'evaluator'
          ? [['evaluator', viewer.evaluatorId]]
          : [];
  return [...own, ...(query.where ?? []).map((c): [string, string] => [c.dimension, c.member])];
}

const runs = { numRuns: 400 };

describe('domain/headcounts/index, over random histories', () => {
  it('has facts for every measure to count', () => {
    const sample = fc
      .sample(randomFacts, { numRuns: 300, seed: 1 })
      .map((facts) => naiveTables(facts, 2021, 9));
    for (const name of measureNames) {
      const counting = sample.filter((tables) => naiveCount(tables, name) > 0).length;
      expect(counting, name).to.be.greaterThan(15);
    }
  });

  it('counts every measure as the naive recount does, under any scope and filter', () => {
    fc.assert(
      fc.property(randomFacts, year, cutOffs, scope, where, (facts, y, instants, viewer, conditions) => {
        const columns = buildYear(facts, y);
        for (const at of instants) {
          const tables = naiveTables(facts, y, at);
          const query: Query = { cutOff: new Date(at), scope: viewer, where: conditions };
          for (const name of measureNames) {
            const { value } = countMeasure(columns, name, query);
            const expected = naiveCount(tables, name, pairs(query));
            if (value === null) expect(expected, name).to.equal(0);
            else expect(value, name).to.equal(expected);
          }
        }
      }),
      runs,
    );
  });

  it('counts every figure and companion as the naive recount does', () => {
    const figures: Record<string, string> = {
      F13: 'personTimes',
      F14: 'certifiedPersons',
      F15: 'filingEnterprises',
      F16: 'newApprentices',
      F17: 'provincialRuralTalentStudios',
      F18: 'districtSkillMasterStudios',
      F19: 'districtTrainingPlatforms',
      F20: 'highSkilledTalents',
    };
    fc.assert(
      fc.property(randomFacts, year, cutOff, (facts, y, at) => {
        const tables = naiveTables(facts, y, at);
        for (const figure of countFigures(buildYear(facts, y), { cutOff: new Date(at), scope: district })) {
          if (!figure.recorded) {
            expect(figure.value).to.equal(null);
            expect(figures).to.not.have.property(figure.code);
            continue;
          }
          expect(figure.value, figure.code).to.equal(naiveCount(tables, figures[figure.code]!));
          for (const { key, value } of figure.companions)
            expect(value, key).to.equal(naiveCount(tables, key));
        }
      }),
      runs,
    );
  });

  it('counts every cell and total of every pair of dimensions, and finds exactly its rows', () => {
    fc.assert(
      fc.property(
        randomFacts,
        year,
        cutOff,
        scope,
        fc.constantFrom(...measureNames),
        (facts, y, at, viewer, measure) => {
          const columns = buildYear(facts, y);
          const tables = naiveTables(facts, y, at);
          for (const down of dimensions) {
            for (const across of dimensions) {
              checkTable({
                columns,
                tables,
                measure,
                down,
                across,
                query: { cutOff: new Date(at), scope: viewer },
              });
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds as many rows as it counts, filtered', () => {
    fc.assert(
      fc.property(randomFacts, cutOff, where, dimension, dimension, (facts, at, conditions, down, across) => {
        const columns = buildYear(facts, 2021);
        const tables = naiveTables(facts, 2021, at);
        const query: Query = { cutOff: new Date(at), scope: district, where: conditions };
        for (const measure of measureNames) checkTable({ columns, tables, measure, down, across, query });
      }),
      runs,
    );
  });

  it('counts twelve months and the year, and high-skilled talents add up over months and areas', () => {
    fc.assert(
      fc.property(randomFacts, year, cutOff, (facts, y, at) => {
        const columns = buildYear(facts, y);
        const tables = naiveTables(facts, y, at);
        const query: Query = { cutOff: new Date(at), scope: district };
        for (const measure of measureNames) {
          const series = countMonths(columns, { ...query, measure });
          const expected = Array.from({ length: 12 }, (_, month) =>
            naiveCount(tables, measure, [['month', String(month + 1).padStart(2, '0')]]),
          );
          expect(series.months).to.deep.equal(expected);
          expect(series.total).to.equal(naiveCount(tables, measure));
        }
        const talents = countTable(columns, {
          ...query,
          measure: 'highSkilledTalents',
          rows: 'area',
          columns: 'month',
        });
        expect(talents.overlap.rows.sum).to.equal(talents.total);
        expect(talents.overlap.columns.sum).to.equal(talents.total);
      }),
      runs,
    );
  });

  it('counts a period as the rows of its months', () => {
    fc.assert(
      fc.property(
        randomFacts,
        cutOff,
        fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(11)),
        (facts, at, [from, length]) => {
          const to = Math.min(12, from + length);
          const columns = buildYear(facts, 2021);
          const tables = naiveTables(facts, 2021, at);
          for (const measure of measureNames) {
            const rows = naiveRows(tables, measure, []).filter((row) => {
              const month = Number(membersOf(row, 'month')[0]);
              return month >= from && month <= to;
            });
            const expected =
              measures[measure].counts === 'rows' ? rows.length : new Set(rows.map((r) => r.owner)).size;
            const query = { cutOff: new Date(at), scope: district, period: { from, to } };
            expect(countMeasure(columns, measure, query).value, measure).to.equal(expected);
          }
        },
      ),
      runs,
    );
  });
});

type TableCheck = {
  columns: ReturnType<typeof buildYear>;
  tables: ReturnType<typeof naiveTables>;
  measure: (typeof measureNames)[number];
  down: (typeof dimensions)[number];
  across: (typeof dimensions)[number];
  query: Query;
};

function checkTable({ columns, tables, measure, down, across, query }: TableCheck): void {
  const table = countTable(columns, { ...query, measure, rows: down, columns: across });
  const base = pairs(query);
  const label = `${measure} by ${down} and ${across}`;
  const all = naiveRows(tables, measure, base);
  for (const row of all) {
    for (const member of membersOf(row, down)) expect(table.rows.members, label).to.include(member);
    for (const member of membersOf(row, across)) expect(table.columns.members, label).to.include(member);
  }
  expect(new Set(table.rows.members).size).to.equal(table.rows.members.length);
  table.rows.members.forEach((r, i) => {
    expect(table.rowTotals[i], `${label}: ${r}`).to.equal(naiveCount(tables, measure, [...base, [down, r]]));
    table.columns.members.forEach((c, j) => {
      const cell = table.cells[i]![j]!;
      const here: [string, string][] = [...base, [down, r], [across, c]];
      expect(cell, `${label}: ${r}, ${c}`).to.equal(naiveCount(tables, measure, here));
      const added: Condition[] = [
        { dimension: down, member: r },
        { dimension: across, member: c },
      ];
      const found = findRows(columns, { ...query, measure, where: [...(query.where ?? []), ...added] });
      expect(found.count, `rows behind ${label}: ${r}, ${c}`).to.equal(cell);
      const ids = found.entries.flatMap((entry) => entry.recordIds).sort();
      expect(ids).to.deep.equal(
        naiveRows(tables, measure, here)
          .map((row) => row.id)
          .sort(),
      );
    });
  });
  table.columns.members.forEach((c, j) =>
    expect(table.columnTotals[j], `${label}: ${c}`).to.equal(
      naiveCount(tables, measure, [...base, [across, c]]),
    ),
  );
  expect(table.total, label).to.equal(naiveCount(tables, measure, base));
  checkOverlap(table, all, down);
}

function checkOverlap(
  table: ReturnType<typeof countTable>,
  all: ReturnType<typeof naiveRows>,
  down: (typeof dimensions)[number],
): void {
  const places = new Map<string, Set<string>>();
  for (const row of all) {
    const key = measures[table.measure].counts === 'rows' ? row.id : row.owner;
    const seen = places.get(key) ?? new Set();
    for (const member of membersOf(row, down)) seen.add(member);
    places.set(key, seen);
  }
  const inSeveral = [...places.values()].filter((seen) => seen.size > 1).length;
  const sum = table.rowTotals.reduce((total, n) => total + n, 0);
  expect(table.overlap.rows).to.deep.equal({ sum, total: table.total, inSeveral });
}
