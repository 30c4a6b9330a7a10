// Files and directories that are on disk when the function returns.
import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';

/** A place that must be empty holds something. */
export class PlaceInUse extends Error {
  override readonly name = 'PlaceInUse';
}

/** Refuses with PlaceInUse unless `dir` does not exist or has nothing in it. */
export function mustBeEmpty(dir: string): void {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new PlaceInUse(`${dir} is not empty: name a place that does not exist yet.`);
}

/** Waits until a file, or the names in a directory, are on disk. */
export function flushPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
