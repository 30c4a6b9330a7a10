// The clients, databases, collections, sessions, buckets and cursors a unified test names.
import mongoose from 'mongoose';
import { listen, type Heard } from './events.ts';
import { NotCovered, type Fields } from './match.ts';

const { GridFSBucket, MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Bucket = InstanceType<typeof GridFSBucket>;
export type Db = ReturnType<Client['db']>;
export type Collection = ReturnType<Db['collection']>;
export type Session = ReturnType<Client['startSession']>;

/** A client with all it reported, and which of that its tests look at. */
export interface Watched {
  readonly client: Client;
  readonly heard: Heard[];
  readonly observe: readonly string[];
  readonly ignore: readonly string[];
}

export interface Entities {
  readonly all: Map<string, unknown>;
  get<T>(id: string): T;
  watched(id: string): Watched;
  lsid(session: string): unknown;
  make(given: readonly Fields[]): Promise<void>;
  close(): Promise<void>;
}

// Drivers report neither what sets a test up nor what carries credentials.
const alwaysIgnored = ['configureFailPoint', 'killAllSessions', 'saslStart', 'saslContinue', 'authenticate'];

/** An empty set over a server's address. */
export function createEntities(uri: string): Entities {
  const all = new Map<string, unknown>();
  const clients = new Map<string, Watched>();
  const lsids = new Map<string, unknown>();
  const get = <T>(id: string): T => {
    if (!all.has(id)) throw new NotCovered(`the entity ${id}`);
    return all.get(id) as T;
  };
  const makeClient = async (id: string, spec: Fields): Promise<void> => {
    if (spec['serverApi'] !== undefined) throw new NotCovered('the versioned API');
    const client = new MongoClient(uri, {
      monitorCommands: true,
      // A connection that a fail point closed is looked after at once.
      minHeartbeatFrequencyMS: 10,
      ...(spec['uriOptions'] as Fields | undefined),
    } as object);
    clients.set(id, {
      client,
      heard: listen(client),
      observe: (spec['observeEvents'] ?? []) as string[],
      ignore: [...alwaysIgnored, ...((spec['ignoreCommandMonitoringEvents'] ?? []) as string[])],
    });
    await client.connect();
    all.set(id, client);
  };
  const makeSession = (id: string, spec: Fields): void => {
    const { snapshotTime, ...options } = (spec['sessionOptions'] ?? {}) as Fields;
    const session = get<Client>(spec['client'] as string).startSession(options);
    // The driver keeps the time of a snapshot without an option to give one.
    if (snapshotTime !== undefined) Object.assign(session, { snapshotTime: get(String(snapshotTime)) });
    all.set(id, session);
    lsids.set(id, session.id);
  };
  return {
    all,
    get,
    watched: (id) => clients.get(id)!,
    lsid: (session) => lsids.get(session),
    async make(given) {
      for (const one of given) {
        const [kind = ''] = Object.keys(one);
        const spec = one[kind] as Fields & { id: string };
        if (kind === 'client') await makeClient(spec.id, spec);
        else if (kind === 'database') {
          const client = get<Client>(spec['client'] as string);
          all.set(spec.id, client.db(spec['databaseName'] as string, spec['databaseOptions'] as object));
        } else if (kind === 'collection') {
          const db = get<Db>(spec['database'] as string);
          all.set(
            spec.id,
            db.collection(spec['collectionName'] as string, spec['collectionOptions'] as object),
          );
        } else if (kind === 'bucket') {
          const db = get<Db>(spec['database'] as string);
          all.set(spec.id, new GridFSBucket(db, (spec['bucketOptions'] ?? {}) as object));
        } else if (kind === 'session') makeSession(spec.id, spec);
        else throw new NotCovered(`entities of kind ${kind}`);
      }
    },
    async close() {
      for (const { client } of clients.values()) await client.close();
    },
  };
}
