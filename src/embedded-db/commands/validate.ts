// validate: compares every index entry of a collection with the documents, in both directions.
import { checkCollection } from '../check-indexes.ts';
import { CommandError } from '../errors.ts';
import { collectionName, type ReadCommand } from './command.ts';

const MOST_ERRORS = 100;

export const validate: ReadCommand = {
  inTransaction: false,
  read(op, request) {
    const name = collectionName(request);
    const collection = op.collection(name);
    if (!collection) throw new CommandError(26, `Collection '${op.db}.${name}' does not exist to validate.`);
    const { documents, unreadable, errors } = checkCollection(op.view, collection);
    return {
      fields: {
        ns: collection.ns,
        nInvalidDocuments: unreadable,
        nrecords: documents,
        nIndexes: collection.indexes.length + 1,
        valid: errors.length === 0,
        repaired: false,
        warnings: [],
        errors: errors.slice(0, MOST_ERRORS),
        extraIndexEntries: [],
        missingIndexEntries: [],
        corruptRecords: [],
      },
    };
  },
};
