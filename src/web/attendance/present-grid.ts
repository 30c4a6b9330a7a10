// The people of a lesson as rows of the attendance grid.
import {
  isOnRollOn,
  mergeMarks,
  unopened,
  type Attendance,
  type AttendanceStatus,
} from '../../domain/training/attendance.ts';
import type { AttendanceRates } from '../../domain/training/attendance-rates.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { MarksClash } from '../../use-cases/training/mark-attendance.ts';
import type { FormState } from '../kernel/form.ts';

/** What was chosen for a person on the form, '' for nobody's choice, null when the form was not sent. */
export function typedMark(values: FormState['values'], enrolmentId: string): string | null {
  const value = values[`mark.${enrolmentId}`];
  return typeof value === 'string' ? value : null;
}

/** The version of the attendance the form was opened at, as sent; of a fresh page, the one kept now. */
export function openedAtOf(state: FormState, attendance: Attendance | null): number {
  const sent = state.values['openedAt'];
  return typeof sent === 'string' && /^(-1|\d{1,9})$/.test(sent)
    ? Number(sent)
    : (attendance?.version ?? unopened);
}

interface ShownMark {
  readonly mark: string;
  readonly note: string;
}

/** What a row shows: what was typed, on a fresh page what is kept, and after a clash both, where they do not differ. */
function shownMark(enrolmentId: string, state: FormState, attendance: Attendance | null): ShownMark {
  const stored = attendance?.marks.find((one) => one.enrolmentId === enrolmentId);
  const kept = { mark: stored?.status ?? '', note: stored?.note ?? '' };
  if (Object.keys(state.values).length === 0) return kept;
  const note = state.values[`note.${enrolmentId}`];
  const typed = {
    mark: typedMark(state.values, enrolmentId) ?? '',
    note: typeof note === 'string' ? note : '',
  };
  if (!(state.cause instanceof MarksClash)) return typed;
  const posted = {
    enrolmentId,
    status: (typed.mark || null) as AttendanceStatus | null,
    note: typed.note || null,
  };
  const { changed, clashes } = mergeMarks(attendance, [posted], openedAtOf(state, attendance), () => 0);
  return changed.length + clashes.length > 0 ? typed : kept;
}

/** Everybody on the roll that day, later joiners without a control, in the roster's order. */
export function presentGrid(given: {
  enrolments: readonly Enrolment[];
  lesson: Lesson;
  attendance: Attendance | null;
  rates: ReadonlyMap<string, AttendanceRates>;
  /** The share of class hours completion needs. */
  share: number;
  state: FormState;
}) {
  const { lesson, state, share } = given;
  return given.enrolments
    .filter((one) => one.withdrawnOn === null || lesson.day < one.withdrawnOn)
    .map((one, index) => {
      if (!isOnRollOn(one, lesson.day))
        return { id: one.id, number: index + 1, name: one.name, notJoined: true, note: one.joinedOn };
      const rates = given.rates.get(one.id);
      return {
        id: one.id,
        number: index + 1,
        name: one.name,
        ...shownMark(one.id, state, given.attendance),
        rate: `${percent(rates?.held)} / ${percent(rates?.best)}`,
        tone:
          rates?.best != null && rates.best < share
            ? 'bad'
            : rates?.held != null && rates.held < share
              ? 'warn'
              : '',
      };
    });
}

/** A share as a whole percentage, a dash where there is none yet. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${Math.round(share * 100)}%`;
}
