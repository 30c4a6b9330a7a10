// Fills the batches of a cursor: as many documents as asked for, as far as they fit.
import type { Row } from '../planner/scan.ts';
import type { Timestamp } from '../query/bson.ts';
import type { OpenCursor } from '../session/cursors.ts';
import type { Operation } from '../session/operation.ts';
import type { Answer } from '../wire/reply.ts';

export const FIRST_BATCH = 101;
// A client decodes a batch without pause and holds all of it: so much is a few milliseconds' work.
const BATCH_BYTES = 128 * 1024;
const ONLY_BATCH_BYTES = 16 * 1024 * 1024 - 64 * 1024;

interface BatchOptions {
  readonly batchSize: number;
  readonly singleBatch?: boolean;
  readonly noTimeout?: boolean;
}

/** The first batch of `rows`; a cursor stays open when there may be more. */
export function firstBatch(op: Operation, ns: string, rows: Iterator<Row>, options: BatchOptions): Answer {
  const { documents, pushedBack, done } = fill(
    rows,
    undefined,
    options.batchSize,
    options.singleBatch ? ONLY_BATCH_BYTES : BATCH_BYTES,
  );
  if (done || options.singleBatch) {
    rows.return?.();
    return { batch: { id: 0n, ns, name: 'firstBatch', documents, ...timeOf(op) } };
  }
  const { transaction, snapshot } = op;
  const noTimeout = options.noTimeout === true;
  const cursor = op.engine.cursors.open({ ns, rows, transaction, owner: transaction ?? snapshot, noTimeout });
  if (pushedBack) cursor.pushedBack = pushedBack;
  return { batch: { id: cursor.id, ns, name: 'firstBatch', documents, ...timeOf(op) } };
}

/** The time of the snapshot a command reads, as drivers give it back in the next one. */
export function timeOf({ snapshot }: Operation): { atClusterTime?: Timestamp } {
  return snapshot ? { atClusterTime: snapshot.time } : {};
}

/** The next batch of an open cursor, which is closed once it is exhausted. */
export function nextBatch(op: Operation, cursor: OpenCursor, batchSize: number): Answer {
  const { documents, pushedBack, done } = fill(cursor.rows, cursor.pushedBack, batchSize, BATCH_BYTES);
  delete cursor.pushedBack;
  if (pushedBack) cursor.pushedBack = pushedBack;
  if (done) op.engine.cursors.close(cursor.id);
  return { batch: { id: done ? 0n : cursor.id, ns: cursor.ns, name: 'nextBatch', documents } };
}

function fill(
  rows: Iterator<Row>,
  held: Row | undefined,
  size: number,
  most: number,
): { documents: Uint8Array[]; pushedBack?: Row; done: boolean } {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  let row = held;
  for (;;) {
    if (documents.length >= size && row === undefined) return { documents, done: false };
    if (row === undefined) {
      const step = rows.next();
      if (step.done) return { documents, done: true };
      row = step.value;
    }
    const encoded = row.bytes;
    if (documents.length > 0 && bytes + encoded.length > most)
      return { documents, pushedBack: row, done: false };
    documents.push(encoded);
    bytes += encoded.length;
    row = undefined;
  }
}
