// The people of a lesson as rows of the attendance grid.
import { isOnRollOn, type Attendance } from '../../domain/training/attendance.ts';
import type { AttendanceRates } from '../../domain/training/attendance-rates.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import type { FormState } from '../kernel/form.ts';

/** What was chosen for a person on the form, '' for nobody's choice, null when the form was not sent. */
export function typedMark(values: FormState['values'], enrolmentId: string): string | null {
  const value = values[`mark.${enrolmentId}`];
  return typeof value === 'string' ? value : null;
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
  const wasSent = Object.keys(state.values).length > 0;
  const marks = new Map((given.attendance?.marks ?? []).map((mark) => [mark.enrolmentId, mark]));
  return given.enrolments
    .filter((one) => one.withdrawnOn === null || lesson.day < one.withdrawnOn)
    .map((one, index) => {
      if (!isOnRollOn(one, lesson.day))
        return { id: one.id, number: index + 1, name: one.name, notJoined: true, note: one.joinedOn };
      const stored = marks.get(one.id);
      const note = state.values[`note.${one.id}`];
      const rates = given.rates.get(one.id);
      return {
        id: one.id,
        number: index + 1,
        name: one.name,
        mark: wasSent ? (typedMark(state.values, one.id) ?? '') : (stored?.status ?? ''),
        note: typeof note === 'string' ? note : (stored?.note ?? ''),
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
