// The clients, databases, collections, sessions and cursors a unified test names.
import mongoose from 'mongoose';
import { NotCovered, type Fields } from './match.ts';

const { MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Db = ReturnType<Client['db']>;
export type Collection = ReturnType<Db['collection']>;
export type Session = ReturnType<Client['startSession']>;
export interface Sent {
  readonly name: string;
  readonly command: Fields;
}
/** Commands as they were sent, by client. */
export interface Watched {
  readonly client: Client;
  readonly sent: Sent[];
}

export interface Entities {
  readonly all: Map<string, unknown>;
  get<T>(id: string): T;
  watched(id: string): Watched;
  make(given: readonly Fields[]): Promise<void>;
  close(): Promise<void>;
}

const outside = new Set(['bucket', 'thread', 'clientEncryption']);

/** An empty set over a server's address. */
export function createEntities(uri: string): Entities {
  const all = new Map<string, unknown>();
  const clients = new Map<string, Watched>();
  const get = <T>(id: string): T => {
    if (!all.has(id)) throw new NotCovered(`the entity ${id}`);
    return all.get(id) as T;
  };
  const makeClient = async (id: string, options: Fields): Promise<void> => {
    const client = new MongoClient(uri, {
      monitorCommands: true,
      // A connection that a fail point closed is looked after at once.
      minHeartbeatFrequencyMS: 10,
      ...options,
    } as object);
    const sent: Sent[] = [];
    client.on('commandStarted', ({ commandName, command }) =>
      sent.push({ name: commandName, command: command as Fields }),
    );
    await client.connect();
    all.set(id, client);
    clients.set(id, { client, sent });
  };
  return {
    all,
    get,
    watched: (id) => clients.get(id)!,
    async make(given) {
      for (const one of given) {
        const [kind = ''] = Object.keys(one);
        if (outside.has(kind)) throw new NotCovered(`entities of kind ${kind}`);
        const spec = one[kind] as Fields & { id: string };
        if (kind === 'client') {
          if (spec['serverApi'] !== undefined) throw new NotCovered('the versioned API');
          await makeClient(spec.id, (spec['uriOptions'] ?? {}) as Fields);
        } else if (kind === 'database') {
          const client = get<Client>(spec['client'] as string);
          all.set(spec.id, client.db(spec['databaseName'] as string, spec['databaseOptions'] as object));
        } else if (kind === 'collection') {
          const db = get<Db>(spec['database'] as string);
          all.set(
            spec.id,
            db.collection(spec['collectionName'] as string, spec['collectionOptions'] as object),
          );
        } else if (kind === 'session') {
          const options = (spec['sessionOptions'] ?? {}) as Fields;
          if (options['snapshot'] !== undefined) throw new NotCovered('snapshot sessions');
          all.set(spec.id, get<Client>(spec['client'] as string).startSession(options));
        }
      }
    },
    async close() {
      for (const { client } of clients.values()) await client.close();
    },
  };
}
