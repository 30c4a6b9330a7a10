// What was done to a record, for its own page: who, when, what changed and why, newest first, fifty at a time.
import type { Deps } from '../../deps.ts';
import { readPlace, writePlace } from '../../domain/trail/trail-filter.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { evidenceLinks, type LinkDeps } from '../evidence/evidence-links.ts';
import type { Link } from '../frame.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { withQuery } from '../paths.ts';
import { actWords, changeWords, reasonWords, whoWords, type RecordedEvent } from './present-event.ts';

export interface History {
  /** For the timeline partial. */
  readonly events: readonly {
    readonly when: string;
    readonly what: string;
    readonly who: string;
    readonly note: string | null;
    readonly href: null;
    /** The file that proves it. */
    readonly file: Link | null;
  }[];
  readonly newest: string | null;
  readonly older: string | null;
}

const perPage = 50;

/**
 * The history of records the viewer may see, on the page at an address; `?history=` says from where on. `names` gives those
 * of several records the name that stands before what was done.
 */
export async function loadHistory(
  deps: Pick<Deps, 'reads' | 'reference'> & LinkDeps,
  exchange: Exchange,
  at: string,
  subjects: Parameters<Deps['reads']['trailEvents']['about']>[0],
  names: ReadonlyMap<string, string> = new Map(),
): Promise<History> {
  const after = readPlace(exchange.query.history);
  const { events, older } = await deps.reads.trailEvents.about(subjects, after, perPage);
  const files = await evidenceLinks(
    deps,
    exchange,
    events.map((event) => event.evidenceId),
  );
  const separator = exchange.lang === 'zh' ? '；' : '; ';
  return {
    events: events.map((event) => {
      const name = names.get(event.about.id);
      const notes = [...changeWords(deps, exchange, withoutIds(event)), reasonWords(exchange, event)];
      const act = actWords(exchange, event.what);
      return {
        when: formatShortInstant(event.when),
        what: name === undefined ? act : exchange.t('trail.named', { name, act }),
        who: whoWords(exchange, event.who),
        note: notes.filter((one) => one !== null).join(separator) || null,
        href: null,
        file: files.get(event.evidenceId ?? '') ?? null,
      };
    }),
    newest: after === null ? null : at,
    older: older === null ? null : withQuery(at, { history: writePlace(older) }),
  };
}

/** Ids of records say nothing on the page of a record; the trail keeps them, to look an object up by. */
function withoutIds<T extends Pick<RecordedEvent, 'before' | 'after'>>(event: T): T {
  const named = (facts: RecordedEvent['before']) =>
    facts && Object.fromEntries(Object.entries(facts).filter(([, value]) => !isId(value)));
  return { ...event, before: named(event.before), after: named(event.after) };
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-hjkmnp-tv-z]{26}$/.test(value);
}
