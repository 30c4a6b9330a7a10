// Two records of one person become one; for thirty days the bureau can take that back.
import { RuleBroken } from '../shared/errors.ts';
import type { Versioned } from '../shared/record.ts';
import { addDays, dayOf, startOfDay } from '../shared/calendar-day.ts';
import type { DatedKeyGroup, Person } from './person.ts';

/** The last day of a merge's reversal is this many days after it (issue: 30 days). */
export const undoDays = 30;

/** What is chosen apart; a document brings its birth day and gender with it. */
export const mergeFields = [
  'name',
  'document',
  'mobile',
  'education',
  'householdRegistration',
  'keyGroups',
] as const;
export type MergeField = (typeof mergeFields)[number];
/** Whose value stays; `both` only for key groups, which add up. */
export type MergeSide = 'kept' | 'merged' | 'both';
export type MergeChoices = Readonly<Record<MergeField, MergeSide>>;

/** Facts that are kept in clear; the numbers are sealed beside them. */
export interface PlainFacts {
  readonly name: string;
  readonly birthDay: string | null;
  readonly gender: Person['gender'];
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly DatedKeyGroup[];
}

export const ownerFields = ['centreIds', 'evaluatorIds', 'enterpriseIds', 'areaCodes'] as const;
export type Owners = Pick<Person, (typeof ownerFields)[number]>;

/** The records of one collection that named the merged person. */
export interface MovedRecords {
  readonly collection: string;
  readonly ids: readonly string[];
}

export interface RenamedRecord {
  readonly collection: string;
  readonly id: string;
  readonly name: string;
  readonly nameSortKey: string;
}

export interface PersonMerge extends Versioned {
  readonly duplicateId: string;
  readonly keptId: string;
  readonly mergedId: string;
  readonly keptLearnerNumber: string;
  readonly mergedLearnerNumber: string;
  readonly choices: MergeChoices;
  readonly reason: string;
  /** The file that proves it; absent in merges from before there were any. */
  readonly evidenceId?: string | null;
  readonly byName: string;
  readonly at: Date;
  /** The last instant of the reversal. */
  readonly undoUntil: Date;
  readonly status: 'merged' | 'undone';
  readonly undoneAt: Date | null;
  readonly undoneByName: string | null;
  readonly undoneReason: string | null;
  readonly undoneEvidenceId?: string | null;
  readonly before: PlainFacts;
  readonly after: PlainFacts;
  /** The kept person's mobile before, sealed, when the other's was chosen. */
  readonly keptMobileSealed: string | null;
  /** The merged person's document, its number sealed, when it was chosen. */
  readonly mergedDocumentType: string | null;
  readonly mergedDocumentSealed: string | null;
  /** Whose sight the merged record was in, and which of them were new to the kept one. */
  readonly mergedOwners: Owners;
  readonly addedOwners: Owners;
  readonly moved: readonly MovedRecords[];
  readonly renamed: readonly RenamedRecord[];
  /** Cases of overlapping lessons as they named persons before. */
  readonly overlapCases: readonly { readonly id: string; readonly personIds: readonly string[] }[];
  /** Other pairs of the merged person, and those that stand for them with the kept one. */
  readonly supersededPairs: readonly string[];
  readonly addedPairs: readonly string[];
}

/** The end of the thirtieth day after the merge, Shanghai time. */
export function undoEndOf(at: Date): Date {
  return new Date(startOfDay(addDays(dayOf(at), undoDays + 1)).getTime() - 1);
}

/** The kept person's facts and document under the choices; a birth day or gender the document lacks comes from the other. */
export function chosenFacts(
  kept: Person,
  merged: Person,
  choices: MergeChoices,
): PlainFacts &
  Pick<Person, 'documentType' | 'documentSealed' | 'documentHash' | 'mobileSealed' | 'mobileHash'> {
  const from = (field: MergeField) => (choices[field] === 'merged' ? merged : kept);
  const [document, mobile] = [from('document'), from('mobile')];
  const other = document === kept ? merged : kept;
  return {
    name: from('name').name,
    birthDay: document.birthDay ?? other.birthDay,
    gender: document.gender ?? other.gender,
    education: from('education').education,
    householdRegistration: from('householdRegistration').householdRegistration,
    keyGroups: choices.keyGroups === 'both' ? groupsOfBoth(kept, merged) : from('keyGroups').keyGroups,
    documentType: document.documentType,
    documentSealed: document.documentSealed,
    documentHash: document.documentHash,
    mobileSealed: mobile.mobileSealed,
    mobileHash: mobile.mobileHash,
  };
}

/** Each group once, from its earlier day. */
function groupsOfBoth(kept: Person, merged: Person): DatedKeyGroup[] {
  const earliest = new Map<string, DatedKeyGroup>();
  for (const held of [...kept.keyGroups, ...merged.keyGroups]) {
    const known = earliest.get(held.group);
    if (known === undefined || held.from < known.from) earliest.set(held.group, held);
  }
  return [...earliest.values()];
}

export function plainFactsOf(person: Person): PlainFacts {
  const { name, birthDay, gender, education, householdRegistration, keyGroups } = person;
  return { name, birthDay, gender, education, householdRegistration, keyGroups };
}

/** The owners of a person; an empty list each where nobody is given. */
export function ownersOf(person?: Owners): Owners {
  const { centreIds = [], evaluatorIds = [], enterpriseIds = [], areaCodes = [] } = person ?? {};
  return { centreIds, evaluatorIds, enterpriseIds, areaCodes };
}

/** Owner lists, each made from its namesakes in the two given. */
export function combineOwners(
  a: Owners,
  b: Owners,
  combine: (a: readonly string[], b: readonly string[]) => readonly string[],
): Owners {
  const [first, second] = [ownersOf(a), ownersOf(b)];
  return Object.fromEntries(
    ownerFields.map((field) => [field, combine(first[field], second[field])]),
  ) as unknown as Owners;
}

export const union = (a: readonly string[], b: readonly string[]) => [
  ...a,
  ...b.filter((one) => !a.includes(one)),
];
export const without = (a: readonly string[], b: readonly string[]) => a.filter((one) => !b.includes(one));

/**
 * The kept person's plain facts after a reversal: what the merge put there goes back to what was before, what somebody
 * changed since stays.
 */
export function factsUndone(
  now: PlainFacts,
  { before, after }: Pick<PersonMerge, 'before' | 'after'>,
): PlainFacts {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(
    (Object.keys(before) as (keyof PlainFacts)[]).map((field) => [
      field,
      same(plain(now[field]), plain(after[field])) ? before[field] : now[field],
    ]),
  ) as unknown as PlainFacts;
}

/** Key groups as stored and as made have their fields in any order. */
function plain(value: PlainFacts[keyof PlainFacts]): unknown {
  return Array.isArray(value)
    ? (value as readonly DatedKeyGroup[]).map(({ group, from }) => [group, from])
    : value;
}

/** Throws RuleBroken people.merge.undoneAlready, people.merge.tooLate. */
export function requireUndoable(merge: PersonMerge, now: Date): void {
  if (merge.status === 'undone') throw new RuleBroken('people.merge.undoneAlready');
  if (now > merge.undoUntil) throw new RuleBroken('people.merge.tooLate', { days: undoDays });
}
