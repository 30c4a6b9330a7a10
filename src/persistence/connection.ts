// Opens the one connection of the process, refuses servers without transactions, and runs transactions.
import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { StoreFull } from '../domain/shared/errors.ts';
import { isDiskFull } from './full-disk.ts';
import { readMark } from './moving/unfinished-move.ts';
import type { Document } from './plain-documents.ts';
import { shownAddress, withShownAddress } from './shown-address.ts';
import { noteCommitted, runWithSubmission } from './submissions.ts';

mongoose.set('transactionAsyncLocalStorage', true);
mongoose.set('strictQuery', 'throw');
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);

export type { Connection };

/** A server the product cannot work with; the message is for the operator. */
export class UnsuitableServer extends Error {}

/**
 * An open connection to a replica set of MongoDB 6 or later (or the embedded database). Throws UnsuitableServer, also where
 * none answers and for a database into which a move has not finished, unless `unfinished` allows it.
 */
export async function connect(
  uri: string,
  database?: string,
  { unfinished = false } = {},
): Promise<Connection> {
  const connection = await reach(uri, database);
  try {
    await refuseStandalone(connection);
    if (!unfinished) await refuseUnfinished(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

async function reach(uri: string, database: string | undefined): Promise<Connection> {
  const connection = mongoose.createConnection();
  try {
    return await connection.openUri(uri, {
      ...(database === undefined ? {} : { dbName: database }),
      serverSelectionTimeoutMS: 5_000,
      maxPoolSize: 40,
      writeConcern: { w: 'majority' },
    });
  } catch (error) {
    // One that fails after it reached the server, as at a name no database can have, would keep the process alive.
    await connection.getClient()?.close();
    throw new UnsuitableServer(
      `The database at ${shownAddress(uri)} cannot be opened: ${withShownAddress((error as Error).message, uri).replace(/\.$/, '')}. ` +
        'See that it runs, and that address, user and password are right.',
      { cause: error },
    );
  }
}

async function refuseStandalone(connection: Connection): Promise<void> {
  const admin = connection.db!.admin();
  const hello = (await admin.command({ hello: 1 })) as {
    setName?: string;
    msg?: string;
    maxWireVersion?: number;
  };
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    throw new UnsuitableServer(
      'The MongoDB server at MONGODB_URI runs standalone and cannot run transactions. ' +
        'Start it with --replSet rs0, run rs.initiate() once, and add ?replicaSet=rs0 to MONGODB_URI.',
    );
  }
  if ((hello.maxWireVersion ?? 0) < 17) {
    throw new UnsuitableServer(
      'The MongoDB server at MONGODB_URI is older than version 6. Upgrade it to MongoDB 6 or later.',
    );
  }
}

async function refuseUnfinished(connection: Connection): Promise<void> {
  const mark = await readMark(connection.db!);
  if (mark === null) return;
  throw new UnsuitableServer(
    `The database ${connection.name} holds a move from ${mark.from} that is not finished. ` +
      'Run the same npm run db:move again: it goes on where it stopped.',
  );
}

export type Transaction = <T>(work: () => Promise<T>) => Promise<T>;

/** One attempt of a transaction: what it wrote so far, and what is left to do before it is committed. */
export interface OpenTransaction {
  readonly session: ClientSession;
  /** Record versions written, by collection; a record taken away counts its versions back. */
  readonly wrote: Map<string, number>;
  beforeCommit: (() => Promise<void>) | null;
  /** Answers read so far, by collection and question; see transaction-reads.ts. */
  readonly reads: Map<string, Map<string, Promise<Document[]>>>;
  /** Documents saved or read one by one, by collection and id, where nothing else wrote to the collection since. */
  readonly known: Map<string, Map<string, Document>>;
  /** Keys of the guards it holds. */
  readonly guards: Set<string>;
}

const open = new AsyncLocalStorage<{ connection: Connection; transaction: OpenTransaction }>();

/**
 * Runs work in one transaction: every store call inside takes part, conflicts are retried, so work must not act outside
 * the database. Inside another transaction it simply joins that one. Throws StoreFull when the disk is full.
 */
export function createTransaction(connection: Connection): Transaction {
  return async (work) => {
    if (inTransaction(connection)) return work();
    try {
      const result = await (connection.transaction((session) => {
        const transaction: OpenTransaction = {
          session,
          wrote: new Map(),
          beforeCommit: null,
          reads: new Map(),
          known: new Map(),
          guards: new Set(),
        };
        return open.run({ connection, transaction }, async () => {
          const outcome = await runWithSubmission(connection, work);
          await transaction.beforeCommit?.();
          return outcome;
        });
      }) as ReturnType<typeof work>);
      noteCommitted();
      return result;
    } catch (error) {
      if (isDiskFull(error)) throw new StoreFull({ cause: error });
      throw error;
    }
  };
}

/** Whether the caller runs inside a transaction. */
export function inTransaction(connection: Connection): boolean {
  return currentTransaction(connection) !== null;
}

/** The transaction the caller runs inside, or null. */
export function currentTransaction(connection: Connection): OpenTransaction | null {
  const current = open.getStore();
  return current?.connection === connection ? current.transaction : null;
}

/** Counts record versions the transaction wrote, for the event that tells of them (ADR 10). */
export function noteVersions(connection: Connection, collection: string, count: number): void {
  const wrote = currentTransaction(connection)?.wrote;
  wrote?.set(collection, (wrote.get(collection) ?? 0) + count);
}
