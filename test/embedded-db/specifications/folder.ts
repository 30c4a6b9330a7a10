// Where MongoDB's specification tests lie: they are read in place and never copied into the project.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const sibling = resolve('../shared/specifications');

/** The folder of the specifications (`MONGODB_SPECIFICATIONS`, or the one beside the project); null where there is none. */
export function specificationsFolder(): string | null {
  const folder = process.env['MONGODB_SPECIFICATIONS'] ?? sibling;
  return existsSync(join(folder, 'source')) ? join(folder, 'source') : null;
}

/** What to say where there is none. */
export const NO_SPECIFICATIONS =
  "Skipped: MongoDB's specifications are not here; MONGODB_SPECIFICATIONS names their folder.";
