// skillrollCheck: compares every index entry with the documents, in both directions.
import { checkCollection } from '../check-indexes.ts';
import type { ReadCommand } from './command.ts';

export const checkCommand: ReadCommand = {
  inTransaction: false,
  read(op) {
    const reports = op.engine.catalog
      .databases()
      .flatMap((db) => op.engine.catalog.list(db))
      .map((collection) => checkCollection(op.view, collection));
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
