// killCursors: closes cursors the client has no more use for.
import type { Value } from '../query/bson.ts';
import type { ReadCommand } from './command.ts';

export const killCursors: ReadCommand = {
  inTransaction: true,
  read(op, { body }) {
    const given = Array.isArray(body['cursors']) ? body['cursors'] : [];
    const killed: Value[] = [];
    const missing: Value[] = [];
    for (const id of given)
      (typeof id === 'bigint' && op.engine.cursors.close(id) ? killed : missing).push(id);
    return {
      fields: { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] },
    };
  },
};
