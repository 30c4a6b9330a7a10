// What root makes in a directory must not lock out the account that serves it.
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Gives a new file to whoever owns its folder, when it was made by root, who may do so: else the owner could not open it. */
export function ownAsFolder(path: string): void {
  const { uid, gid } = statSync(dirname(path));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
}
