// Runs one operation of a unified test through the official driver and gives what the format calls its result.
import type { FailPoint } from './fail-point-door.ts';
import type { LooseCollection } from '../support/open.ts';
import type { Client, Db, Entities, Session } from './entities.ts';
import { NotCovered, type Fields } from './match.ts';

export interface Operation {
  readonly name: string;
  readonly object: string;
  readonly arguments?: Fields;
  readonly expectResult?: unknown;
  readonly expectError?: Fields;
  readonly saveResultAsEntity?: string;
  readonly ignoreResultAndError?: boolean;
}

export interface Surroundings {
  readonly entities: Entities;
  /** A client of the test's own, for looking without leaving traces. */
  readonly own: Client;
  setFailPoint(point: FailPoint): void;
  /** The error it was expected to fail with, if any. */
  run(operation: Operation): Promise<Error | null>;
}

type LooseDb = {
  [Name in keyof Db]: Db[Name] extends (...given: never[]) => infer Result
    ? (...given: unknown[]) => Result
    : Db[Name];
};

type Run = (target: never, given: Fields, options: Fields, around: Surroundings) => unknown;

/** Tells which field of the arguments is a positional argument; what is left over is options. */
function taking<T>(
  names: readonly string[],
  call: (target: T, values: unknown[], options: Fields) => unknown,
): Run {
  return (target, given, options) => {
    const rest = Object.fromEntries(Object.entries(options).filter(([key]) => !names.includes(key)));
    return call(
      target,
      names.map((name) => given[name]),
      rest,
    );
  };
}

const withReturn = (options: Fields): Fields => {
  const which = options['returnDocument'];
  return typeof which === 'string' ? { ...options, returnDocument: which.toLowerCase() } : options;
};

const collectionRuns: Record<string, Run> = {
  find: taking<LooseCollection>(['filter'], (c, [filter], o) => c.find(filter, o).toArray()),
  findOne: taking<LooseCollection>(['filter'], (c, [filter], o) => c.findOne(filter, o)),
  createFindCursor: taking<LooseCollection>(['filter'], async (c, [filter], o) => {
    const cursor = c.find(filter, o);
    await cursor.hasNext();
    return cursor;
  }),
  insertOne: taking<LooseCollection>(['document'], (c, [document], o) => c.insertOne(document, o)),
  insertMany: taking<LooseCollection>(['documents'], (c, [documents], o) => c.insertMany(documents, o)),
  updateOne: taking<LooseCollection>(['filter', 'update'], (c, [filter, update], o) =>
    c.updateOne(filter, update, o),
  ),
  updateMany: taking<LooseCollection>(['filter', 'update'], (c, [f, update], o) =>
    c.updateMany(f, update, o),
  ),
  replaceOne: taking<LooseCollection>(['filter', 'replacement'], (c, [f, by], o) => c.replaceOne(f, by, o)),
  deleteOne: taking<LooseCollection>(['filter'], (c, [filter], o) => c.deleteOne(filter, o)),
  deleteMany: taking<LooseCollection>(['filter'], (c, [filter], o) => c.deleteMany(filter, o)),
  bulkWrite: taking<LooseCollection>(['requests'], (c, [requests], o) => c.bulkWrite(requests, o)),
  findOneAndUpdate: taking<LooseCollection>(['filter', 'update'], (c, [f, u], o) =>
    c.findOneAndUpdate(f, u, withReturn(o)),
  ),
  findOneAndReplace: taking<LooseCollection>(['filter', 'replacement'], (c, [f, r], o) =>
    c.findOneAndReplace(f, r, withReturn(o)),
  ),
  findOneAndDelete: taking<LooseCollection>(['filter'], (c, [filter], o) => c.findOneAndDelete(filter, o)),
  countDocuments: taking<LooseCollection>(['filter'], (c, [filter], o) => c.countDocuments(filter, o)),
  count: taking<LooseCollection>(['filter'], (c, [filter], o) => c.count(filter, o)),
  estimatedDocumentCount: taking<LooseCollection>([], (c, _, o) => c.estimatedDocumentCount(o)),
  distinct: taking<LooseCollection>(['fieldName', 'filter'], (c, [name, filter], o) =>
    c.distinct(name, filter, o),
  ),
  aggregate: taking<LooseCollection>(['pipeline'], (c, [pipeline], o) => c.aggregate(pipeline, o).toArray()),
  createIndex: taking<LooseCollection>(['keys'], (c, [keys], o) => c.createIndex(keys, o)),
  dropIndex: taking<LooseCollection>(['name'], (c, [name], o) => c.dropIndex(name, o)),
  dropIndexes: taking<LooseCollection>([], (c, _, o) => c.dropIndexes(o)),
  listIndexes: taking<LooseCollection>([], (c, _, o) => c.listIndexes(o).toArray()),
  listIndexNames: taking<LooseCollection>([], async (c, _, o) =>
    (await c.listIndexes(o).toArray()).map((one) => String(one['name'])),
  ),
};

const databaseRuns: Record<string, Run> = {
  runCommand: (db: Db, { command }, options) => {
    const rest = Object.fromEntries(
      Object.entries(options).filter(([key]) => key !== 'command' && key !== 'commandName'),
    );
    return db.command(command as Fields, rest);
  },
  aggregate: taking<LooseDb>(['pipeline'], (db, [pipeline], o) => db.aggregate(pipeline, o).toArray()),
  createCollection: taking<LooseDb>(
    ['collection'],
    async (db, [name], o) => void (await db.createCollection(name, o)),
  ),
  dropCollection: taking<LooseDb>(['collection'], (db, [name], o) => db.dropCollection(name, o)),
  listCollections: taking<LooseDb>(['filter'], (db, [filter], o) => db.listCollections(filter, o).toArray()),
  listCollectionNames: taking<LooseDb>(['filter'], (db, [filter], o) =>
    db.listCollections(filter, { ...o, nameOnly: true }).toArray(),
  ),
};

const clientRuns: Record<string, Run> = {
  listDatabases: taking<Client>([], (client, _, o) => client.db().admin().listDatabases(o)),
  listDatabaseNames: taking<Client>([], (client, _, o) =>
    client
      .db()
      .admin()
      .listDatabases({ ...o, nameOnly: true }),
  ),
  close: (client: Client) => client.close(),
};

const sessionRuns: Record<string, Run> = {
  startTransaction: (session: Session, _, options) => session.startTransaction(options),
  commitTransaction: (session: Session) => session.commitTransaction(),
  abortTransaction: (session: Session) => session.abortTransaction(),
  endSession: (session: Session) => session.endSession(),
  withTransaction: (session: Session, { callback }, options, around) => {
    const rest = Object.fromEntries(Object.entries(options).filter(([key]) => key !== 'callback'));
    return session.withTransaction(async () => {
      for (const operation of callback as Operation[]) {
        const failed = await around.run(operation);
        if (failed !== null) throw failed;
      }
    }, rest);
  },
};

const cursorRuns: Record<string, Run> = {
  iterateUntilDocumentOrError: (cursor: { next(): Promise<unknown> }) => cursor.next(),
  close: (cursor: { close(): Promise<void> }) => cursor.close(),
};

const lastTwo = (around: Surroundings, client: string): unknown[] =>
  around.entities
    .watched(client)
    .sent.slice(-2)
    .map(({ command }) => JSON.stringify(command['lsid']));

const testRuns: Record<string, (given: Fields, around: Surroundings) => unknown> = {
  failPoint(given, around) {
    const point = given['failPoint'] as Fields;
    if (point['configureFailPoint'] !== 'failCommand')
      throw new NotCovered(`the fail point ${String(point['configureFailPoint'])}`);
    around.setFailPoint(point as unknown as FailPoint);
  },
  createEntities: (given, around) => around.entities.make(given['entities'] as Fields[]),
  async assertCollectionExists(given, around) {
    const found = await collectionNames(given, around);
    if (!found.includes(given['collectionName'])) throw new Error('the collection is missing');
  },
  async assertCollectionNotExists(given, around) {
    const found = await collectionNames(given, around);
    if (found.includes(given['collectionName'])) throw new Error('the collection is there');
  },
  async assertIndexExists(given, around) {
    if (!(await hasIndex(given, around))) throw new Error('the index is missing');
  },
  async assertIndexNotExists(given, around) {
    if (await hasIndex(given, around)) throw new Error('the index is there');
  },
  assertSameLsidOnLastTwoCommands(given, around) {
    const [one, two] = lastTwo(around, given['client'] as string);
    if (one !== two) throw new Error('the last two commands ran in two sessions');
  },
  assertDifferentLsidOnLastTwoCommands(given, around) {
    const [one, two] = lastTwo(around, given['client'] as string);
    if (one === two) throw new Error('the last two commands ran in one session');
  },
  assertSessionDirty: (given, around) => expectDirty(given, around, true),
  assertSessionNotDirty: (given, around) => expectDirty(given, around, false),
  assertSessionUnpinned: (given, around) => {
    if (around.entities.get<Session>(given['session'] as string).isPinned)
      throw new Error('the session is pinned');
  },
  assertSessionTransactionState: (given, around) => {
    const session = around.entities.get<{ transaction: { state: string } }>(given['session'] as string);
    const states: Record<string, string> = {
      none: 'NO_TRANSACTION',
      starting: 'STARTING_TRANSACTION',
      in_progress: 'TRANSACTION_IN_PROGRESS',
      committed: 'TRANSACTION_COMMITTED',
      aborted: 'TRANSACTION_ABORTED',
    };
    const wanted = states[given['state'] as string];
    if (session.transaction.state !== wanted)
      throw new Error(`the transaction is ${session.transaction.state}`);
  },
};

function expectDirty(given: Fields, around: Surroundings, dirty: boolean): void {
  const session = around.entities.get<{ serverSession: { isDirty: boolean } }>(given['session'] as string);
  if (session.serverSession.isDirty !== dirty) throw new Error(`the session is dirty: ${String(!dirty)}`);
}

async function collectionNames(given: Fields, around: Surroundings): Promise<unknown[]> {
  const found = await around.own
    .db(given['databaseName'] as string)
    .listCollections()
    .toArray();
  return found.map((one) => one.name);
}

async function hasIndex(given: Fields, around: Surroundings): Promise<boolean> {
  const db = around.own.db(given['databaseName'] as string);
  const found = await db
    .collection(given['collectionName'] as string)
    .indexes()
    .catch(() => []);
  return found.some((one) => one.name === given['indexName']);
}

/** The operation's result; throws what the driver throws, or NotCovered. */
export async function runOperation(operation: Operation, around: Surroundings): Promise<unknown> {
  const given = operation.arguments ?? {};
  if (operation.object === 'testRunner') {
    const run = testRuns[operation.name];
    if (!run) throw new NotCovered(`the operation ${operation.name}`);
    return run(given, around);
  }
  const target = around.entities.get<object>(operation.object);
  const run = runsOf(target)[operation.name];
  if (!run) throw new NotCovered(`the operation ${operation.name}`);
  const options: Fields = { ...given };
  if (typeof given['session'] === 'string') options['session'] = around.entities.get(given['session']);
  return plainResult(await run(target as never, given, options, around));
}

/** The driver's results are objects with getters; of an unacknowledged write only that is known. */
function plainResult(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('insertedCount' in result)) return result;
  return bulkResult(result as Fields);
}

const counts = ['insertedCount', 'matchedCount', 'modifiedCount', 'deletedCount', 'upsertedCount'];

/** What a bulk write did, in plain fields. */
export function bulkResult(result: Fields): Fields {
  const known = [...counts, 'insertedIds', 'upsertedIds'].filter((key) => result[key] !== undefined);
  const unacknowledged = (result as { isOk?: () => boolean; result?: { ok?: number } }).result?.ok === 0;
  if (unacknowledged) return { acknowledged: false };
  return Object.fromEntries(known.map((key) => [key, result[key]]));
}

function runsOf(target: object): Record<string, Run> {
  if ('collectionName' in target) return collectionRuns;
  if ('databaseName' in target) return databaseRuns;
  if ('startSession' in target) return clientRuns;
  if ('startTransaction' in target) return sessionRuns;
  return cursorRuns;
}
