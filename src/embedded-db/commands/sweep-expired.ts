// skillrollSweep: runs the deletion of expired documents now instead of within the next minute.
import { deleteExpired } from '../indexes/expiry.ts';
import type { WriteCommand } from './command.ts';

export const sweepExpired: WriteCommand = {
  inTransaction: false,
  *write(op) {
    return { fields: { deleted: yield* deleteExpired(op.engine, op.now) } };
  },
};
