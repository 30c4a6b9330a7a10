// What a person on record gains when another body takes it in, as one update that reads nothing.
import type { DatedKeyGroup, PersonOwner } from '../domain/people/person.ts';
import type { Cipher } from './cipher.ts';

/** What was stated of a person already on record when another body took it in. */
export interface PersonStatement {
  readonly personId: string;
  readonly mobile: string | null;
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly DatedKeyGroup[];
}

/** The fields to set, as pipeline expressions: unknown facts filled, new groups and the owner added, the version grown. */
export function joined(
  stated: PersonStatement,
  owner: PersonOwner,
  { cipher, now }: { cipher: Cipher; now: Date },
): Record<string, unknown> {
  const { mobile } = stated;
  return {
    ...unknownFilled({
      education: stated.education,
      householdRegistration: stated.householdRegistration,
      mobileSealed: mobile === null ? null : cipher.seal(mobile),
      mobileHash: mobile === null ? null : cipher.hash('mobile', mobile),
    }),
    ...groupsAdded(stated.keyGroups),
    ...ownersAdded(owner),
    version: { $add: ['$version', 1] },
    changedAt: now,
  };
}

function unknownFilled(facts: Record<string, string | null>): Record<string, unknown> {
  const stated = Object.entries(facts).filter(([, value]) => value !== null);
  return Object.fromEntries(
    stated.map(([field, value]) => [field, { $ifNull: [`$${field}`, { $literal: value }] }]),
  );
}

function groupsAdded(groups: readonly DatedKeyGroup[]): Record<string, unknown> {
  if (groups.length === 0) return {};
  const unheld = {
    $filter: {
      input: { $literal: groups },
      as: 'one',
      cond: { $not: [{ $in: ['$$one.group', '$keyGroups.group'] }] },
    },
  };
  return { keyGroups: { $concatArrays: ['$keyGroups', unheld] } };
}

function ownersAdded(owner: PersonOwner): Record<string, unknown> {
  const owners: Record<string, string | null | undefined> = {
    centreIds: owner.centreId,
    evaluatorIds: owner.evaluatorId,
    enterpriseIds: owner.enterpriseId,
    areaCodes: owner.areaCode,
  };
  const given = Object.entries(owners).filter(([, id]) => id);
  return Object.fromEntries(
    given.map(([field, id]) => [field, { $setUnion: [`$${field}`, [{ $literal: id }]] }]),
  );
}
