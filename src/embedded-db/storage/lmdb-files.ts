// What LMDB takes for granted about its files: where it is not so, opening them may end the process without a word.
import {
  accessSync,
  appendFileSync,
  chmodSync,
  constants,
  existsSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { ownAsFolder } from '../own-as-folder.ts';

/** How every process has to open a file; for this account alone. */
export const LMDB_OPTIONS = {
  encoding: 'binary',
  keyEncoding: 'binary',
  mapSize: 64 * 2 ** 30,
  maxReaders: 1000,
  overlappingSync: false,
  permissionsMode: 0o600,
} as const;
// LMDB maps a table of its readers and writes into it: 64 bytes for each of them, and its head.
const LOCK_BYTES = 64 * LMDB_OPTIONS.maxReaders + 4096;

/** The system gives this process less memory to address than the file is mapped into. */
export class TooLittleAddressSpace extends Error {
  override readonly name = 'TooLittleAddressSpace';
}

/**
 * Makes sure that LMDB can open the file `path`: that this account may read and write it and the table of its readers, that
 * there is room for that table, and for the map. Throws the file system's error, or TooLittleAddressSpace.
 */
export function makeWayFor(path: string): void {
  const room = addressSpace();
  if (room < LMDB_OPTIONS.mapSize)
    throw new TooLittleAddressSpace(
      `The data file is mapped into 64 GB of addresses, and this process may have ${Math.floor(room / 2 ** 30)}: raise its limit (ulimit -v unlimited).`,
    );
  const table = `${path}-lock`;
  for (const file of [path, table]) if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  const missing = LOCK_BYTES - (statSync(table, { throwIfNoEntry: false })?.size ?? 0);
  if (missing <= 0) return;
  appendFileSync(table, Buffer.alloc(missing), { mode: 0o600 });
  ownAsFolder(table);
}

/** Takes a data file that others may read from them: it holds what is known of people. */
export function keepPrivate(path: string): void {
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function addressSpace(): number {
  try {
    const limit = /^Max address space\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return limit ? Number(limit[1]) : Infinity;
  } catch {
    return Infinity;
  }
}
