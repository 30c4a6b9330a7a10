// What a directory must be before anybody works on its data.
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from '../pages/page-file.ts';
import { PlaceRefused } from '../place-refused.ts';

/** There is no data in the directory that was named. */
export class NoData extends Error {
  override readonly name = 'NoData';
}

/** Refuses a directory without a data file with NoData, one that this account may not read with PlaceRefused. */
export function mustHaveData(dir: string): void {
  try {
    accessSync(join(dir, DATA_FILE), constants.R_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw new NoData(`There is no data in ${dir}.`);
    throw new PlaceRefused(
      `The data in ${dir} cannot be read by this account: run the command as the one that serves it.`,
    );
  }
}
