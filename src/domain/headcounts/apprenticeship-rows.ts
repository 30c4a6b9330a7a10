// F15 and F16, version 1: which filings of apprenticeship programmes count in a year, and who is a new apprentice.
import { areaIn } from './area-in.ts';
import { heldAt, reachedBy, stateAt } from './dated.ts';
import type { Dimension } from './dimensions.ts';
import { ageBandOn, monthOf, yearOf } from './event-day.ts';
import type { ApprenticeFact, ProgrammeFact } from './facts.ts';
import { marks } from './measures.ts';
import { collectRows, type Rows } from './rows.ts';

export interface ApprenticeshipFacts {
  readonly programmes: readonly ProgrammeFact[];
  readonly apprentices: readonly ApprenticeFact[];
}

interface Question {
  readonly year: number;
  readonly instant: number;
  readonly areas: ReadonlySet<string>;
}

export const programmeDimensions: readonly Dimension[] = ['month', 'area', 'occupation', 'level'];
export const apprenticeDimensions: readonly Dimension[] = [
  ...programmeDimensions,
  'gender',
  'ageBand',
  'education',
  'keyGroup',
];

/** The day of filing of a programme that stands filed at the instant; null before filing and after withdrawal. */
export function filedOn(programme: ProgrammeFact, instant: number): string | null {
  const now = stateAt(programme.states, instant)?.to;
  if (now === 'withdrawn' || now === 'rejected') return null;
  return reachedBy(programme.states, 'filed', instant)?.on ?? null;
}

/** One row a programme filed in the year, owned by its enterprise; marked when the enterprise never filed before it. */
export function programmeRows(facts: ApprenticeshipFacts, question: Question): Rows {
  const filings = facts.programmes.flatMap((programme) => {
    const day = filedOn(programme, question.instant);
    return day === null ? [] : [{ programme, day, year: yearOf(day) }];
  });
  const earlier = new Set(
    filings.filter(({ year }) => year < question.year).map(({ programme }) => programme.enterpriseId),
  );
  const rows = collectRows(programmeDimensions);
  for (const { programme, day, year } of filings) {
    if (year !== question.year) continue;
    const mark = earlier.has(programme.enterpriseId) ? 0 : marks.firstFiler;
    rows.add(programme.id, programme.enterpriseId, mark, {
      month: monthOf(day),
      area: areaIn(question.areas, programme.areaCode),
      occupation: programme.occupationCode,
      level: programme.skillLevel,
    });
  }
  return rows.finish();
}

interface Entry {
  readonly apprentice: ApprenticeFact;
  readonly programme: ProgrammeFact;
  /** The first day on which the person was enrolled and the programme filed. */
  readonly day: string;
}

/** One row an entry into a filed programme in the year; a person's first entry ever is the one marked new. */
export function apprenticeRows(facts: ApprenticeshipFacts, question: Question): Rows {
  const entries = entriesAt(facts, question.instant);
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const known = first.get(entry.apprentice.personId);
    if (known === undefined || comesBefore(entry, known)) first.set(entry.apprentice.personId, entry);
  }
  const rows = collectRows(apprenticeDimensions);
  for (const entry of entries) {
    if (yearOf(entry.day) !== question.year) continue;
    const { apprentice, programme, day } = entry;
    const personsFirst = first.get(apprentice.personId)!;
    const isNew = personsFirst === entry ? marks.newApprentice : 0;
    const isOld = yearOf(personsFirst.day) < question.year ? marks.earlierApprentice : 0;
    rows.add(apprentice.id, apprentice.personId, isNew | isOld, {
      month: monthOf(day),
      area: areaIn(question.areas, programme.areaCode),
      occupation: programme.occupationCode,
      level: programme.skillLevel,
      gender: apprentice.gender,
      ageBand: ageBandOn(apprentice.birthDay, day),
      education: apprentice.education,
      keyGroup: apprentice.keyGroups,
    });
  }
  return rows.finish();
}

function comesBefore(a: Entry, b: Entry): boolean {
  return a.day === b.day ? a.apprentice.id < b.apprentice.id : a.day < b.day;
}

function entriesAt(facts: ApprenticeshipFacts, instant: number): Entry[] {
  const programmes = new Map(facts.programmes.map((programme) => [programme.id, programme]));
  return facts.apprentices.flatMap((apprentice) => {
    const programme = programmes.get(apprentice.programmeId)!;
    const filed = filedOn(programme, instant);
    if (filed === null || !heldAt(apprentice.recordedAt, apprentice.undoneAt, instant)) return [];
    return [{ apprentice, programme, day: apprentice.enrolledOn > filed ? apprentice.enrolledOn : filed }];
  });
}
