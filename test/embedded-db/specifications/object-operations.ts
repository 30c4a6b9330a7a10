// The operations of a unified test on clients, databases, collections, sessions, buckets and cursors, through the official driver.
import type { Readable } from 'node:stream';
import type { LooseCollection } from '../support/open.ts';
import type { Bucket, Client, Db, Session } from './entities.ts';
import { NotCovered, type Fields } from './match.ts';
import type { Operation, Surroundings } from './operations.ts';

type LooseDb = {
  [Name in keyof Db]: Db[Name] extends (...given: never[]) => infer Result
    ? (...given: unknown[]) => Result
    : Db[Name];
};

export type Run = (target: never, given: Fields, options: Fields, around: Surroundings) => unknown;

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
  runCommand: (db: Db, { command }, { command: _, commandName: __, ...options }) =>
    db.command(command as Fields, options),
  runCursorCommand: (db: Db, _, options) => commandCursor(db, options).toArray(),
  createCommandCursor: async (db: Db, _, options) => {
    const cursor = commandCursor(db, options);
    await cursor.hasNext();
    return cursor;
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

function commandCursor(db: Db, given: Fields): ReturnType<Db['runCursorCommand']> {
  const { command, batchSize, maxTimeMS, comment, session } = given;
  const cursor = db.runCursorCommand(
    command as Fields,
    session === undefined ? {} : { session: session as Session },
  );
  if (batchSize !== undefined) cursor.setBatchSize(Number(batchSize));
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(Number(maxTimeMS));
  if (comment !== undefined) cursor.setComment(comment);
  return cursor;
}

const clientRuns: Record<string, Run> = {
  clientBulkWrite: (client: Client, { models }, { models: _, ...options }) =>
    client.bulkWrite(
      (models as Record<string, object>[]).flatMap((model) =>
        Object.entries(model).map(([name, rest]) => ({ name, ...rest }) as never),
      ),
      options,
    ),
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
  getSnapshotTime: (session: Session) => {
    const time = (session as { snapshotTime?: unknown }).snapshotTime;
    if (time === undefined || time === null) throw new NotCovered('the driver has no getSnapshotTime');
    return time;
  },
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
  iterateOnce: (cursor: { tryNext(): Promise<unknown> }) => cursor.tryNext(),
  iterateUntilDocumentOrError: (cursor: { next(): Promise<unknown> }) => cursor.next(),
  close: (cursor: { close(): Promise<void> }) => cursor.close(),
};

const bucketRuns: Record<string, Run> = {
  download: (bucket: Bucket, { id }) => read(bucket.openDownloadStream(id as never)),
  downloadByName: (bucket: Bucket, { filename }) => read(bucket.openDownloadStreamByName(filename as string)),
};

async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The operations an entity of this kind has, by name. */
export function runsOf(target: object): Record<string, Run> {
  if ('collectionName' in target) return collectionRuns;
  if ('databaseName' in target) return databaseRuns;
  if ('startSession' in target) return clientRuns;
  if ('startTransaction' in target) return sessionRuns;
  if ('openDownloadStream' in target) return bucketRuns;
  return cursorRuns;
}
