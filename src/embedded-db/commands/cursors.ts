// getMore, killCursors, and the batches of every cursor: as many documents as asked for, as far as they fit.
import { CommandError } from '../errors.ts';
import type { Row } from '../planner/scan.ts';
import { newDoc, type Doc, type Value } from '../query/bson.ts';
import type { Cursor } from '../session/cursors.ts';
import type { Operation } from '../session/operation.ts';
import { numberField, stringField } from '../wire/fields.ts';
import type { Answer } from '../wire/reply.ts';
import type { Command, Commands } from './command.ts';

const FIRST_BATCH = 101;
// A client decodes a batch without pause and holds all of it: so much is a few milliseconds' work.
const BATCH_BYTES = 128 * 1024;
const ONLY_BATCH_BYTES = 16 * 1024 * 1024 - 64 * 1024;

/** The `batchSize` in a command or its `cursor`. */
export function batchSizeOf(holder: Doc | undefined): number {
  return numberField(holder ?? newDoc(), 'batchSize', FIRST_BATCH);
}

/** The first batch of `rows`, which are of the collection `name`; a cursor stays open when there may be more. */
export function firstBatch(
  op: Operation,
  name: string,
  rows: Iterator<Row>,
  batchSize: number,
  singleBatch = false,
): Answer {
  const { transaction, snapshot } = op;
  const owner = transaction ?? snapshot;
  const ns = `${op.db}.${name}`;
  const cursor: Cursor = { id: 0n, ns, rows, transaction, owner, usedAt: performance.now() };
  const { documents, done } = fill(cursor, batchSize, singleBatch ? ONLY_BATCH_BYTES : BATCH_BYTES);
  if (done || singleBatch) rows.return?.();
  else op.engine.cursors.open(cursor);
  return { cursor: { id: cursor.id, ns, name: 'firstBatch', documents, atClusterTime: snapshot?.time } };
}

const getMore: Command = ({ engine: { cursors }, db, transaction }, { body }) => {
  const wanted = body['getMore'];
  if (typeof wanted !== 'bigint')
    throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected a long");
  const cursor = cursors.find(wanted, `${db}.${stringField(body, 'collection')}`, transaction);
  const size = numberField(body, 'batchSize', 0);
  try {
    const { documents, done } = fill(cursor, size > 0 ? size : Infinity, BATCH_BYTES);
    if (done) cursors.close(cursor.id);
    return { cursor: { id: done ? 0n : cursor.id, ns: cursor.ns, name: 'nextBatch', documents } };
  } catch (error) {
    // Asked again it would seem to be at its end.
    cursors.close(cursor.id);
    throw error;
  }
};

const killCursors: Command = ({ engine }, { body }) => {
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of Array.isArray(body['cursors']) ? body['cursors'] : [])
    (typeof id === 'bigint' && engine.cursors.close(id) ? killed : missing).push(id);
  return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] };
};

function fill(cursor: Cursor, size: number, most: number): { documents: Uint8Array[]; done: boolean } {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  while (documents.length < size) {
    const row: Row | undefined = cursor.pushedBack ?? cursor.rows.next().value;
    cursor.pushedBack = undefined;
    if (!row) return { documents, done: true };
    const encoded = row.bytes;
    bytes += encoded.length;
    if (documents.length > 0 && bytes > most) {
      cursor.pushedBack = row;
      break;
    }
    documents.push(encoded);
  }
  return { documents, done: false };
}

export const cursors: Commands = { getMore, killCursors };
