// The trail as it is read: newest first, from a place on. It belongs to no scope; the route's permission decides who reads.
import type { Connection } from 'mongoose';
import type { TrailFilter, TrailPlace } from '../../domain/trail/trail-filter.ts';
import type { RecordedEvent } from '../events.ts';
import { createSeals } from './seals.ts';

export interface TrailPage {
  readonly events: readonly RecordedEvent[];
  /** The place after which there are older ones, or null at the end. */
  readonly older: TrailPlace | null;
}

/** Records whose events stand in one timeline. */
export interface Subjects {
  readonly kind: string;
  readonly ids: readonly string[];
  /** Only these acts; all without. */
  readonly acts?: readonly string[] | undefined;
}

export type TrailEvents = ReturnType<typeof createTrailEvents>;

export function createTrailEvents(connection: Connection) {
  const seals = createSeals(connection);
  return {
    /** A page of what the filter leaves, after a place, each event with its seal. */
    async page(filter: TrailFilter, after: TrailPlace | null, limit: number): Promise<TrailPage> {
      const { events, older } = pageOf(await newestOf(conditionsOf(filter), filter, after, limit + 1), limit);
      const sealOf = await seals.of(events);
      return {
        events: events.map((event) => {
          const seal = sealOf.get(event.id);
          return seal === undefined ? event : { ...event, seal };
        }),
        older,
      };
    },
    /** A page of the events about records, newest first. */
    async about(subjects: readonly Subjects[], after: TrailPlace | null, limit: number): Promise<TrailPage> {
      const found = await Promise.all(
        subjects
          .filter(({ ids }) => ids.length > 0)
          .map(({ kind, ids, acts }) =>
            newestOf(
              {
                'about.kind': kind,
                'about.id': ids.length === 1 ? ids[0]! : { $in: [...ids] },
                ...(acts === undefined ? {} : { what: { $in: [...acts] } }),
              },
              { from: null, until: null },
              after,
              limit + 1,
            ),
          ),
      );
      return pageOf(found.flat().sort(newestFirst), limit);
    },
  };

  /** Two reads of one order each, which an index serves: as old as the place, then older. */
  async function newestOf(
    conditions: Record<string, unknown>,
    { from, until }: Pick<TrailFilter, 'from' | 'until'>,
    after: TrailPlace | null,
    limit: number,
  ): Promise<RecordedEvent[]> {
    const before = after !== null && (until === null || after.when < until) ? after.when : until;
    const when = {
      ...(from === null ? {} : { $gte: from }),
      ...(before === null ? {} : { $lt: before }),
    };
    const asOld =
      after === null
        ? []
        : await find({ ...conditions, when: after.when, _id: { $lt: after.id } }, { _id: -1 }, limit);
    const range = Object.keys(when).length === 0 ? {} : { when };
    const older =
      asOld.length >= limit
        ? []
        : await find({ ...conditions, ...range }, { when: -1, _id: -1 }, limit - asOld.length);
    return [...asOld, ...older];
  }

  async function find(
    filter: Record<string, unknown>,
    sort: Record<string, -1>,
    limit: number,
  ): Promise<RecordedEvent[]> {
    const found = await connection
      .model('Event')
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .lean();
    return found.map(({ _id, ...event }) => ({ ...event, id: String(_id) }) as unknown as RecordedEvent);
  }
}

function conditionsOf({ actorId, kind, id, what, address }: TrailFilter): Record<string, unknown> {
  return {
    ...(actorId === null ? {} : { 'who.accountId': actorId }),
    ...(kind === null ? {} : { 'about.kind': kind }),
    ...(id === null ? {} : { 'about.id': id }),
    ...(what === null ? {} : { what }),
    ...(address === null ? {} : { address }),
  };
}

function pageOf(found: readonly RecordedEvent[], limit: number): TrailPage {
  const events = found.slice(0, limit);
  const last = events.at(-1);
  return { events, older: found.length > limit ? { when: last!.when, id: last!.id } : null };
}

function newestFirst(one: RecordedEvent, other: RecordedEvent): number {
  const later = other.when.getTime() - one.when.getTime();
  if (later !== 0) return later;
  return one.id < other.id ? 1 : -1;
}
