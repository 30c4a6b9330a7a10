// Who sits in which session: mostly new people, some who came before and are free again.
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { Identity, Population } from './identities.ts';
import type { Random } from './random.ts';

export interface Cast {
  /** People for a session from one day to another; nobody is in two at once. */
  take(count: number, from: string, until: string): Identity[];
  /** People nobody has met before. */
  invent(count: number): Identity[];
  readonly known: readonly Identity[];
}

/** `returning` is the share of people who were trained before. */
export function createCast(
  random: Random,
  population: Population,
  employers: readonly string[],
  returning: number,
): Cast {
  const known: Identity[] = [];
  return {
    known,
    invent(count) {
      const made = Array.from({ length: count }, () => population.invent(employers));
      known.push(...made);
      return made;
    },
    take(count, from, until) {
      const taken: Identity[] = [];
      while (taken.length < count) {
        const again = known.length > 200 && random.chance(returning) ? random.pick(known) : null;
        const one =
          again !== null && again.freeFrom < from && !taken.includes(again)
            ? again
            : population.invent(employers);
        if (one !== again) known.push(one);
        one.freeFrom = addDays(until, 14);
        taken.push(one);
      }
      return taken;
    },
  };
}
