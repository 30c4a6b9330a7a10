// Which years there is anything to count in: a year without records is "not recorded", not 0.
import type { SessionFact } from '../../domain/headcounts/facts.ts';
import { keepsNoLessons } from '../../domain/headcounts/training-rows.ts';
import type { FactSet } from './fact-set.ts';

/** The sessions whose enrolments a year may count: a first lesson in it, or the planned day where no lessons are kept. */
export function sessionIdsOf(facts: FactSet, year: number): string[] {
  const ids: string[] = [];
  for (const session of facts.sessions.facts.values())
    if (daysOf(session).some((day) => yearOf(day) === year)) ids.push(session.id);
  return ids.sort();
}

/** The years of the district's sessions, counted certificates, filings and recognitions, ascending. */
export function recordedYears(facts: FactSet, districtCode: string): readonly number[] {
  const years = new Set<number>();
  for (const session of facts.sessions.facts.values())
    if (session.states.some(({ to }) => to === 'in_progress'))
      for (const day of daysOf(session)) years.add(yearOf(day));
  for (const certificate of facts.certificates.facts.values())
    if (certificate.countedArea === districtCode) years.add(yearOf(certificate.issuedOn));
  for (const programme of facts.programmes.facts.values())
    for (const state of programme.states) if (state.to === 'filed') years.add(yearOf(state.on));
  for (const recognition of facts.recognitions.facts.values()) years.add(yearOf(recognition.recognisedOn));
  return [...years].sort((a, b) => a - b);
}

function daysOf(session: SessionFact): string[] {
  const days = keepsNoLessons(session) ? [...session.firstHeld, ...session.startDays] : session.firstHeld;
  return days.flatMap(({ day }) => (day === null ? [] : [day]));
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
