// Takes a part of the trail out as a file: what was asked for and how much it was is an event of its own.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { TrailFilter } from '../../domain/trail/trail-filter.ts';

export const mostExported = 20_000;

type RecordedEvents = Awaited<ReturnType<Deps['reads']['trailEvents']['page']>>['events'];

/** The events the filter leaves, newest first; throws RuleBroken trail.tooMany above 20,000. */
export async function exportTrail(
  deps: Pick<Deps, 'reads' | 'events' | 'transaction' | 'now'>,
  { actor, filter }: { actor: Actor; filter: TrailFilter },
): Promise<RecordedEvents> {
  const { events, older } = await deps.reads.trailEvents.page(filter, null, mostExported);
  if (older !== null) throw new RuleBroken('trail.tooMany', { limit: mostExported });
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  await deps.transaction(() =>
    deps.events.record({
      what: 'trail.exported',
      who: actor,
      about: { kind: 'trail', id: 'events' },
      when: deps.now(),
      after: { ...asked, events: events.length },
    }),
  );
  return events;
}
