// Files the product keeps (uploads, finished PDFs), encrypted, with the SHA-256 of their plain bytes.
import { createHash } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { NotFound, orNotFound } from '../domain/shared/errors.ts';
import type { Cipher } from './cipher.ts';

const partSize = 8 * 1024 * 1024;
const schema = new Schema(
  {
    _id: String,
    name: String,
    type: { type: String },
    size: Number,
    sha256: String,
    parts: Number,
    keptAt: Date,
    // After this instant it is not read any more and retention deletes it; absent for what is kept for good.
    endsAt: Date,
    // Which records it is evidence about; absent for what is no evidence.
    about: { type: [new Schema({ kind: { type: String }, id: String }, { _id: false })], default: undefined },
  },
  { versionKey: false, collection: 'keptFiles' },
);
schema.index({ endsAt: 1, _id: 1 });
schema.index({ 'about.id': 1 }, { sparse: true });
const partSchema = new Schema(
  { _id: String, sealed: Buffer },
  { versionKey: false, collection: 'keptFileParts' },
);

export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** A file that proves something about records, without its bytes. */
export interface Evidence {
  readonly id: string;
  readonly type: string;
  readonly keptAt: Date;
  readonly about: readonly { readonly kind: string; readonly id: string }[];
}

export type KeptFiles = ReturnType<typeof createKeptFiles>;

export function createKeptFiles(connection: Connection, cipher: Cipher, newId: () => string) {
  const model = connection.model('KeptFile', schema);
  const parts = connection.model('KeptFilePart', partSchema);
  const evidenceWhere = async (filter: Readonly<Record<string, unknown>>): Promise<Evidence[]> =>
    (await model.find(filter as never).lean()).map((one) => ({
      id: one._id!,
      type: one.type!,
      keptAt: one.keptAt!,
      about: (one.about ?? []).map(({ kind, id }) => ({ kind: kind!, id: id! })),
    }));
  return {
    model,
    /** Keeps bytes encrypted, until `endsAt` where one is given, and returns what is known of them. */
    async keep(file: {
      name: string;
      type: string;
      bytes: Uint8Array;
      at: Date;
      endsAt?: Date;
      about?: Evidence['about'];
    }): Promise<KeptFile> {
      const id = newId();
      const count = Math.max(1, Math.ceil(file.bytes.length / partSize));
      for (let index = 0; index < count; index += 1) {
        const sealed = cipher.sealBytes(file.bytes.subarray(index * partSize, (index + 1) * partSize));
        await parts.insertMany([{ _id: `${id}:${index}`, sealed }], { lean: true } as never);
      }
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const kept = { id, name: file.name, type: file.type, size: file.bytes.length, sha256 };
      await model.insertMany(
        [
          {
            _id: id,
            name: kept.name,
            type: kept.type,
            size: kept.size,
            sha256,
            parts: count,
            keptAt: file.at,
            ...(file.endsAt === undefined ? {} : { endsAt: file.endsAt }),
            ...(file.about === undefined ? {} : { about: file.about }),
          },
        ],
        { lean: true } as never,
      );
      return kept;
    },
    /** The plain bytes of a kept file; throws NotFound, also for one whose end has come by `now`. */
    async read(id: string, now?: Date): Promise<KeptFile & { keptAt: Date; bytes: Buffer }> {
      const file = orNotFound(await model.findById(id).lean());
      if (file.endsAt && now !== undefined && file.endsAt <= now) throw new NotFound();
      const pieces: Buffer[] = [];
      for (let index = 0; index < (file.parts ?? 0); index += 1) {
        const part = orNotFound(await parts.findById(`${id}:${index}`).lean());
        pieces.push(cipher.openBytes((part.sealed as unknown as { buffer: Buffer }).buffer ?? part.sealed));
      }
      return {
        id,
        name: file.name!,
        type: file.type!,
        size: file.size!,
        sha256: file.sha256!,
        keptAt: file.keptAt!,
        bytes: Buffer.concat(pieces),
      };
    },
    /** What is kept as evidence under these ids; other files, and what is gone, are left out. */
    async evidence(ids: readonly string[]): Promise<Evidence[]> {
      if (ids.length === 0) return [];
      return evidenceWhere({ _id: { $in: [...ids] }, 'about.0': { $exists: true } });
    },
    /** The evidence about records of a kind, oldest first. */
    async evidenceAbout(kind: string, ids: readonly string[]): Promise<Evidence[]> {
      if (ids.length === 0) return [];
      const found = await evidenceWhere({ 'about.id': { $in: [...ids] } });
      return found
        .filter(({ about }) => about.some((one) => one.kind === kind && ids.includes(one.id)))
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    },
    /** Evidence is about these records no more; what is then about none is deleted. */
    async releaseEvidence(kind: string, ids: readonly string[]): Promise<void> {
      for (const { id, about } of await this.evidenceAbout(kind, ids)) {
        const left = about.filter((one) => one.kind !== kind || !ids.includes(one.id));
        if (left.length === 0) await this.forget(id);
        else await model.updateOne({ _id: id }, { $set: { about: left } });
      }
    },
    /** Keeps for good what was kept until an end. */
    async keepForGood(id: string): Promise<void> {
      await model.updateOne({ _id: id }, { $unset: { endsAt: '' } });
    },
    /** Deletes a file with all its parts. */
    async forget(id: string): Promise<void> {
      const file = await model.findById(id).lean();
      for (let index = 0; index < (file?.parts ?? 0); index += 1)
        await parts.deleteOne({ _id: `${id}:${index}` });
      await model.deleteOne({ _id: id });
    },
  };
}
