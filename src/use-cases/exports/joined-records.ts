// What the bureau noted about a person's being on record twice, and what it keeps past its period. Other people stay out of
// it: a pair that was looked at names no other record.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { PersonMerge } from '../../domain/people/person-merge.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Entry } from './subject-record.ts';

type JoinedDeps = Pick<Deps, 'people' | 'personMerges' | 'personRecords' | 'duplicates' | 'legalHolds'>;

/** Other records of the person, merges, pairs, holds and cases of overlapping lessons; `recordIds` are all of the person. */
export async function joinedRecords(deps: JoinedDeps, person: Person) {
  const recordIds = [...(await deps.personMerges.joinedWith([person.id]))];
  const others = await deps.people.byIds(
    district,
    recordIds.filter((id) => id !== person.id),
  );
  const perRecord = <T>(find: (id: string) => Promise<readonly T[]>) =>
    Promise.all(recordIds.map(find)).then((found) => found.flat());
  const merges = await deps.personMerges.ofPerson(person.id);
  const pairs = await perRecord((id) => deps.duplicates.ofPerson(id));
  const holds = await perRecord((id) => deps.legalHolds.ofPerson(id));
  const cases = await perRecord((id) => deps.personRecords.overlapCasesOf(id));
  return {
    recordIds,
    entries: {
      mergedRecords: [...others.values()].map((one) => personEntry(deps, one)),
      merges: merges.map((one) => mergeEntry(deps, one)),
      duplicates: unique(pairs).map((one): Entry => ({
        at: one.foundAt.toISOString(),
        grounds: one.grounds.join(', '),
        status: one.status,
        decidedAt: one.decidedAt?.toISOString() ?? null,
        by: one.decidedByName,
        reason: one.reason,
      })),
      legalHolds: holds.map((one): Entry => ({
        at: one.setAt.toISOString(),
        learnerNumber: one.label,
        by: one.setByName,
        reason: one.reason,
        liftedAt: one.liftedAt?.toISOString() ?? null,
        liftedReason: one.liftedReason,
      })),
      overlapCases: unique(cases).map((one): Entry => ({
        at: one.openedAt?.toISOString() ?? null,
        number: one.reference,
      })),
    },
  };
}

/** The identity of one record, numbers in clear. */
export function personEntry(deps: Pick<Deps, 'people'>, person: Person): Entry {
  return {
    learnerNumber: person.learnerNumber,
    name: person.name,
    documentType: person.documentType,
    documentNumber: deps.people.openNumber(person, 'documentNumber'),
    birthDay: person.birthDay,
    gender: person.gender,
    mobile: deps.people.openNumber(person, 'mobile'),
    education: person.education,
    householdRegistration: person.householdRegistration,
    keyGroups: groupsOf(person),
    registeredAt: person.createdAt.toISOString(),
    changedAt: person.changedAt.toISOString(),
  };
}

/** A merge with the values it replaced, which its reversal would bring back. */
function mergeEntry(deps: Pick<Deps, 'people'>, one: PersonMerge): Entry {
  const open = (sealed: string | null) => (sealed === null ? null : deps.people.open(sealed));
  return {
    at: one.at.toISOString(),
    kept: one.keptLearnerNumber,
    merged: one.mergedLearnerNumber,
    by: one.byName,
    reason: one.reason,
    status: one.status,
    undoneAt: one.undoneAt?.toISOString() ?? null,
    undoneReason: one.undoneReason,
    name: one.before.name,
    documentType: one.mergedDocumentType,
    documentNumber: open(one.mergedDocumentSealed),
    birthDay: one.before.birthDay,
    gender: one.before.gender,
    mobile: open(one.keptMobileSealed),
    education: one.before.education,
    householdRegistration: one.before.householdRegistration,
    keyGroups: groupsOf(one.before),
  };
}

function groupsOf({ keyGroups }: Pick<Person, 'keyGroups'>): string {
  return keyGroups.map(({ group, from }) => `${group} ${from}`).join(', ');
}

function unique<T extends { readonly id: string }>(found: readonly T[]): T[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
