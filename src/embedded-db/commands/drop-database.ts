// dropDatabase: removes every collection of a database.
import type { WriteCommand } from './command.ts';

export const dropDatabase: WriteCommand = {
  inTransaction: false,

  *write(op) {
    const collections = op.engine.catalog.list(op.db);
    for (const collection of collections) op.engine.catalog.drop(collection);
    op.engine.reclaim();
    return collections.length > 0 ? { fields: { dropped: op.db } } : {};
  },
};
