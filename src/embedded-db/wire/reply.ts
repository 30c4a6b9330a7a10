// Turns a command's answer or error into the BSON that goes back.
import { CommandError } from '../errors.ts';
import { Timestamp, encode, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';
import { arrayOf, documentOf, element } from './raw-bson.ts';

/** One batch of a cursor; its documents are BSON already. */
export interface Batch {
  readonly id: bigint;
  readonly ns: string;
  readonly name: 'firstBatch' | 'nextBatch';
  readonly documents: readonly Uint8Array[];
  /** Of a snapshot read. */
  readonly atClusterTime?: Timestamp;
}

/** What a command answers: fields, or a batch of a cursor with them. */
export interface Answer {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly batch?: Batch;
}

let second = 0;
let counter = 0;

/** The time of the newest operation, as drivers keep it for causal reads. */
export function operationTime(): Timestamp {
  const now = Math.floor(Date.now() / 1000);
  counter = now > second ? 1 : counter + 1;
  second = Math.max(second, now);
  return new Timestamp({ t: second, i: counter });
}

/** The reply of a command that succeeded. */
export function encodeAnswer(answer: Answer): Buffer {
  const fields = docFrom({ ...answer.fields, ok: 1, operationTime: operationTime() });
  const encoded = Buffer.from(encode(fields));
  if (!answer.batch) return encoded;
  const { id, ns, name, documents, atClusterTime } = answer.batch;
  const head = encode(docFrom({ id, ns, atClusterTime }));
  const cursor = documentOf([head.subarray(4, head.length - 1), element(4, name, arrayOf(documents))]);
  return documentOf([element(3, 'cursor', cursor), encoded.subarray(4, encoded.length - 1)]);
}

// LMDB reports a write that only half fitted as an input/output error.
const DISK_FULL =
  /ENOSPC|EDQUOT|No space left|MDB_MAP_FULL|EFBIG|File too large|EROFS|Read-only file system|\bEIO\b|Input\/output error|MDB_PANIC|closed database/;

/** The reply of a command that failed, with MongoDB's code; anything unforeseen is InternalError (1). */
export function encodeFailure(error: unknown): Buffer {
  return Buffer.from(encode(docFrom({ ok: 0, ...describeError(error), operationTime: operationTime() })));
}

/** `{ errmsg, code, codeName, errorLabels?, … }` of an error. */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof QueryError) {
    const { labels, details } = error instanceof CommandError ? error : { labels: [], details: {} };
    const errorLabels = labels.length > 0 ? { errorLabels: [...labels] } : {};
    return { errmsg: error.message, code: error.code, codeName: error.codeName, ...errorLabels, ...details };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (DISK_FULL.test(message))
    return {
      errmsg: `the disk is full or cannot be written: ${message}`,
      code: 14031,
      codeName: 'OutOfDiskSpace',
    };
  return { errmsg: message, code: 1, codeName: 'InternalError' };
}

/** A document of plain fields; those that are `undefined` are left out. */
export function docFrom(fields: Readonly<Record<string, unknown>>): Doc {
  const doc = newDoc();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) setField(doc, name, value as Value);
  return doc;
}
