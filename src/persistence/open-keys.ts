// Opens the key file of a database: keys are made only where there is nothing yet that other keys could have sealed, and a
// file that is another one than the data's is refused before anything is written under it.
import { existsSync } from 'node:fs';
import type { Connection } from 'mongoose';
import { ensureKeyFile, keyIdOf, readCipher, readKeyFile, type Cipher } from './cipher.ts';
import { sealedCollections, witnesses } from './rotation/sealed-fields.ts';

/** The cipher of the key file, which `make` makes for a database never opened with one; throws a sentence when it does not fit. */
export async function openKeys(
  connection: Connection,
  keyFile: string,
  { make = false } = {},
): Promise<Cipher> {
  if (!existsSync(keyFile)) {
    if (!make || (await holdsRecords(connection)))
      throw new Error(
        `There is no key file at ${keyFile}, and new keys would open nothing of what is on record. Name the data's own with KEY_FILE or --key, or put its copy back there.`,
      );
    ensureKeyFile(keyFile);
  }
  await requireOwn(connection, keyFile);
  const cipher = readCipher(keyFile);
  if (make) {
    await bearWitness(connection, cipher);
    await requireOwn(connection, keyFile);
  }
  return cipher;
}

async function requireOwn(connection: Connection, keyFile: string): Promise<void> {
  const { keys } = readKeyFile(keyFile);
  const keyId = await keyIdOnRecord(connection);
  if (keyId !== null && !Object.hasOwn(keys, keyId))
    throw new Error(
      `The key file ${keyFile} is not the one of this data: what is on record was sealed under a key that it does not hold. Name the data's own with KEY_FILE or --key; a backup needs the file of its time.`,
    );
}

/** The first thing sealed: of two processes with a file each, whoever comes second finds it before they seal anything. */
async function bearWitness(connection: Connection, cipher: Cipher): Promise<void> {
  await connection
    .collection<{ _id: string }>(witnesses)
    .updateOne({ _id: 'keys' }, { $setOnInsert: { sealed: cipher.seal('witness') } }, { upsert: true });
}

async function holdsRecords(connection: Connection): Promise<boolean> {
  const names = ['accounts', ...sealedCollections.map(({ name }) => name)];
  const found = await Promise.all(names.map((name) => connection.collection(name).findOne()));
  return found.some((document) => document !== null);
}

/** The id of the key under which the witness is sealed, or else the oldest person on record, or of something else. */
async function keyIdOnRecord(connection: Connection): Promise<string | null> {
  for (const { name, sealed } of sealedCollections) {
    const projection = Object.fromEntries(sealed.map((field) => [field, 1]));
    const oldest = await connection.collection(name).findOne({}, { sort: { _id: 1 }, projection });
    for (const field of sealed) {
      const value = (oldest as Record<string, unknown> | null)?.[field] as
        string | { readonly buffer: Uint8Array } | null | undefined;
      if (value) return keyIdOf(typeof value === 'string' ? value : value.buffer);
    }
  }
  return null;
}
