// The demo lives through its years: each step runs at the moment it is told.
import type { Deps } from '../../../deps.ts';

/** The parts with their clock standing at an hour of a day in Shanghai. */
export function at(deps: Deps, day: string, hour = 10): Deps {
  const now = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);
  return { ...deps, now: () => now };
}
