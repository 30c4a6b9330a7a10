// Turns a command's answer or error into the BSON that goes back.
import { CommandError } from '../errors.ts';
import { Timestamp, encode, type Doc } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';

/** What a command answers: fields, and a batch of a cursor whose documents are BSON already. */
export interface Answer extends Readonly<Record<string, unknown>> {
  readonly cursor?: Batch;
}

export interface Batch {
  readonly id: bigint;
  readonly ns: string;
  readonly name: 'firstBatch' | 'nextBatch';
  readonly documents: readonly Uint8Array[];
  /** Of a snapshot read. */
  readonly atClusterTime?: Timestamp | undefined;
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
export function encodeAnswer({ cursor, ...fields }: Answer): Uint8Array {
  const rest = encode({ ...fields, ok: 1, operationTime: operationTime() } as Doc);
  return cursor ? documentOf([...element(OBJECT, 'cursor', cursorOf(cursor)), elementsIn(rest)]) : rest;
}

function cursorOf({ name, documents, ...fields }: Batch): Buffer {
  const batch = documents.flatMap((document, i) => element(OBJECT, String(i), document));
  return documentOf([elementsIn(encode(fields as Doc)), ...element(ARRAY, name, documentOf(batch))]);
}

// Types of BSON, as they stand before a name.
const OBJECT = '\x03';
const ARRAY = '\x04';
const END = Buffer.alloc(1);

// A BSON document of ready-made elements, whole or in parts.
function documentOf(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const head = Buffer.allocUnsafe(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...parts, END], length);
}

const element = (type: string, name: string, value: Uint8Array): Uint8Array[] => [
  Buffer.from(`${type}${name}\0`, 'latin1'),
  value,
];

const elementsIn = (document: Uint8Array): Uint8Array => document.subarray(4, -1);

// LMDB reports a write that only half fitted as an input/output error.
const DISK_FULL =
  /ENOSPC|EDQUOT|No space left|MDB_MAP_FULL|EFBIG|File too large|EROFS|Read-only file system|\bEIO\b|Input\/output error|MDB_PANIC|closed database/;

/** The reply of a command that failed, with MongoDB's code; anything unforeseen is InternalError (1). */
export function encodeFailure(error: unknown): Uint8Array {
  return encode({ ok: 0, ...describeError(error), operationTime: operationTime() } as Doc);
}

/** `{ errmsg, code, codeName, errorLabels?, … }` of an error. */
export function describeError(error: unknown): Record<string, unknown> {
  const { message, code, codeName } = error instanceof QueryError ? error : unforeseen(error);
  const { labels, details } = error instanceof CommandError ? error : { labels: [], details: {} };
  return { errmsg: message, code, codeName, ...(labels.length > 0 && { errorLabels: labels }), ...details };
}

function unforeseen(error: unknown): QueryError {
  const message = error instanceof Error ? error.message : String(error);
  if (!DISK_FULL.test(message)) return new QueryError(1, message);
  return new QueryError(14031, `the disk is full or cannot be written: ${message}`);
}
