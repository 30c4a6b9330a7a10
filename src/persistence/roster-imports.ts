// Roster imports. Their rows hold identity data, so they are kept sealed, in parts of a thousand, and dropped with the
// preview when nothing came of it. A part is found by the keyed hashes of the documents its rows name, so that a person is
// reached also in rows that enrolled nobody.
import { Schema, type Connection } from 'mongoose';
import { district, type Scope } from '../domain/accounts/scope.ts';
import type { CheckedRow, RosterImport } from '../domain/training/roster-import.ts';
import {
  documentCells,
  isAbout,
  names,
  withoutContact,
  type RowOwner,
} from '../domain/training/row-owner.ts';
import type { Cipher } from './cipher.ts';
import { inTransaction } from './connection.ts';
import { createRecordStore } from './record-store.ts';
import { documentHashesOf } from './roster-row-hashes.ts';
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
  { _id: String, importId: String, part: Number, sealed: String, documentHashes: [String], dropAt: Date },
  { versionKey: false, collection: 'rosterImportParts' },
);
partSchema.index({ importId: 1, part: 1 }, { unique: true });
partSchema.index({ documentHashes: 1 });
partSchema.index({ dropAt: 1 }, { expireAfterSeconds: 0 });

export interface RowAbout {
  readonly fileName: string;
  /** Row of the file. */
  readonly number: number;
  readonly cells: CheckedRow['row']['cells'];
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
  /** Parts with a row that names one of the records, opened, each with its import. */
  const partsNaming = async (sessionIds: readonly string[], records: readonly RowOwner[]) => {
    const hashes = records.flatMap(({ documentType, documentNumber }) =>
      documentNumber === null ? [] : cipher.hashes('document', `${documentType}|${documentNumber}`),
    );
    const named = await parts.find({ documentHashes: { $in: hashes } }).lean();
    const ids = [...new Set(named.map((one) => one.importId!))];
    const [naming, ofSessions] = [
      await store.find(district, { _id: { $in: ids } }),
      await store.find(district, { sessionId: { $in: [...sessionIds] } }),
    ];
    const imports = new Map([...naming, ...ofSessions].map((one) => [one.id, one]));
    const enrolled = await parts.find({ importId: { $in: ofSessions.map(({ id }) => id) } }).lean();
    return [...new Map([...named, ...enrolled].map((one) => [one._id, one])).values()]
      .map((one) => ({
        id: one._id,
        rosterImport: imports.get(one.importId!),
        rows: openRows(one.sealed!),
      }))
      .filter(({ rows }) => rows.some((row) => records.some((who) => names(row, who))));
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
        const documentHashes = documentHashesOf(slice, cipher);
        const _id = `${importId}:${part}`;
        documents.push({ _id, importId, part, sealed, documentHashes, ...(dropAt ? { dropAt } : {}) });
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
    /**
     * Rows that name one of the records, of these sessions' imports and of any other, each with its file's name. Of a row
     * under another's name the document's cells alone are given.
     */
    async rowsAbout(sessionIds: readonly string[], records: readonly RowOwner[]): Promise<RowAbout[]> {
      return (await partsNaming(sessionIds, records)).flatMap(({ rosterImport, rows }) =>
        rows
          .filter((one) => records.some((who) => names(one, who)))
          .map((one) => {
            const isOwn = records.some((who) => isAbout(one, who));
            const { number, cells } = one.row;
            return {
              fileName: rosterImport?.fileName ?? '',
              number,
              cells: isOwn ? cells : documentCells(cells),
            };
          }),
      );
    },
    /** Imports with a row about one of the records, and whose file is still kept. */
    async filesAbout(
      sessionIds: readonly string[],
      records: readonly RowOwner[],
    ): Promise<{ importId: string; fileId: string; sessionId: string }[]> {
      const found = (await partsNaming(sessionIds, records)).filter(({ rows }) =>
        rows.some((one) => records.some((who) => isAbout(one, who))),
      );
      const imports = new Map(
        found.flatMap(({ rosterImport: one }) => (one === undefined ? [] : [[one.id, one]])),
      );
      return [...imports.values()].flatMap(({ id, fileId, sessionId }) =>
        fileId === null ? [] : [{ importId: id, fileId, sessionId }],
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
    /** Whether a row about one of the records stands in an import of a held session. */
    async areRowsHeld(
      sessionIds: readonly string[],
      records: readonly RowOwner[],
      held: ReadonlySet<string>,
    ): Promise<boolean> {
      if (held.size === 0) return false;
      return (await partsNaming(sessionIds, records)).some(
        ({ rows, rosterImport }) =>
          held.has(rosterImport?.sessionId ?? '') &&
          rows.some((one) => records.some((who) => isAbout(one, who))),
      );
    },
    /**
     * Takes mobile, education and household out of the rows about the person, in the same imports as `rowsAbout` but for
     * those of held sessions.
     */
    async forgetContact(
      sessionIds: readonly string[],
      records: readonly RowOwner[],
      held: ReadonlySet<string>,
    ): Promise<void> {
      mustBeInTransaction();
      const isOwn = (one: CheckedRow) => records.some((who) => isAbout(one, who));
      for (const { id, rows, rosterImport } of await partsNaming(sessionIds, records)) {
        if (!rows.some(isOwn) || held.has(rosterImport?.sessionId ?? '')) continue;
        const without = rows.map((one) => (isOwn(one) ? withoutContact(one) : one));
        await parts.updateOne({ _id: id }, { $set: { sealed: cipher.seal(JSON.stringify(without)) } });
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
