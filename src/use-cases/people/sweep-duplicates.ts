// Compares persons already on record: registration compares only whoever is written, and rules change later.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { noteDuplicates } from './note-duplicates.ts';

const batchSize = 200;
/** What changed within the last minutes may not be committed yet, and was compared when it was written. */
const settledMilliseconds = 10 * 60_000;
const name = 'duplicates';

type SweepDeps = Pick<Deps, 'people' | 'duplicates' | 'sweeps' | 'events' | 'transaction' | 'now'>;

export interface SweepDuplicates {
  readonly who: Pick<Actor, 'accountId' | 'name'>;
  /** Begins with the person changed longest ago; otherwise it goes on where the last pass ended. */
  readonly all?: boolean;
  /** Called after each batch; the pass ends early when it answers false and goes on there next time. */
  readonly goOn?: () => boolean;
}

/**
 * How many persons were compared and how many pairs are new on the bureau's list. A pair listed before, decided or not, is
 * not listed again. Persons are read by index in order of their last change, a batch in each transaction, so every night
 * compares what changed since the last one.
 */
export async function sweepDuplicates(
  deps: SweepDeps,
  { who, all = false, goOn = () => true }: SweepDuplicates,
): Promise<{ compared: number; found: number }> {
  const now = deps.now();
  const before = new Date(now.getTime() - settledMilliseconds);
  if (all) await deps.transaction(() => deps.sweeps.reach(name, null));
  const done = { compared: 0, found: 0 };
  for (let isLast = false; !isLast; isLast ||= !goOn()) {
    const step = await deps.transaction(async () => {
      const page = await deps.sweeps.page(await deps.sweeps.placeOf(name), before, batchSize);
      const found = await compare(deps, who, page.persons, now);
      await deps.sweeps.reach(name, page.place);
      return { ...page, found };
    });
    done.compared += step.persons.length;
    done.found += step.found;
    isLast = step.isLast;
  }
  return done;
}

async function compare(
  deps: SweepDeps,
  who: SweepDuplicates['who'],
  persons: Awaited<ReturnType<Deps['sweeps']['page']>>['persons'],
  now: Date,
): Promise<number> {
  const written = persons.map((person) => {
    const number = deps.people.openNumber(person, 'documentNumber');
    return {
      personId: person.id,
      nameKey: person.nameKey,
      mobile: deps.people.openNumber(person, 'mobile'),
      document: number === null ? null : { documentType: person.documentType, number },
    };
  });
  const fresh = await noteDuplicates(deps, written, now);
  await deps.events.recordMany(
    fresh.flatMap(({ personIds, grounds }) =>
      personIds.map((id) => ({
        what: 'person.paired',
        who,
        about: { kind: 'person', id },
        when: now,
        after: { grounds },
      })),
    ),
  );
  return fresh.length;
}
