// MongoDB's driver test suites that the server is held to, and how many tests of each have to pass.
import { EJSON } from '../../support/bson.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { UnifiedFile } from './run-test.ts';

/** Fewer passed tests than this is a step back. */
export const FLOORS: Readonly<Record<string, number>> = {
  crud: 307,
  transactions: 171,
  'transactions-convenient-api': 29,
  'retryable-writes': 112,
  'retryable-reads': 243,
  sessions: 33,
  'index-management': 1,
  'collection-management': 1,
  'run-command': 6,
};

/** How many of the BSON corpus have to pass: all but the texts of extended JSON. */
export const CORPUS_FLOOR = 803;

/** The files of a suite, by name. */
export function suiteFiles(specifications: string, suite: string): { name: string; file: UnifiedFile }[] {
  const folder = join(specifications, suite, 'tests');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({
      name: basename(path),
      file: EJSON.parse(readFileSync(join(folder, path), 'utf8')) as UnifiedFile,
    }));
}
