// The year's columns over the records: rebuilt when a record changed, never kept as a total.
import type { Connection, Model } from 'mongoose';
import { buildYear, type YearColumns } from '../../domain/headcounts/index.ts';
import type { Reference } from '../../domain/reference/reference.ts';
import { createFactSet, type FactSet } from './fact-set.ts';
import { createFactCollection, type FactCollection } from './fact-collection.ts';
import { enrolmentFact, factFields } from './fact-rows.ts';
import type { EnrolmentFact } from '../../domain/headcounts/facts.ts';
import { recordedYears, sessionIdsOf } from './recorded-years.ts';

export const districtCode = '320507';

/** Years kept in memory: the one asked for, those beside it, and those a revocation may touch. */
const keptYears = 6;

interface Year {
  columns: YearColumns | null;
  readonly enrolments: FactCollection<EnrolmentFact>;
  readonly sessionIds: Set<string>;
}

export interface CountedYears {
  /** In the order asked for, all read at one moment. */
  readonly columns: readonly YearColumns[];
  /** The years anything of the district is on record for, ascending. */
  readonly recorded: readonly number[];
}

export type Headcounts = ReturnType<typeof createHeadcounts>;

/** The columns of years over an open connection on which the models of the facts are registered; `now` stamps its records. */
export function createHeadcounts(connection: Connection, reference: () => Reference, now: () => Date) {
  const facts = createFactSet(connection, now);
  const years = new Map<number, Year>();
  let changes = 0;
  let recorded: readonly number[] | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const open = (year: number): Year => {
    const known = years.get(year);
    years.delete(year);
    const sessionIds = known?.sessionIds ?? new Set<string>();
    const opened: Year = known ?? {
      columns: null,
      sessionIds,
      enrolments: createFactCollection<EnrolmentFact>(
        connection.model('Enrolment') as unknown as Model<never>,
        {
          fields: factFields.enrolment,
          belongs: (stored) => sessionIds.has((stored as { sessionId: string }).sessionId),
          toFact: enrolmentFact as never,
        },
        now,
      ),
    };
    years.set(year, opened);
    for (const oldest of years.keys()) if (years.size > keptYears) years.delete(oldest);
    return opened;
  };

  /** Sessions were read before: an enrolment is never without its session. */
  const refreshEnrolments = async (year: number, { enrolments, sessionIds }: Year): Promise<boolean> => {
    const changed = await enrolments.refresh();
    const joined = sessionIdsOf(facts, year).filter((id) => !sessionIds.has(id));
    if (joined.length === 0) return changed;
    for (const id of joined) sessionIds.add(id);
    try {
      return (await enrolments.load({ sessionId: { $in: joined } })) || changed;
    } catch (error) {
      years.delete(year);
      throw error;
    }
  };

  const read = async (asked: readonly number[]): Promise<CountedYears> => {
    if (await facts.refresh()) {
      changes += 1;
      recorded = null;
      for (const one of years.values()) one.columns = null;
    }
    const columns: YearColumns[] = [];
    for (const year of asked) {
      const current = open(year);
      if ((await refreshEnrolments(year, current)) || current.columns === null) {
        changes += 1;
        current.columns = buildYear(yearFacts(facts, current, reference(), changes), year);
      }
      columns.push(current.columns);
    }
    recorded ??= recordedYears(facts, districtCode);
    return { columns, recorded };
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.catch(() => undefined).then(work);
    turn = mine;
    return mine;
  };

  return {
    /** The columns of a year with every committed change in them; one refresh runs at a time, later callers wait for their own. */
    async year(year: number): Promise<YearColumns> {
      return inTurn(async () => (await read([year])).columns[0]!);
    },
    /** Several years as of one moment, with the years that have records at all. */
    async years(asked: readonly number[]): Promise<CountedYears> {
      return inTurn(() => read(asked));
    },
  };
}

function yearFacts(facts: FactSet, year: Year, reference: Reference, lastChange: number) {
  return {
    districtCode,
    areaCodes: reference.areas.map((area) => area.code),
    sessions: [...year.sessionIds].map((id) => facts.sessions.facts.get(id)!),
    enrolments: [...year.enrolments.facts.values()],
    certificates: [...facts.certificates.facts.values()],
    programmes: [...facts.programmes.facts.values()],
    apprentices: [...facts.apprentices.facts.values()].flat(),
    recognitions: [...facts.recognitions.facts.values()],
    lastChange,
  };
}
