// Which folder a maintenance command works on, and how it ends when it cannot.
import { resolve } from 'node:path';
import { DamagedData } from '../embedded-db/maintenance/data-file.ts';
import type { Arguments } from './arguments.ts';

const MOST_SHOWN = 50;

/** The folder named by --data or SKILLROLL_DATA; throws a sentence, for MONGODB_URI the one given. */
export function dataFolder(given: Arguments, insteadForMongodb: string): string {
  const named = given.text('data');
  if (!named && process.env.MONGODB_URI)
    throw new Error(
      `The data lies in the MongoDB that MONGODB_URI names, which this command does not reach. ${insteadForMongodb}`,
    );
  return resolve(named || needed(process.env.SKILLROLL_DATA, '--data DIR'));
}

/** The folder an argument names; throws a sentence when it is missing. */
export function namedFolder(given: Arguments, name: string): string {
  return resolve(needed(given.text(name), `--${name} DIR`));
}

function needed(value: string | null | undefined, argument: string): string {
  if (!value) throw new Error(`Say which folder: ${argument}.`);
  return value;
}

/** Runs a command; what it throws is printed and makes the exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof DamagedData) printSome(error.errors, console.error, 'db:check');
    process.exitCode = 1;
  }
}

/** Prints the first lines of a list, or `all`; then how many more there are, and which command names them. */
export function printSome(
  lines: readonly string[],
  print: (line: string) => void,
  command: string,
  all = false,
): void {
  const shown = all ? lines : lines.slice(0, MOST_SHOWN);
  for (const line of shown) print(`- ${line}`);
  const more = lines.length - shown.length;
  if (more > 0) print(`- and ${more} more: npm run ${command} with --all names each`);
}

/** Bytes in words, such as `12.3 MB`. */
export function inWords(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Reminds of the file without which a copy of the data cannot be read in full. */
export function keyReminder(dataDir: string): string {
  const keyFile = process.env.KEY_FILE || `${dataDir}.key`;
  return `The key file is not in it: keep a copy of ${keyFile} apart from it. Without that file document numbers, mobiles and kept files cannot be read again.`;
}
