// A whole product over a test database: deps with a clock that stands still until told, ids as usual, cheap passwords.
import { createDeps, type Deps } from '../../src/deps.ts';
import { developmentConfig, type Config } from '../../src/config.ts';
import { openProduct, type OpenProduct } from '../../src/server.ts';
import { createLog } from '../../src/log.ts';
import { createCipher } from '../../src/persistence/cipher.ts';
import { openTestDatabase } from './database.ts';

export interface World {
  readonly deps: Deps;
  /** Sets the clock; days are taken at noon in Shanghai. */
  at(day: string): void;
  now(): Date;
  /** How long the product would have waited, in milliseconds, one entry each time. */
  readonly pauses?: readonly number[];
  close(): Promise<void>;
}

const testKeys = {
  current: 'aabbccdd',
  keys: { aabbccdd: '11'.repeat(32) },
  hashing: { current: 'bbccddee', keys: { bbccddee: '22'.repeat(32) } },
};

/** A fresh world, with its database's address for a second connection; the clock starts at noon of 2021-03-01 in Shanghai. */
export async function openWorld(
  startsOn = '2021-03-01',
  settings: Partial<Config> = {},
): Promise<World & { readonly uri: string }> {
  const database = await openTestDatabase();
  const pauses: number[] = [];
  let now = new Date(`${startsOn}T12:00:00+08:00`);
  const config = developmentConfig({
    sessionSecret: 'a secret for the tests only, 32+',
    keyFile: '',
    publicUrl: 'http://skillroll.test',
    signInsAtOnce: 20,
    unusedDays: 36_500,
    // A test's clock stands still: a minute never ends.
    requestsPerMinute: 1_000_000,
    formsPerMinute: 1_000_000,
    ...settings,
  });
  const deps = await createDeps(config, database.connection, {
    cipher: createCipher(testKeys),
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    now: () => now,
    passwordCost: 4,
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  return {
    deps,
    uri: database.uri,
    at(day) {
      now = new Date(day.length === 10 ? `${day}T12:00:00+08:00` : day);
    },
    now: () => now,
    pauses,
    close: () => database.drop(),
  };
}

/** A product over a folder of its own, for commands that work on folders; the clock starts as a world's does. */
export async function openFolderWorld(config: Config): Promise<World & { readonly product: OpenProduct }> {
  let now = new Date('2021-03-01T12:00:00+08:00');
  const product = await openProduct(config, { durable: false, passwordCost: 4, now: () => now });
  return {
    product,
    deps: product.deps,
    now: () => now,
    at: (day) => (now = new Date(`${day}T12:00:00+08:00`)),
    close: () => product.close(),
  };
}
