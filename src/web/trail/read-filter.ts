// The filter in an address or a form: what of it can be read, and how it is written back.
import type { Deps } from '../../deps.ts';
import { addDays, isCalendarDay, startOfDay } from '../../domain/shared/calendar-day.ts';
import type { TrailFilter } from '../../domain/trail/trail-filter.ts';
import { findActor } from '../../use-cases/trail/find-actor.ts';
import type { Exchange } from '../kernel/exchange.ts';

export const filterFields = ['actor', 'kind', 'id', 'what', 'from', 'until', 'address'] as const;

/** What was asked for, field by field; '' for what is left open or cannot be meant. */
export type AskedFilter = Readonly<Record<(typeof filterFields)[number], string>>;

/** Anything unknown is left out. */
export function readAsked(
  given: Readonly<Record<string, unknown>>,
  { site }: Pick<Exchange, 'site'>,
): AskedFilter {
  const text = (name: string, max: number) => {
    const value = given[name];
    return typeof value === 'string' ? value.normalize('NFKC').trim().slice(0, max) : '';
  };
  const known = (name: string) => {
    const value = text(name, 60);
    return site.wording.has(`trail.${name}.${value}`) ? value : '';
  };
  const day = (name: string) => (isCalendarDay(text(name, 10)) ? text(name, 10) : '');
  return {
    actor: text('actor', 60),
    kind: known('kind'),
    id: text('id', 60),
    what: known('what'),
    from: day('from'),
    until: day('until'),
    address: text('address', 45),
  };
}

/** The filter that is meant: a user name becomes its account, days become instants in Shanghai. */
export async function filterOf(deps: Pick<Deps, 'unscoped'>, asked: AskedFilter): Promise<TrailFilter> {
  return {
    actorId: asked.actor === '' ? null : await findActor(deps, asked.actor),
    kind: asked.kind || null,
    id: asked.id || null,
    what: asked.what || null,
    from: asked.from === '' ? null : startOfDay(asked.from),
    until: asked.until === '' ? null : startOfDay(addDays(asked.until, 1)),
    address: asked.address || null,
  };
}
