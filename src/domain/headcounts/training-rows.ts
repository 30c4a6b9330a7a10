// F13, version 1: which enrolments are person-times of subsidised training in a year, as known at a cut-off.
import { areaIn } from './area-in.ts';
import { dayAt, reachedBy, stateAt } from './dated.ts';
import type { Dimension } from './dimensions.ts';
import { ageBandOn, monthOf, yearOf } from './event-day.ts';
import type { EnrolmentFact, SessionFact } from './facts.ts';
import { marks } from './measures.ts';
import { collectRows, type Rows, type Values } from './rows.ts';

/** Counted beside F13, never in it: it has no lessons and its own reporting line. */
export const workTraining = 'work_training';

export interface CohortFacts {
  readonly session: SessionFact;
  readonly enrolments: readonly EnrolmentFact[];
}

export const trainingDimensions: readonly Dimension[] = [
  'month',
  'area',
  'centre',
  'occupation',
  'level',
  'kind',
  'gender',
  'ageBand',
  'education',
  'keyGroup',
  'fundingSource',
];

/** Whether a session keeps no lessons, so that its recorded start day stands for the first held lesson. */
export function keepsNoLessons(session: Pick<SessionFact, 'kind' | 'recordedFromPaper'>): boolean {
  return session.recordedFromPaper || session.kind === workTraining;
}

/** The day of the first held lesson as known at the instant, or null while none was held. */
export function startOf(session: SessionFact, instant: number): string | null {
  const held = dayAt(session.firstHeld, instant);
  return held === null && keepsNoLessons(session) ? dayAt(session.startDays, instant) : held;
}

/** The start day of a session whose enrolments count at the instant, or null when they do not. */
export function countedStart(session: SessionFact, instant: number): string | null {
  if (!session.subsidised) return null;
  if (reachedBy(session.states, 'approved', instant) === null) return null;
  if (reachedBy(session.states, 'in_progress', instant) === null) return null;
  const now = stateAt(session.states, instant)?.to;
  return now === 'rejected' || now === 'cancelled' ? null : startOf(session, instant);
}

/** Whether the enrolment stands at the instant: on record, not undone, not withdrawn on a day before the start. */
export function isOnRoll(enrolment: EnrolmentFact, start: string, instant: number): boolean {
  const state = stateAt(enrolment.states, instant);
  if (state === null || state.to === 'undone') return false;
  return state.to !== 'withdrawn' || state.on >= start;
}

/** One row a person-time of the year; the caller says which cohorts (with or without work training). */
export function trainingRows(
  cohorts: readonly CohortFacts[],
  question: { year: number; instant: number; areas: ReadonlySet<string> },
): Rows {
  const rows = collectRows(trainingDimensions);
  for (const { session, enrolments } of cohorts) {
    const start = countedStart(session, question.instant);
    if (start === null || yearOf(start) !== question.year) continue;
    const shared = sessionValues(session, start, question.areas);
    for (const enrolment of enrolments) {
      if (!isOnRoll(enrolment, start, question.instant)) continue;
      const absent = stateAt(enrolment.states, question.instant)?.to === 'absent';
      const own = {
        gender: enrolment.gender,
        ageBand: ageBandOn(enrolment.birthDay, start),
        education: enrolment.education,
        keyGroup: enrolment.keyGroups,
      };
      rows.add(enrolment.id, enrolment.personId, absent ? marks.noShow : 0, own, shared);
    }
  }
  return rows.finish();
}

function sessionValues(session: SessionFact, start: string, areas: ReadonlySet<string>): Values {
  return {
    month: monthOf(start),
    area: areaIn(areas, session.areaCode),
    centre: session.centreId,
    occupation: session.occupationCode,
    level: session.skillLevel,
    kind: session.kind,
    fundingSource: session.fundingSource,
  };
}
