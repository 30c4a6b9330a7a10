// Where a file is written before it gets its name.
import { randomBytes } from 'node:crypto';

/** A name beside the path that no other process draws: those of two containers on one share may have the same number. */
export const draftOf = (path: string): string => `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
