// Persons. Document numbers and mobiles are sealed and found by keyed hash; names by stored keys.
import { Schema, type Connection } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import { maskDocumentNumber, maskMobile } from '../domain/people/masking.ts';
import { personNameKey } from '../domain/people/person-name.ts';
import type { DatedKeyGroup, Person, PersonOwner } from '../domain/people/person.ts';
import type { RevealedField } from '../domain/people/reveal.ts';
import type { Cipher } from './cipher.ts';
import { createRecordStore, type Filter, type Page } from './record-store.ts';
import { sortKeyOf } from './sort-key.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    learnerNumber: String,
    name: String,
    nameKey: String,
    nameSortKey: String,
    documentType: String,
    documentSealed: String,
    documentHash: String,
    birthDay: String,
    gender: String,
    mobileSealed: String,
    mobileHash: String,
    education: String,
    householdRegistration: String,
    keyGroups: [new Schema({ group: String, from: String }, { _id: false })],
    centreIds: [String],
    evaluatorIds: [String],
    enterpriseIds: [String],
    areaCodes: [String],
    createdAt: Date,
    changedAt: Date,
    // When retention took the document number out.
    numberRemovedAt: Date,
  },
  { versionKey: false, collection: 'people' },
);
schema.index({ documentHash: 1 }, { unique: true });
schema.index({ learnerNumber: 1 }, { unique: true });
schema.index({ nameSortKey: 1 });
schema.index({ nameKey: 1 });
schema.index({ centreIds: 1, nameSortKey: 1 });
schema.index({ evaluatorIds: 1, nameSortKey: 1 });
schema.index({ enterpriseIds: 1, nameSortKey: 1 });
schema.index({ areaCodes: 1, nameSortKey: 1 });
schema.index({ changedAt: 1, _id: 1 });
schema.index({ mobileHash: 1 }, { partialFilterExpression: { mobileHash: { $type: 'string' } } });

/** What was stated of a person already on record when another body took it in. */
export interface PersonStatement {
  readonly personId: string;
  readonly mobile: string | null;
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly DatedKeyGroup[];
}

export interface MaskedIdentity {
  readonly learnerNumber: string;
  readonly documentType: string;
  readonly number: string;
  readonly mobile: string | null;
}

export type People = ReturnType<typeof createPeople>;

/** The store of persons; a body sees those it had to do with, an area those trained on its ground, a holder himself. */
export function createPeople(connection: Connection, cipher: Cipher) {
  const store = createRecordStore<Person>(
    connection,
    'Person',
    schema,
    {
      centre: 'centreIds',
      evaluator: 'evaluatorIds',
      enterprise: 'enterpriseIds',
      area: 'areaCodes',
      self: '_id',
    },
    { toStored: (person) => ({ ...person, nameSortKey: person.nameSortKey || sortKeyOf(person.name) }) },
  );
  return {
    ...store,
    /** Keyed hash of a document; equal for equal type and normalised number. */
    hashDocument: (documentType: string, number: string) =>
      cipher.hash('document', `${documentType}|${number}`),
    /** The hashes a document may be on record under while keys are rotated, the present one first. */
    documentHashes: (documentType: string, number: string) =>
      cipher.hashes('document', `${documentType}|${number}`),
    hashMobile: (mobile: string) => cipher.hash('mobile', mobile),
    seal: (value: string) => cipher.seal(value),
    /** Document numbers in clear by person id, for certificates and exports that print them; persons out of scope are absent. */
    async openDocumentNumbers(
      scope: Scope,
      ids: readonly string[],
    ): Promise<Map<string, { documentType: string; number: string }>> {
      const found = await store.find(scope, { _id: { $in: [...new Set(ids)] } });
      return new Map(
        found.map((person) => [
          person.id,
          {
            documentType: person.documentType,
            number: isRemoved(person) ? '' : cipher.open(person.documentSealed),
          },
        ]),
      );
    },
    /** What lists show of persons in scope, by id: learner number, document type and the number masked (domain 9.2). */
    async maskedOf(scope: Scope, ids: readonly string[]): Promise<Map<string, MaskedIdentity>> {
      const found = await store.find(scope, { _id: { $in: [...new Set(ids)] } });
      return new Map(found.map((person) => [person.id, this.masked(person)]));
    },
    /** The masked identity of a person at hand; the number is masked after opening and never kept so. */
    masked: (person: Person): MaskedIdentity => ({
      learnerNumber: person.learnerNumber,
      documentType: person.documentType,
      number: isRemoved(person) ? '—' : maskDocumentNumber(cipher.open(person.documentSealed)),
      mobile: person.mobileSealed === null ? null : maskMobile(cipher.open(person.mobileSealed)),
    }),
    /** One number of a person at hand in clear, null where there is none; who asks is on record (reveal-number.ts). */
    openNumber: (person: Person, field: RevealedField): string | null =>
      field === 'documentNumber'
        ? isRemoved(person)
          ? null
          : cipher.open(person.documentSealed)
        : person.mobileSealed === null
          ? null
          : cipher.open(person.mobileSealed),
    /** Persons of the ids in scope, by id. */
    async byIds(scope: Scope, ids: readonly string[]): Promise<Map<string, Person>> {
      const found = await store.find(scope, { _id: { $in: [...new Set(ids)] } });
      return new Map(found.map((person) => [person.id, person]));
    },
    /**
     * Persons whose name begins with what was typed: Han characters by the match key, Latin letters by the sort key, a
     * whole learner number by itself. In order of name.
     */
    async byName(scope: Scope, typed: string, page: Page): Promise<Person[]> {
      return store.find(scope, nameFilter(typed), { sort: { nameSortKey: 1 }, page });
    },
    async countByName(scope: Scope, typed: string): Promise<number> {
      return store.count(scope, nameFilter(typed));
    },
    /**
     * Adds an owner to persons on record, in one write without reading them: unknown facts are filled, known ones stay,
     * groups not held yet are added with their day.
     */
    async join(statements: readonly PersonStatement[], owner: PersonOwner, now: Date): Promise<void> {
      if (statements.length === 0) return;
      await store.model.bulkWrite(
        statements.map((stated) => ({
          updateOne: {
            filter: { _id: stated.personId },
            update: [
              {
                $set: {
                  ...unknownFilled({
                    education: stated.education,
                    householdRegistration: stated.householdRegistration,
                    mobileSealed: stated.mobile === null ? null : cipher.seal(stated.mobile),
                    mobileHash: stated.mobile === null ? null : cipher.hash('mobile', stated.mobile),
                  }),
                  ...groupsAdded(stated.keyGroups),
                  ...ownersAdded(owner),
                  version: { $add: ['$version', 1] },
                  changedAt: now,
                },
              },
            ],
          },
        })) as never,
      );
    },
    /** Takes persons out of a centre's sight, when nothing of theirs is left there. */
    async leave(personIds: readonly string[], centreId: string): Promise<void> {
      if (personIds.length === 0) return;
      await store.model.updateMany(
        { _id: { $in: [...personIds] } } as never,
        { $pull: { centreIds: centreId }, $inc: { version: 1 } } as never,
      );
    },
    /** Takes mobile, education and household registration out of persons; when they were last active stays as it was. */
    async removeContact(personIds: readonly string[]): Promise<void> {
      const nothing = { mobileSealed: null, mobileHash: null, education: null, householdRegistration: null };
      await store.model.updateMany(
        { _id: { $in: [...personIds] } } as never,
        { $set: nothing, $inc: { version: 1 } } as never,
      );
    },
    /** Puts in place of document numbers something nobody can type, so that each stays unique under every key. */
    async removeNumbers(personIds: readonly string[], at: Date): Promise<void> {
      const found = await store.find({ kind: 'district' }, { _id: { $in: [...personIds] } });
      if (found.length === 0) return;
      await store.model.bulkWrite(
        found.map(({ id, documentType }) => {
          const instead = `removed:${id}`;
          const documentSealed = cipher.seal(instead);
          const documentHash = cipher.hash('document', `${documentType}|${instead}`);
          return {
            updateOne: {
              filter: { _id: id },
              update: { $set: { documentSealed, documentHash, numberRemovedAt: at }, $inc: { version: 1 } },
            },
          };
        }) as never,
      );
    },
  };
}

function isRemoved(person: Person): boolean {
  return (person.numberRemovedAt ?? null) !== null;
}

function nameFilter(typed: string): Filter {
  const text = typed.trim();
  if (text === '') return {};
  if (/^L\d{8}$/i.test(text)) return { learnerNumber: text.toUpperCase() };
  return /^[\p{Script=Latin}\s]+$/u.test(text)
    ? { nameSortKey: { $regex: `^${escape(text.toLowerCase())}` } }
    : { nameKey: { $regex: `^${escape(personNameKey(text))}` } };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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
