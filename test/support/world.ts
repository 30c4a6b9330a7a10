// A whole product over a test database: deps with a clock that stands still until told, ids as usual, cheap passwords.
import { createDeps, type Deps } from '../../src/deps.ts';
import { developmentConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createCipher } from '../../src/persistence/cipher.ts';
import { openTestDatabase } from './database.ts';

export interface World {
  readonly deps: Deps;
  /** Sets the clock; days are taken at noon in Shanghai. */
  at(day: string): void;
  now(): Date;
  close(): Promise<void>;
}

const testKeys = { current: 'aabbccdd', keys: { aabbccdd: '11'.repeat(32) }, hashKey: '22'.repeat(32) };

/** A fresh world, with its database's address for a second connection; the clock starts at noon of 2021-03-01 in Shanghai. */
export async function openWorld(startsOn = '2021-03-01'): Promise<World & { readonly uri: string }> {
  const database = await openTestDatabase();
  let now = new Date(`${startsOn}T12:00:00+08:00`);
  const config = developmentConfig({
    sessionSecret: 'a secret for the tests only, 32+',
    keyFile: '',
    publicUrl: 'http://skillroll.test',
  });
  const deps = await createDeps(config, database.connection, {
    cipher: createCipher(testKeys),
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    now: () => now,
    passwordCost: 4,
  });
  return {
    deps,
    uri: database.uri,
    at(day) {
      now = new Date(day.length === 10 ? `${day}T12:00:00+08:00` : day);
    },
    now: () => now,
    close: () => database.drop(),
  };
}
