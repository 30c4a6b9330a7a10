// Whatever names a person by id, over all collections: what a merge moves, and its reversal moves back.
import type { Connection, Model } from 'mongoose';
import type { MovedRecords, RenamedRecord } from '../domain/people/person-merge.ts';
import { inTransaction, noteVersions } from './connection.ts';
import { sortKeyOf } from './sort-key.ts';

interface Kind {
  readonly model: string;
  readonly versioned: boolean;
  /** Carries `changedAt`, by which the figures find what changed. */
  readonly stamped: boolean;
  /** Carries a copy of the name that follows the person's until a certificate is issued. */
  readonly named: boolean;
}

const kind = (model: string, versioned: boolean, stamped: boolean, named: boolean): Kind => ({
  model,
  versioned,
  stamped,
  named,
});

/** Models with a `personId`. Certificates keep the name they were issued under; accounts of what was seen keep theirs. */
export const personKinds: readonly Kind[] = [
  kind('Enrolment', true, true, true),
  kind('Candidate', true, false, true),
  kind('Certificate', true, true, false),
  kind('Apprentice', true, true, true),
  kind('ClaimCode', false, false, false),
  kind('Reveal', false, false, false),
  kind('SubjectRequest', true, false, false),
];

interface Named {
  readonly _id: string;
  readonly name: string;
  readonly nameSortKey: string;
}

export type PersonRecords = ReturnType<typeof createPersonRecords>;

/** Over a connection on which the models are registered. */
export function createPersonRecords(connection: Connection) {
  const modelOf = (name: string) => connection.model(name) as unknown as Model<{ _id: string }>;
  const kindOf = (name: string) => personKinds.find((one) => one.model === name)!;
  const touch = ({ versioned, stamped }: Kind, set: Record<string, unknown>, now: Date) => ({
    $set: { ...set, ...(stamped ? { changedAt: now } : {}) },
    ...(versioned ? { $inc: { version: 1 } } : {}),
  });
  const note = ({ model, versioned }: Kind, count: number) => {
    if (versioned) noteVersions(connection, modelOf(model).collection.collectionName, count);
  };
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error("A person's records were moved outside a transaction");
  };
  const overlapCases = () => connection.model('OverlapCase') as unknown as Model<OverlapCase>;

  return {
    /** Gives all records of one person to another; what they were, by collection. */
    async move(from: string, to: string, now: Date): Promise<MovedRecords[]> {
      mustBeInTransaction();
      const moved: MovedRecords[] = [];
      for (const one of personKinds) {
        const model = modelOf(one.model);
        const found = await model.find({ personId: from } as never, { _id: 1 }).lean();
        if (found.length === 0) continue;
        const ids = found.map(({ _id }) => _id);
        await model.updateMany({ _id: { $in: ids } } as never, touch(one, { personId: to }, now) as never);
        note(one, ids.length);
        moved.push({ collection: one.model, ids });
      }
      return moved;
    },
    /** Gives moved records back, those that are still there; how many of each collection. */
    async moveBack(
      moved: readonly MovedRecords[],
      from: string,
      to: string,
      now: Date,
    ): Promise<Record<string, number>> {
      mustBeInTransaction();
      const counts: Record<string, number> = {};
      for (const { collection, ids } of moved) {
        const result = await modelOf(collection).updateMany(
          { _id: { $in: [...ids] }, personId: from } as never,
          touch(kindOf(collection), { personId: to }, now) as never,
        );
        note(kindOf(collection), result.modifiedCount);
        counts[collection] = result.modifiedCount;
      }
      return counts;
    },
    /** Puts a person's name on the records that copy it; those that had another, as they were. */
    async rename(personId: string, name: string, now: Date): Promise<RenamedRecord[]> {
      mustBeInTransaction();
      const renamed: RenamedRecord[] = [];
      for (const one of personKinds.filter(({ named }) => named)) {
        const model = modelOf(one.model);
        const found = (await model
          .find({ personId } as never, { name: 1, nameSortKey: 1 })
          .lean()) as unknown as Named[];
        const others = found.filter((record) => record.name !== name);
        if (others.length === 0) continue;
        const ids = others.map(({ _id }) => _id);
        await model.updateMany(
          { _id: { $in: ids } } as never,
          touch(one, { name, nameSortKey: sortKeyOf(name) }, now) as never,
        );
        note(one, ids.length);
        for (const { _id, ...before } of others) renamed.push({ collection: one.model, id: _id, ...before });
      }
      return renamed;
    },
    /** Gives records their former name unless they were renamed again since. */
    async renameBack(renamed: readonly RenamedRecord[], since: string, now: Date): Promise<void> {
      mustBeInTransaction();
      for (const { collection, id, name, nameSortKey } of renamed) {
        const { modifiedCount } = await modelOf(collection).updateOne(
          { _id: id, name: since } as never,
          touch(kindOf(collection), { name, nameSortKey }, now) as never,
        );
        note(kindOf(collection), modifiedCount);
      }
    },
    /** Cases of overlapping lessons a person is in. */
    async overlapCasesOf(
      personId: string,
    ): Promise<{ id: string; reference: string; openedAt: Date | null }[]> {
      const found = await overlapCases().find({ personIds: personId }).sort({ _id: 1 }).lean();
      return found.map(({ _id, reference, openedAt }) => ({
        id: _id,
        reference,
        openedAt: openedAt ?? null,
      }));
    },
    /** Puts one person in another's place in cases of overlapping lessons; the cases as they were. */
    async moveOverlapCases(from: string, to: string): Promise<{ id: string; personIds: string[] }[]> {
      mustBeInTransaction();
      const found = await overlapCases().find({ personIds: from }).lean();
      for (const { _id, personIds } of found)
        await overlapCases().updateOne(
          { _id },
          { $set: { personIds: [...new Set(personIds.map((id) => (id === from ? to : id)))] } },
        );
      return found.map(({ _id, personIds }) => ({ id: _id, personIds }));
    },
    /** Cases name whom they named before, and whoever joined them since. */
    async restoreOverlapCases(
      before: readonly { readonly id: string; readonly personIds: readonly string[] }[],
      to: string,
    ): Promise<void> {
      mustBeInTransaction();
      for (const { id, personIds } of before) {
        const now = await overlapCases().findById(id).lean();
        if (now === null) continue;
        const joined = now.personIds.filter((one) => one !== to && !personIds.includes(one));
        await overlapCases().updateOne({ _id: id }, { $set: { personIds: [...personIds, ...joined] } });
      }
    },
  };
}

interface OverlapCase {
  readonly _id: string;
  readonly reference: string;
  readonly openedAt?: Date;
  readonly personIds: string[];
}
