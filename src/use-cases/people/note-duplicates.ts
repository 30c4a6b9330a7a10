// Notes persons who may be on record twice, the moment what they are compared by is written.
import type { Deps } from '../../deps.ts';
import { otherSpellings, type DuplicateGround } from '../../domain/people/duplicate.ts';
import type { PersonFacts } from '../../domain/people/person.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

type NotedPair = Awaited<ReturnType<Deps['duplicates']['note']>>[number];
type NoteDeps = Pick<Deps, 'people' | 'duplicates'>;

/** A person just written; facts nobody stated anew are null and not compared. */
export interface Written extends Pick<PersonFacts, 'nameKey' | 'mobile'> {
  readonly personId: string;
  /** Of persons new on record: the number of those known before was compared when they came. */
  readonly document: { readonly documentType: string; readonly number: string } | null;
}

/**
 * Notes each pair of one number under two document types or spellings, and of one name, birth day and mobile: two queries
 * by index for all of them. The pairs not noted before. Call it inside the transaction that wrote the persons, after them.
 */
export async function noteDuplicates(
  deps: NoteDeps,
  written: readonly Written[],
  now: Date,
): Promise<readonly NotedPair[]> {
  const pairs = new Map<string, { personIds: readonly [string, string]; grounds: DuplicateGround[] }>();
  const pair = (a: string, b: string, ground: DuplicateGround) => {
    if (a === b) return;
    const personIds = (a < b ? [a, b] : [b, a]) as [string, string];
    const grounds = pairs.get(personIds.join())?.grounds ?? [];
    if (!grounds.includes(ground)) pairs.set(personIds.join(), { personIds, grounds: [...grounds, ground] });
  };
  for (const [a, b] of await sameNumbers(deps, written, dayOf(now))) pair(a, b, 'number');
  for (const [a, b] of await namesakes(deps, written)) pair(a, b, 'namesake');
  return deps.duplicates.note([...pairs.values()], now);
}

async function sameNumbers(
  deps: NoteDeps,
  written: readonly Written[],
  today: string,
): Promise<[string, string][]> {
  const askers = new Map<string, string[]>();
  for (const { personId, document } of written) {
    if (document === null) continue;
    for (const other of otherSpellings(document.documentType, document.number, today))
      for (const hash of deps.people.documentHashes(other.documentType, other.number))
        askers.set(hash, [...(askers.get(hash) ?? []), personId]);
  }
  if (askers.size === 0) return [];
  const found = await deps.people.idsByDocument([...askers.keys()]);
  return [...found].flatMap(([hash, id]) => askers.get(hash)!.map((asker): [string, string] => [asker, id]));
}

async function namesakes(deps: NoteDeps, written: readonly Written[]): Promise<[string, string][]> {
  const mobiles = new Map<string, string>();
  for (const { mobile } of written)
    if (mobile !== null) for (const hash of deps.people.mobileHashes(mobile)) mobiles.set(hash, mobile);
  if (mobiles.size === 0) return [];
  const stated = written.filter((one) => one.mobile !== null);
  const found = await deps.people.namesakes(
    [...mobiles.keys()],
    [...new Set(stated.map((one) => one.nameKey))],
  );
  const alike = new Map<string, string[]>();
  for (const { _id, nameKey, birthDay, mobileHash } of found) {
    if (birthDay === null) continue;
    const key = [nameKey, birthDay, mobiles.get(mobileHash)].join('|');
    alike.set(key, [...(alike.get(key) ?? []), _id]);
  }
  const fresh = new Set(stated.map((one) => one.personId));
  return [...alike.values()].flatMap((ids) =>
    ids.flatMap((a, index) =>
      ids
        .slice(index + 1)
        .filter((b) => fresh.has(a) || fresh.has(b))
        .map((b): [string, string] => [a, b]),
    ),
  );
}
