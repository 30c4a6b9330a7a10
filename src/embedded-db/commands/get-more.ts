// getMore, killCursors: the next batch of an open cursor, or its end.
import { CommandError } from '../errors.ts';
import type { Value } from '../query/bson.ts';
import { numberField, stringField } from '../wire/fields.ts';
import type { ReadCommand } from './command.ts';
import { nextBatch } from './cursor-answer.ts';

export const getMore: ReadCommand = {
  inTransaction: true,
  read(op, { body }) {
    const id = body['getMore'];
    if (typeof id !== 'bigint')
      throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected a long");
    const cursor = op.engine.cursors.find(id, `${op.db}.${stringField(body, 'collection')}`, op.transaction);
    const size = numberField(body, 'batchSize', 0);
    return nextBatch(op, cursor, size > 0 ? size : Infinity);
  },
};

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
