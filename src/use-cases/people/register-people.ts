// Finds or makes the persons of a roster, a candidate list or an apprentice list: one person per identity over all bodies.
import type { Deps } from '../../deps.ts';
import {
  learnerNumberOf,
  type IdentityVerdict,
  type Person,
  type PersonFacts,
  type PersonOwner,
} from '../../domain/people/person.ts';
import { noteDuplicates } from './note-duplicates.ts';

/** One verdict per person stated, in their order, with one query; nothing is written and no stored fact comes back. */
export async function matchPeople(
  deps: Pick<Deps, 'people' | 'unscoped'>,
  stated: readonly PersonFacts[],
): Promise<IdentityVerdict[]> {
  return deps.unscoped.personIdentity.match(
    stated.map((facts) => ({
      ...facts,
      documentHashes: deps.people.documentHashes(facts.documentType, facts.documentNumber),
    })),
  );
}

/**
 * The verdicts, each with the person's id: NEW persons are made with the next learner numbers, MATCHED ones join the owner's
 * scope and gain what was unknown of them; a CONFLICT keeps personId null and writes nothing. Call it inside the
 * transaction that needs the persons. The learner counter is one document, so of two registrations at once one is retried
 * and sees the persons of the other.
 */
export async function registerPeople(
  deps: Pick<Deps, 'people' | 'duplicates' | 'unscoped' | 'serials' | 'newId'>,
  command: { stated: readonly PersonFacts[]; owner: PersonOwner; day: string; now: Date },
): Promise<{ readonly verdict: IdentityVerdict['kind']; readonly personId: string | null }[]> {
  const { stated, owner, day, now } = command;
  const verdicts = await matchPeople(deps, stated);
  const made = new Map<string, Person>();
  const fresh = stated.filter((_, index) => verdicts[index]!.kind === 'new');
  const first = fresh.length > 0 ? await deps.serials.take('learner', fresh.length) : 0;
  // Hashed once: between two steps a rotation may bring another key.
  const hashes = new Map(fresh.map((facts) => [facts, hashOf(deps, facts)]));
  for (const [facts, documentHash] of hashes) {
    if (made.has(documentHash)) continue;
    const learnerNumber = learnerNumberOf(first + made.size);
    made.set(documentHash, makePerson(deps, { facts, documentHash, learnerNumber, owner, day, now }));
  }
  await deps.people.addMany([...made.values()]);
  await deps.people.join(
    stated.flatMap((facts, index) => {
      const { kind, personId } = verdicts[index]!;
      return kind === 'matched' ? [{ ...facts, personId, keyGroups: dated(facts, day) }] : [];
    }),
    owner,
    now,
  );
  const registered = stated.map((facts, index) => {
    const { kind, personId } = verdicts[index]!;
    return { verdict: kind, personId: kind === 'new' ? made.get(hashes.get(facts)!)!.id : personId };
  });
  await noteDuplicates(
    deps,
    stated.flatMap((facts, index) => {
      const { verdict, personId } = registered[index]!;
      const document =
        verdict === 'new' ? { documentType: facts.documentType, number: facts.documentNumber } : null;
      return personId === null ? [] : [{ ...facts, personId, document }];
    }),
    now,
  );
  return registered;
}

function makePerson(
  deps: Pick<Deps, 'people' | 'newId'>,
  given: {
    facts: PersonFacts;
    documentHash: string;
    learnerNumber: string;
    owner: PersonOwner;
    day: string;
    now: Date;
  },
): Person {
  const { facts, owner } = given;
  const only = (id: string | null | undefined): string[] => (id ? [id] : []);
  return {
    id: deps.newId(),
    version: 0,
    learnerNumber: given.learnerNumber,
    name: facts.name,
    nameKey: facts.nameKey,
    nameSortKey: '',
    documentType: facts.documentType,
    documentSealed: deps.people.seal(facts.documentNumber),
    documentHash: given.documentHash,
    birthDay: facts.birthDay,
    gender: facts.gender,
    mobileSealed: facts.mobile === null ? null : deps.people.seal(facts.mobile),
    mobileHash: facts.mobile === null ? null : deps.people.hashMobile(facts.mobile),
    education: facts.education,
    householdRegistration: facts.householdRegistration,
    keyGroups: dated(facts, given.day),
    centreIds: only(owner.centreId),
    evaluatorIds: only(owner.evaluatorId),
    enterpriseIds: only(owner.enterpriseId),
    areaCodes: only(owner.areaCode),
    mergedInto: null,
    createdAt: given.now,
    changedAt: given.now,
  };
}

function dated(facts: PersonFacts, day: string): Person['keyGroups'] {
  return facts.keyGroups.map((group) => ({ group, from: day }));
}

function hashOf(deps: Pick<Deps, 'people'>, facts: PersonFacts): string {
  return deps.people.hashDocument(facts.documentType, facts.documentNumber);
}
