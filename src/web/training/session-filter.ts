// What the list of training sessions can be narrowed by; the home page counts by the same filter.
import {
  sessionStatuses,
  trainingKinds,
  type SessionStatus,
} from '../../domain/training/training-session.ts';
import { paths, withQuery } from '../paths.ts';

export type Due = 'start' | 'completion';

export interface SessionFilter {
  readonly state: SessionStatus | '';
  /** Approved sessions whose first day has come, or running ones whose last day is over. */
  readonly due: Due | '';
  readonly year: string;
  readonly kind: string;
  readonly area: string;
  readonly text: string;
}

/** The filter in an address; anything unknown is left out. */
export function readSessionFilter(query: Readonly<Record<string, string>>): SessionFilter {
  const one = <T extends string>(value: string | undefined, allowed: readonly T[]): T | '' =>
    allowed.find((candidate) => candidate === value) ?? '';
  return {
    state: one(query['state'], sessionStatuses),
    due: one(query['due'], ['start', 'completion'] as const),
    year: /^\d{4}$/.test(query['year'] ?? '') ? query['year']! : '',
    kind: one(query['kind'], trainingKinds),
    area: /^\d{9}$/.test(query['area'] ?? '') ? query['area']! : '',
    text: (query['text'] ?? '').normalize('NFKC').trim().slice(0, 60),
  };
}

/** The part of a store query the filter stands for; `today` decides what is due. */
export function sessionQuery(filter: Partial<SessionFilter>, today: string): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  if (filter.state) query['status'] = filter.state;
  if (filter.year) query['startsOn'] = { $gte: `${filter.year}-01-01`, $lte: `${filter.year}-12-31` };
  if (filter.due === 'start') Object.assign(query, { status: 'approved', startsOn: { $lte: today } });
  if (filter.due === 'completion') Object.assign(query, { status: 'in_progress', endsOn: { $lt: today } });
  if (filter.kind) query['kind'] = filter.kind;
  if (filter.area) query['areaCode'] = filter.area;
  if (filter.text) {
    const start = { $regex: `^${filter.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` };
    query['$or'] = [{ number: start }, { name: start }];
  }
  return query;
}

/** The address of the list with a filter. */
export function sessionsAt(filter: Partial<SessionFilter>): string {
  return withQuery(paths.trainingSessions(), filter);
}
