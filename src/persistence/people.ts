// Persons. Document numbers and mobiles are sealed and found by keyed hash; names by stored keys.
import { Schema, type Connection } from 'mongoose';
import { district, type Scope } from '../domain/accounts/scope.ts';
import { maskDocumentNumber, maskMobile } from '../domain/people/masking.ts';
import { personNameKey } from '../domain/people/person-name.ts';
import type { Person, PersonOwner } from '../domain/people/person.ts';
import type { PersonNumber } from '../domain/people/reveal.ts';
import { Conflict, NotFound, orNotFound } from '../domain/shared/errors.ts';
import type { Cipher } from './cipher.ts';
import { joined, type PersonStatement } from './person-statements.ts';
import { nameFilter } from './person-name-filter.ts';
import { createRecordStore, type Page } from './record-store.ts';
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
    mergedInto: String,
    // Touched by whoever writes the person's id elsewhere, so that a merge at the same moment is noticed.
    turns: Number,
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

export interface MaskedIdentity {
  readonly learnerNumber: string;
  readonly documentType: string;
  readonly number: string;
  readonly mobile: string | null;
}

/** Who may be one person with another: `_id`, and what is compared. */
export interface Namesake {
  readonly _id: string;
  readonly nameKey: string;
  readonly birthDay: string | null;
  readonly mobileHash: string;
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
    { toStored, fromStored },
  );
  return {
    ...store,
    /** The person; throws NotFound outside the scope and for a record that was merged into another. */
    async get(scope: Scope, id: string): Promise<Person> {
      const found = await store.get(scope, id);
      if (found.mergedInto !== null) throw new NotFound();
      return found;
    },
    /** A person's record, merged or not, for the bureau's merge and its reversal; throws NotFound. */
    async record(id: string): Promise<Person> {
      return orNotFound(await store.findOne(district, { _id: id }));
    },
    /** The id of the person kept in place of the one given: itself unless it was merged. */
    async keptId(id: string): Promise<string> {
      let kept = id;
      for (;;) {
        const found = await store.model.findOne({ _id: kept }, { mergedInto: 1 }).lean();
        const next = found?.['mergedInto'];
        if (typeof next !== 'string') return kept;
        kept = next;
      }
    },
    /** Touches persons whose ids are about to be written elsewhere: of that and a merge at once, one is retried. */
    async hold(ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await store.documents.update([
        { updateMany: { filter: { _id: { $in: [...new Set(ids)] } }, update: { $inc: { turns: 1 } } } },
      ]);
    },
    /** Frees a record's document hash for the moment in which two records exchange theirs. */
    async freeDocument(person: Person): Promise<void> {
      const result = await store.model.updateOne(
        { _id: person.id, version: person.version } as never,
        { $set: { documentHash: `exchanged:${person.id}` } } as never,
      );
      if (result.matchedCount === 0) throw new Conflict('shared.changedMeanwhile');
    },
    /** Ids of persons on record, not merged ones, by document hash; hashes nobody has are absent. */
    async idsByDocument(hashes: readonly string[]): Promise<Map<string, string>> {
      const found = await store.documents.find(
        { documentHash: { $in: [...hashes] } },
        { fields: { documentHash: 1, mergedInto: 1 } },
      );
      return new Map(
        found
          .filter((one) => typeof one['mergedInto'] !== 'string')
          .map((one) => [one['documentHash'] as string, one._id]),
      );
    },
    /** Persons on record with one of the mobiles and one of the names: their name key, birth day and mobile's hash. */
    async namesakes(mobileHashes: readonly string[], nameKeys: readonly string[]): Promise<Namesake[]> {
      const filter = { mobileHash: { $in: [...mobileHashes] }, nameKey: { $in: [...nameKeys] } };
      const fields = { nameKey: 1, birthDay: 1, mobileHash: 1 } as const;
      return (await store.documents.find(filter, { fields })) as unknown as Namesake[];
    },
    /** Keyed hash of a document; equal for equal type and normalised number. */
    hashDocument: (documentType: string, number: string) =>
      cipher.hash('document', `${documentType}|${number}`),
    /** The hashes a document may be on record under while keys are rotated, the present one first. */
    documentHashes: (documentType: string, number: string) =>
      cipher.hashes('document', `${documentType}|${number}`),
    hashMobile: (mobile: string) => cipher.hash('mobile', mobile),
    mobileHashes: (mobile: string) => cipher.hashes('mobile', mobile),
    seal: (value: string) => cipher.seal(value),
    open: (sealed: string) => cipher.open(sealed),
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
    openNumber: (person: Person, field: PersonNumber): string | null =>
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
      const matched = await store.documents.update(
        statements.map((stated) => ({
          updateOne: {
            filter: { _id: stated.personId },
            update: [{ $set: joined(stated, owner, { cipher, now }) }],
          },
        })),
      );
      store.noteVersions(matched);
    },
    /** Takes persons out of a centre's sight, when nothing of theirs is left there. */
    async leave(personIds: readonly string[], centreId: string): Promise<void> {
      if (personIds.length === 0) return;
      const left = await store.model.updateMany(
        { _id: { $in: [...personIds] } } as never,
        { $pull: { centreIds: centreId }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(left.matchedCount);
    },
    /** Takes mobile, education and household registration out of persons; when they were last active stays as it was. */
    async removeContact(personIds: readonly string[]): Promise<void> {
      const nothing = { mobileSealed: null, mobileHash: null, education: null, householdRegistration: null };
      const { matchedCount } = await store.model.updateMany(
        { _id: { $in: [...personIds] } } as never,
        { $set: nothing, $inc: { version: 1 } } as never,
      );
      store.noteVersions(matchedCount);
    },
    /** Puts in place of document numbers something nobody can type, so that each stays unique under every key. */
    async removeNumbers(personIds: readonly string[], at: Date): Promise<void> {
      const found = await store.find({ kind: 'district' }, { _id: { $in: [...personIds] } });
      if (found.length === 0) return;
      store.noteVersions(found.length);
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

/** A merged record stands in no list: it has no key there, and its owners are kept with the merge. */
function toStored(person: Person): Record<string, unknown> {
  const merged = person.mergedInto !== null;
  return {
    ...person,
    nameKey: merged ? null : person.nameKey,
    nameSortKey: merged ? null : person.nameSortKey || sortKeyOf(person.name),
  };
}

function fromStored(stored: Record<string, unknown>): Person {
  const fields: Record<string, unknown> = { mergedInto: null, ...stored };
  delete fields['turns'];
  const person = fields as unknown as Person;
  return person.mergedInto === null
    ? person
    : { ...person, nameKey: personNameKey(person.name), nameSortKey: sortKeyOf(person.name) };
}
