// Claim codes, one live code per person and issuer, kept as keyed hashes; the next print replaces the last.
import { Schema, type Connection } from 'mongoose';
import type { Cipher } from './cipher.ts';

const schema = new Schema(
  { _id: String, personId: String, issuerId: String, codeHash: String, endsOn: String, madeAt: Date },
  { versionKey: false, collection: 'claimCodes' },
);
schema.index({ personId: 1 });

export interface NewClaimCode {
  readonly personId: string;
  readonly issuerId: string;
  readonly code: string;
  readonly endsOn: string;
}

export type ClaimCodes = ReturnType<typeof createClaimCodes>;

export function createClaimCodes(connection: Connection, cipher: Cipher) {
  const model = connection.model('ClaimCode', schema);
  return {
    /** Replaces the codes of these persons at their issuers. */
    async replace(codes: readonly NewClaimCode[], now: Date): Promise<void> {
      if (codes.length === 0) return;
      await model.bulkWrite(
        codes.flatMap(({ personId, issuerId, code, endsOn }) => [
          {
            updateOne: {
              filter: { _id: `${personId}:${issuerId}` },
              update: {
                $set: { personId, issuerId, codeHash: cipher.hash('claim', code), endsOn, madeAt: now },
              },
              upsert: true,
            },
          },
          // A code that came with a merged record is under that record's id.
          { deleteMany: { filter: { personId, issuerId, _id: { $ne: `${personId}:${issuerId}` } } } },
        ]),
      );
    },
    /** Since when and until when a person has codes; the codes themselves nobody keeps. */
    async ofPerson(personId: string): Promise<{ madeAt: string; endsOn: string }[]> {
      const found = await model.find({ personId }).lean();
      return found.map(({ madeAt, endsOn }) => ({ madeAt: madeAt!.toISOString(), endsOn: endsOn! }));
    },
    /** Whether the normalised code is a live one of this person on the day. */
    async holds(personId: string, code: string, today: string): Promise<boolean> {
      const hashes = cipher.hashes('claim', code);
      const found = await model.find({ personId }).lean();
      return found.some((one) => hashes.includes(one.codeHash!) && one.endsOn! >= today);
    },
  };
}
