// Two records of one person, as they come about: registered twice under two documents, with one mobile.
import type { Deps } from '../../src/deps.ts';
import type { Actor } from '../../src/domain/accounts/actor.ts';
import { district } from '../../src/domain/accounts/scope.ts';
import { pairId, type Duplicate } from '../../src/domain/people/duplicate.ts';
import type { MergeChoices } from '../../src/domain/people/person-merge.ts';
import { birthFactsOf } from '../../src/domain/people/id-number.ts';
import { personNameKey } from '../../src/domain/people/person-name.ts';
import type { PersonFacts, PersonOwner } from '../../src/domain/people/person.ts';
import { dayOf } from '../../src/domain/shared/calendar-day.ts';
import { mergePeople } from '../../src/use-cases/people/merge-people.ts';
import { registerPeople } from '../../src/use-cases/people/register-people.ts';
import { anIdNumber } from './rosters.ts';

let serial = 0;

/** The id of a person registered with these facts; a resident unless told otherwise, born in 1990. */
export async function register(
  deps: Deps,
  facts: Partial<PersonFacts> = {},
  owner: PersonOwner = {},
): Promise<string> {
  const now = deps.now();
  const name = facts.name ?? '周明';
  const documentNumber = facts.documentNumber ?? anIdNumber('1990-05-06');
  const [registered] = await deps.transaction(() =>
    registerPeople(deps, {
      stated: [
        {
          name,
          nameKey: personNameKey(name),
          documentType: 'resident_identity_card',
          documentNumber,
          ...(/^\d{17}[\dX]$/.test(documentNumber)
            ? birthFactsOf(documentNumber)
            : { birthDay: null, gender: null }),
          mobile: null,
          education: null,
          householdRegistration: null,
          keyGroups: [],
          ...facts,
        },
      ],
      owner,
      day: dayOf(now),
      now,
    }),
  );
  return registered!.personId!;
}

/** A passport number nobody holds. */
export function aPassport(): string {
  serial += 1;
  return `E${String(10_000_000 + serial)}`;
}

export interface Twins {
  readonly ids: readonly [string, string];
  readonly duplicateId: string;
  /** Facts of each as registered, so that it can be named again. */
  readonly facts: readonly [PersonFacts, PersonFacts];
}

/** Two records of one name, birth day and mobile: under an identity card, and under a passport. */
export async function twins(
  deps: Deps,
  given: readonly [Partial<PersonFacts>?, Partial<PersonFacts>?] = [],
): Promise<Twins> {
  serial += 1;
  const name = '周明';
  const card = anIdNumber('1990-05-06');
  const shared = {
    name,
    nameKey: personNameKey(name),
    mobile: `199${String(serial).padStart(8, '0')}`,
    ...birthFactsOf(card),
    education: null,
    householdRegistration: null,
    keyGroups: [],
  };
  const facts: [PersonFacts, PersonFacts] = [
    {
      ...shared,
      documentType: 'resident_identity_card',
      documentNumber: card,
      ...given[0],
    },
    { ...shared, documentType: 'passport', documentNumber: aPassport(), ...given[1] },
  ];
  for (const one of facts) Object.assign(one, { nameKey: personNameKey(one.name) });
  const ids = [await register(deps, facts[0]), await register(deps, facts[1])] as const;
  return { ids, facts, duplicateId: pairId(...ids) };
}

export const keepAll: MergeChoices = {
  name: 'kept',
  document: 'kept',
  mobile: 'kept',
  education: 'kept',
  householdRegistration: 'kept',
  keyGroups: 'kept',
};

export const openPairs = (deps: Deps): Promise<Duplicate[]> =>
  deps.duplicates.list('open', { skip: 0, limit: 500 });

/** Merges a pair as they stand now, keeping the first and its facts unless told otherwise. */
export async function merge(
  deps: Deps,
  actor: Actor,
  { ids, duplicateId }: Pick<Twins, 'ids' | 'duplicateId'>,
  given: {
    keptId?: string;
    choices?: Partial<MergeChoices>;
    reason?: string;
    file?: { bytes: Uint8Array };
  } = {},
) {
  const people = await deps.people.byIds(district, ids);
  return mergePeople(deps, {
    actor,
    duplicateId,
    keptId: given.keptId ?? ids[0],
    choices: { ...keepAll, ...given.choices },
    reason: given.reason ?? '同一人登记两次',
    file: given.file,
    versions: Object.fromEntries([...people].map(([id, person]) => [id, person.version])),
  });
}
