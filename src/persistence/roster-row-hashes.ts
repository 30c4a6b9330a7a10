// How the parts of an uploaded roster are found by the documents that their rows name.
import type { CheckedRow } from '../domain/training/roster-import.ts';
import { documentOf } from '../domain/training/row-owner.ts';
import type { Cipher } from './cipher.ts';

/** The keyed hashes of the documents that rows name, each once. */
export function documentHashesOf(rows: readonly CheckedRow[], cipher: Cipher): string[] {
  const named = rows.flatMap((row) => documentOf(row) ?? []);
  return [...new Set(named.map(({ type, number }) => cipher.hash('document', `${type}|${number}`)))];
}
