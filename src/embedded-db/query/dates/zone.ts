// Time zones: UTC, fixed offsets and the named zones of the Olson database.

import { QueryError } from '../errors.ts';

/** A time zone; offsets are milliseconds to add to UTC. */
export interface Zone {
  utc: boolean;
  offsetAt(instant: number): number;
}

const DAY = 86_400_000;
const zones = new Map<string, Zone>();

/** The zone of an identifier such as Asia/Shanghai, UTC, +08:00 or -0330; 40485 for others. */
export function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = makeZone(name);
  zones.set(name, zone);
  return zone;
}

export const UTC: Zone = { utc: true, offsetAt: () => 0 };

function makeZone(name: string): Zone {
  if (name === 'UTC' || name === 'GMT' || name === 'Z') return UTC;
  const fixed = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(name);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    const offset = minutes * 60_000 * (fixed[1] === '-' ? -1 : 1);
    return { utc: offset === 0, offsetAt: () => offset };
  }
  return { utc: false, offsetAt: cachedByDay(offsetReader(name)) };
}

function offsetReader(name: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError(name);
    const numeric = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', era: 'short', ...numeric });
  } catch {
    throw new QueryError(40485, `unrecognized time zone identifier: "${name}"`);
  }
  return (instant) => {
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
    const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
    local.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
    return local.getTime() - Math.floor(instant / 1000) * 1000;
  };
}

// A zone keeps one offset for most days, so it is asked once for each of them.
function cachedByDay(read: (instant: number) => number): (instant: number) => number {
  const offsets = new Map<number, number | null>();
  return (instant) => {
    const day = Math.floor(instant / DAY);
    let offset = offsets.get(day);
    if (offset === undefined) {
      const first = read(day * DAY);
      offset = first === read(day * DAY + DAY - 1) ? first : null;
      if (offsets.size > 50_000) offsets.clear();
      offsets.set(day, offset);
    }
    return offset ?? read(instant);
  };
}

/** The instant of a local time given as milliseconds; a time that a clock change skips counts from before the change. */
export function instantOf(local: number, zone: Zone): number {
  const before = zone.offsetAt(local - DAY);
  const after = zone.offsetAt(local + DAY);
  const first = local - before;
  if (before === after || zone.offsetAt(first) === before) return first;
  return zone.offsetAt(local - after) === after ? local - after : first;
}
