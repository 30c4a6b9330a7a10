// Commands of our own: skillrollCheck compares every index entry with the documents, in both directions; skillrollSweep
// deletes expired documents now instead of within the next minute.
import { checkCollection } from '../check-indexes.ts';
import { deleteExpired } from '../indexes/expiry.ts';
import type { ReadCommand, WriteCommand } from './command.ts';

export const checkCommand: ReadCommand = {
  inTransaction: false,
  read(op) {
    const reports = op.engine.catalog.all().map((collection) => checkCollection(op.view, collection));
    const errors = reports.flatMap((report) => report.errors);
    return {
      fields: {
        valid: errors.length === 0,
        documents: reports.reduce((sum, report) => sum + report.documents, 0),
        entries: reports.reduce((sum, report) => sum + report.entries, 0),
        errors: errors.slice(0, 100),
      },
    };
  },
};

export const sweepExpired: WriteCommand = {
  inTransaction: false,
  *write(op) {
    return { fields: { deleted: yield* deleteExpired(op.engine, op.now) } };
  },
};
