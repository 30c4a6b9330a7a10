// What is due on a day: the period of the day's setting, counted back, and who is held.
import { settingOn, type Reference } from '../reference/reference.ts';
import { addDays, startOfDay } from '../shared/calendar-day.ts';
import type { RetentionKind } from './retention-kinds.ts';

/** Records last used before this moment are due. */
export interface Cut {
  readonly day: string;
  readonly instant: Date;
}

/** The length of a kind's period in its unit on a day: the setting, never below the legal minimum; null without a period. */
export function periodOn(reference: Reference, kind: RetentionKind, today: string): number | null {
  if (kind.setting === null) return null;
  return Math.max(kind.atLeast, settingOn(reference, kind.setting, today));
}

/**
 * The cut of a kind on a day: what was last used before it is due. What ends by itself is due at its own end, so up to
 * `now`; null for what never ends.
 */
export function cutOn(reference: Reference, kind: RetentionKind, today: string, now: Date): Cut | null {
  if (kind.atTheEnd === 'keep') return null;
  const period = periodOn(reference, kind, today);
  if (period === null) return { day: today, instant: now };
  const day = kind.unit === 'days' ? addDays(today, -period) : monthsBefore(today, period);
  return { day, instant: startOfDay(day) };
}

/** The same day of the month so many months earlier; the month's last day where it has no such day. */
export function monthsBefore(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** A record that is due, with the persons and training sessions it is about. */
export interface DueRecord {
  readonly id: string;
  readonly personIds: readonly string[];
  readonly sessionIds: readonly string[];
}

export interface Held {
  readonly persons: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

/** Whether a legal hold keeps the record. */
export function isHeld(record: DueRecord, held: Held): boolean {
  return (
    record.personIds.some((id) => held.persons.has(id)) ||
    record.sessionIds.some((id) => held.sessions.has(id))
  );
}
