// What the system refuses to do on the disk, in words: where, why, and the cure.

/** A place on the disk cannot be read or written by this account, or by any. */
export class PlaceRefused extends Error {
  override readonly name = 'PlaceRefused';
}

// Node begins with the system's code; LMDB has only its words.
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^EROFS|^Read-only file system/, 'its file system is mounted read-only'],
  [/^EACCES|^EPERM|^Permission denied/, 'this account may not write there'],
  [/^ENOSPC|^No space left/, 'the disk is full'],
  [/^EDQUOT|^Disk quota/, 'the quota of this account is used up'],
  [/^ENOTDIR/, 'a part of its path is a file'],
  [/^EEXIST/, 'it is a file'],
  // Of Node's way to make a folder with its parents.
  [/^ENOENT/, 'its file system is mounted read-only, or a part of its path is a link to nowhere'],
];

/** Why the system refused to write; undefined for any other error. */
export function reasonOf(error: unknown): string | undefined {
  const said = error instanceof Error ? error.message : '';
  return REASONS.find(([words]) => words.test(said))?.[1];
}

/** Runs `work`, which writes to `place`; what the system refuses it is thrown as PlaceRefused. */
export async function writingTo<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw new PlaceRefused(
      `${place} cannot be written: ${reason}. Mend that, or name another place, and run the command again; nothing else has to be done.`,
      { cause: error },
    );
  }
}
