// A transaction reads one snapshot: until it writes to a collection itself, the same question has the same answer there.
import type { Collection, Connection } from 'mongoose';
import { currentTransaction } from './connection.ts';
import type { Document } from './plain-documents.ts';

const writing = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const;

const watched = new WeakSet<Collection>();

/** From now on a write to the collection ends what the running transaction remembers of it. */
export function forgetWhenWritten(connection: Connection, collection: Collection): void {
  if (watched.has(collection)) return;
  watched.add(collection);
  const methods = collection as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const name of writing) {
    const write = methods[name]!;
    methods[name] = (...given) => {
      const transaction = currentTransaction(connection);
      transaction?.reads.delete(collection.collectionName);
      transaction?.known.delete(collection.collectionName);
      return write.apply(collection, given);
    };
  }
}

/** The answer to a question, asked once in a transaction; outside of one, and for questions that are no plain values, always. */
export async function readsOf(
  connection: Connection,
  collection: string,
  question: unknown,
  read: () => Promise<Document[]>,
): Promise<Document[]> {
  const transaction = currentTransaction(connection);
  const key = transaction === null ? null : keyOf(question);
  if (transaction === null || key === null) return read();
  let known = transaction.reads.get(collection);
  if (known === undefined) transaction.reads.set(collection, (known = new Map()));
  let answer = known.get(key);
  if (answer === undefined) {
    known.set(key, (answer = read()));
    answer.catch(() => known.delete(key));
  }
  return [...(await answer)];
}

/** Remembers a document the transaction just wrote; see `knownDocument`. */
export function rememberWritten(connection: Connection, collection: string, document: Document): void {
  const copy = asStored(document);
  if (copy !== undefined) rememberRead(connection, collection, copy as Document);
}

/** Remembers a document the transaction just read whole. */
export function rememberRead(connection: Connection, collection: string, document: Document): void {
  const transaction = currentTransaction(connection);
  if (transaction === null) return;
  let known = transaction.known.get(collection);
  if (known === undefined) transaction.known.set(collection, (known = new Map()));
  known.set(document._id, document);
}

/** The document of that id as the running transaction wrote or read it, if nothing was written to its collection since. */
export function knownDocument(connection: Connection, collection: string, id: string): Document | undefined {
  return currentTransaction(connection)?.known.get(collection)?.get(id);
}

function keyOf(question: unknown): string | null {
  let isPlain = true;
  const key = JSON.stringify(question, (_, value: unknown) => {
    if (value instanceof RegExp || value === undefined || typeof value === 'bigint') isPlain = false;
    return value;
  });
  return isPlain ? key : null;
}

/** A copy as the database gives it back, without undefined fields; undefined when a value is of a kind it may change. */
function asStored(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) {
    const items = value.map((one) => (one === undefined ? null : asStored(one)));
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    const stored = asStored(field);
    if (stored === undefined) return undefined;
    copy[name] = stored;
  }
  return copy;
}
