// Roster imports. Their rows hold identity data, so they are kept sealed, in parts of a thousand, and dropped with the
// preview when nothing came of it.
import { Schema, type Connection } from 'mongoose';
import { district, type Scope } from '../domain/accounts/scope.ts';
import type { CheckedRow, RosterImport } from '../domain/training/roster-import.ts';
import type { Cipher } from './cipher.ts';
import { inTransaction } from './connection.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const rowsPerPart = 1_000;

const schema = new Schema(
  {
    _id: String,
    version: Number,
    sessionId: String,
    centreId: String,
    fileName: String,
    fileId: String,
    format: String,
    encoding: String,
    sheetName: String,
    headerRow: Number,
    columns: Schema.Types.Mixed,
    unusedHeadings: [String],
    rowCount: Number,
    counts: new Schema(
      { new: Number, matched: Number, conflict: Number, error: Number, warned: Number },
      { _id: false },
    ),
    status: String,
    statusChanges: [statusChange],
    createdBy: String,
    createdByName: String,
    createdAt: Date,
    previewUntil: Date,
    committedAt: Date,
    committedCount: Number,
    leftOutCount: Number,
    undoUntil: Date,
    // When retention dropped its rows and its file.
    rowsRemovedAt: Date,
  },
  { versionKey: false, collection: 'rosterImports', minimize: false },
);
schema.index({ centreId: 1, createdAt: -1 });
schema.index({ centreId: 1, status: 1, createdAt: -1 });
schema.index({ sessionId: 1, createdAt: -1 });
schema.index({ createdAt: -1 });
schema.index({ status: 1, createdAt: -1 });
schema.index({ committedAt: 1, _id: 1 });

const partSchema = new Schema(
  { _id: String, importId: String, part: Number, sealed: String, dropAt: Date },
  { versionKey: false, collection: 'rosterImportParts' },
);
partSchema.index({ importId: 1, part: 1 }, { unique: true });
partSchema.index({ dropAt: 1 }, { expireAfterSeconds: 0 });

/** Whom a row is about: a row of somebody new names no person yet, so the document decides. */
export interface RowOwner {
  readonly personId: string;
  readonly documentType: string;
  readonly documentNumber: string | null;
}

function isAbout({ personId, facts }: CheckedRow, who: RowOwner): boolean {
  if (personId !== null) return personId === who.personId;
  return (
    who.documentNumber !== null &&
    facts?.documentType === who.documentType &&
    facts.documentNumber === who.documentNumber
  );
}

function withoutContact(one: CheckedRow): CheckedRow {
  const cells = { ...one.row.cells };
  delete cells.mobile;
  delete cells.education;
  delete cells.householdRegistration;
  return {
    ...one,
    row: { ...one.row, cells },
    facts:
      one.facts === null
        ? null
        : { ...one.facts, mobile: null, education: null, householdRegistration: null },
  };
}

export type RosterImports = ReturnType<typeof createRosterImports>;

/** The store of roster imports; a centre sees its own, the district all. */
export function createRosterImports(connection: Connection, cipher: Cipher) {
  const store = createRecordStore<RosterImport>(connection, 'RosterImport', schema, { centre: 'centreId' });
  const parts = connection.model('RosterImportPart', partSchema);
  const openRows = (sealed: string) => JSON.parse(cipher.open(sealed)) as CheckedRow[];
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error('Roster rows were written outside a transaction');
  };
  return {
    ...store,
    /** Keeps the rows of an import, of which none were kept before; null for `dropAt` keeps them for good. */
    async keepRows(importId: string, rows: readonly CheckedRow[], dropAt: Date | null): Promise<void> {
      mustBeInTransaction();
      const documents = [];
      for (let part = 0; part * rowsPerPart < rows.length; part += 1) {
        const slice = rows.slice(part * rowsPerPart, (part + 1) * rowsPerPart);
        const sealed = cipher.seal(JSON.stringify(slice));
        documents.push({ _id: `${importId}:${part}`, importId, part, sealed, ...(dropAt ? { dropAt } : {}) });
      }
      if (documents.length > 0) await parts.insertMany(documents, { lean: true } as never);
    },
    /** Keeps rows in place of those kept before. */
    async keepOtherRows(importId: string, rows: readonly CheckedRow[], dropAt: Date | null): Promise<void> {
      mustBeInTransaction();
      await parts.deleteMany({ importId });
      await this.keepRows(importId, rows, dropAt);
    },
    /** The checked rows of an import in scope, in file order; throws NotFound outside the scope. */
    async rowsOf(scope: Scope, importId: string): Promise<CheckedRow[]> {
      await store.get(scope, importId);
      const found = await parts.find({ importId }).sort({ part: 1 }).lean();
      return found.flatMap((part) => JSON.parse(cipher.open(part.sealed!)) as CheckedRow[]);
    },
    /** Rows of these sessions' imports that are about the person, each with its file's name. */
    async rowsAbout(
      sessionIds: readonly string[],
      who: RowOwner,
    ): Promise<{ fileName: string; row: CheckedRow['row'] }[]> {
      const imports = await store.find(district, { sessionId: { $in: [...sessionIds] } });
      const fileNames = new Map(imports.map((one) => [one.id, one.fileName]));
      const found = await parts.find({ importId: { $in: [...fileNames.keys()] } }).lean();
      return found.flatMap((part) =>
        openRows(part.sealed!)
          .filter((one) => isAbout(one, who))
          .map(({ row }) => ({ fileName: fileNames.get(part.importId!) ?? '', row })),
      );
    },
    /** Imports of these sessions with a row about one of the records, and whose file is still kept. */
    async filesAbout(
      sessionIds: readonly string[],
      records: readonly RowOwner[],
    ): Promise<{ importId: string; fileId: string }[]> {
      const found = await store.find(district, { sessionId: { $in: [...sessionIds] } });
      const rows = await parts.find({ importId: { $in: found.map((one) => one.id) } }).lean();
      const about = new Set(
        rows
          .filter((part) => openRows(part.sealed!).some((one) => records.some((who) => isAbout(one, who))))
          .map((part) => part.importId!),
      );
      return found.flatMap(({ id, fileId }) =>
        fileId !== null && about.has(id) ? [{ importId: id, fileId }] : [],
      );
    },
    /** Notes that the files of imports are gone. */
    async dropFiles(importIds: readonly string[]): Promise<void> {
      const { matchedCount } = await store.model.updateMany(
        { _id: { $in: [...importIds] } } as never,
        { $set: { fileId: null }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(matchedCount);
    },
    /** Takes mobile, education and household out of the rows of these sessions' imports that are about the person. */
    async forgetContact(sessionIds: readonly string[], who: RowOwner): Promise<void> {
      mustBeInTransaction();
      const imports = await store.find(district, { sessionId: { $in: [...sessionIds] } });
      const found = await parts.find({ importId: { $in: imports.map((one) => one.id) } }).lean();
      for (const part of found) {
        const rows = openRows(part.sealed!);
        if (!rows.some((one) => isAbout(one, who))) continue;
        const without = rows.map((one) => (isAbout(one, who) ? withoutContact(one) : one));
        await parts.updateOne({ _id: part._id }, { $set: { sealed: cipher.seal(JSON.stringify(without)) } });
      }
    },
    /** Imports of a session, newest first. */
    async ofSession(scope: Scope, sessionId: string, limit = 5): Promise<RosterImport[]> {
      return store.find(scope, { sessionId }, { sort: { createdAt: -1 }, page: { skip: 0, limit } });
    },
    /** Drops the rows of imports for good. */
    async dropRows(importIds: readonly string[]): Promise<void> {
      mustBeInTransaction();
      await parts.deleteMany({ importId: { $in: [...importIds] } });
    },
    /** Keeps rows for good that would have been dropped with their preview. */
    async keepForGood(importId: string): Promise<void> {
      mustBeInTransaction();
      await parts.updateMany({ importId }, { $unset: { dropAt: '' } });
    },
  };
}
