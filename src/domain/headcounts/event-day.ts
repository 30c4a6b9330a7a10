// What a calendar day ('yyyy-mm-dd') says about an event: its year, its month, the age a person had.
import { ageOn } from '../shared/calendar-day.ts';
import { ageBands, underAge } from './dimensions.ts';

const shape = /^\d{4}-\d{2}-\d{2}$/;

/** The year of a day; throws on anything but 'yyyy-mm-dd', since a misread day would silently leave a total. */
export function yearOf(day: string): number {
  if (!shape.test(day)) throw new Error(`Not a calendar day: ${day}`);
  return Number(day.slice(0, 4));
}

/** The month of a day as '01' to '12'. */
export function monthOf(day: string): string {
  return day.slice(5, 7);
}

/** The age band (domain: 8.4) at the event, null when the birth day is not known. */
export function ageBandOn(birthDay: string | null, day: string): string | null {
  if (birthDay === null) return null;
  const age = ageOn(birthDay, day);
  if (age < 16) return underAge;
  return ageBands[Math.min(4, Math.max(0, Math.floor((age - 15) / 10)))]!;
}
