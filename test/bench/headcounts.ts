// Headcounts: all cells of a two-way table, exactly, against the recount a reader would write first (a set per cell).
import { pathToFileURL } from 'node:url';
import {
  buildYear,
  countFigures,
  countTable,
  type EnrolmentFact,
  type SessionFact,
  type YearFacts,
} from '../../src/domain/headcounts/index.ts';
import { aSession, someFacts } from '../domain/headcounts/build-facts.ts';

export interface HeadcountsBench {
  readonly rows: number;
  readonly buildMs: number;
  readonly firstTableMs: number;
  readonly tableMs: number;
  readonly naiveMs: number;
  readonly ratio: number;
  readonly figuresMs: number;
}

const query = { cutOff: new Date('2022-06-30T16:00:00Z'), scope: { kind: 'district' } } as const;
const areaCodes = Array.from({ length: 13 }, (_, index) => `3205070${String(index + 1).padStart(2, '0')}`);

/** Timings in milliseconds (best of several) for a year of that many enrolments, 0.82 persons a row. */
export function benchHeadcounts(rows: number): HeadcountsBench {
  const facts = manyFacts(rows);
  const [buildMs, columns] = timed(() => buildYear(facts, 2021));
  const ask = { ...query, measure: 'persons', rows: 'month', columns: 'area' } as const;
  const [firstTableMs, table] = timed(() => countTable(columns, ask));
  const tableMs = best(() => countTable(columns, ask));
  const plain = plainRows(facts);
  let naiveTotal = 0;
  const naiveMs = best(() => (naiveTotal = naiveTable(plain)));
  if (naiveTotal !== table.total)
    throw new Error(`Counted ${table.total} persons, the recount ${naiveTotal}`);
  countFigures(columns, query);
  const figuresMs = best(() => countFigures(columns, query));
  return { rows, buildMs, firstTableMs, tableMs, naiveMs, ratio: naiveMs / tableMs, figuresMs };
}

function manyFacts(rows: number): YearFacts {
  const random = lcg(20211231);
  const size = 45;
  const sessions: SessionFact[] = [];
  const enrolments: EnrolmentFact[] = [];
  for (let start = 0; start < rows; start += size) {
    const month = String(1 + random(12)).padStart(2, '0');
    const id = `s${sessions.length}`;
    const about = { id, areaCode: areaCodes[random(13)]!, centreId: `centre${random(30)}` };
    sessions.push(aSession({ ...about, occupationCode: `6-18-01-${random(25)}` }, `2021-${month}-10`));
    for (let at = start; at < Math.min(rows, start + size); at++) {
      enrolments.push({
        id: `e${at}`,
        sessionId: id,
        personId: `p${random(Math.round(rows * 1.9))}`,
        gender: random(2) === 0 ? 'female' : 'male',
        birthDay: `${1962 + random(40)}-05-05`,
        education: `level${random(7)}`,
        keyGroups: random(4) === 0 ? ['migrant', 'veteran'] : ['employee'],
        states: [{ to: 'enrolled', at: Date.parse('2021-01-02'), on: '2021-01-02' }],
      });
    }
  }
  return someFacts({ sessions, enrolments, areaCodes });
}

interface PlainRow {
  readonly person: string;
  readonly month: string;
  readonly area: string;
}

/** What a query over documents would hand to a naive recount: one object a row, joined and filtered already. */
function plainRows(facts: YearFacts): PlainRow[] {
  const sessions = new Map(facts.sessions.map((session) => [session.id, session]));
  return facts.enrolments.map((enrolment) => {
    const session = sessions.get(enrolment.sessionId)!;
    const month = session.firstHeld[0]!.day!.slice(5, 7);
    return { person: enrolment.personId, month, area: session.areaCode! };
  });
}

function naiveTable(rows: readonly PlainRow[]): number {
  const cells = new Map<string, Set<string>>();
  const see = (cell: string, person: string): void => {
    let persons = cells.get(cell);
    if (persons === undefined) cells.set(cell, (persons = new Set()));
    persons.add(person);
  };
  for (const { person, month, area } of rows) {
    see(`${month}|${area}`, person);
    see(`${month}|`, person);
    see(`|${area}`, person);
    see('|', person);
  }
  return cells.get('|')!.size;
}

function timed<T>(work: () => T): [number, T] {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

function best(work: () => unknown): number {
  return Math.min(...Array.from({ length: 7 }, () => timed(work)[0]));
}

function lcg(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One line a size, as docs/benchmarks.md keeps them. */
export function printHeadcounts(sizes: readonly number[], print: (line: string) => void): void {
  for (const size of sizes) {
    const { rows, ratio, ...times } = benchHeadcounts(size);
    const list = Object.entries(times).map(([name, ms]) => `${name.replace(/Ms$/, '')} ${ms.toFixed(1)} ms`);
    print(
      `headcounts, ${rows.toLocaleString('en')} rows: ${list.join(', ')}; ${ratio.toFixed(0)} times the recount`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  printHeadcounts([52_000, 520_000], (line) => process.stdout.write(`${line}\n`));
}
