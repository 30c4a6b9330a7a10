// Marking attendance: the whole class on one page, with keys or without script.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import {
  attendanceStatuses,
  isOnRollOn,
  unopened,
  type Attendance,
  type AttendanceStatus,
  type PostedMark,
} from '../../domain/training/attendance.ts';
import { attendanceRates } from '../../domain/training/attendance-rates.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { isLate, markAttendance, MarksClash } from '../../use-cases/training/mark-attendance.ts';
import { formatDay } from '../formatting/format-day.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { evidenceOf, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { optionalText } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { sessionTrail } from '../rosters/show-roster.ts';
import { loadHistory } from '../trail/load-history.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { openedAtOf, presentGrid, typedMark } from './present-grid.ts';

interface LessonRecords {
  readonly lesson: Lesson;
  readonly enrolments: readonly Enrolment[];
  readonly attendance: Attendance | null;
}

async function loadLesson(deps: Deps, exchange: Exchange): Promise<LessonRecords> {
  const { scope } = exchange.actor;
  const lesson = await deps.lessons.get(scope, exchange.params['id']!);
  const [enrolments, attendance] = await Promise.all([
    deps.enrolments.ofSession(scope, lesson.sessionId),
    deps.attendances.findOne(scope, { _id: lesson.id }),
  ]);
  return { lesson, enrolments, attendance };
}

export async function showMarking(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor, lang } = exchange;
  const { lesson, enrolments, attendance } = await loadLesson(deps, exchange);
  const session = await deps.trainingSessions.get(actor.scope, lesson.sessionId);
  const [lessons, attendances, history] = await Promise.all([
    deps.lessons.ofSession(actor.scope, session.id),
    deps.attendances.ofSession(actor.scope, session.id),
    loadHistory(deps, exchange, paths.lessonAttendance(lesson.id), [{ kind: 'lesson', ids: [lesson.id] }]),
  ]);
  const correcting = session.status !== 'in_progress' && lesson.status === 'held';
  const share = settingOn(deps.reference, 'requiredHoursShare', session.startsOn);
  const people = presentGrid({
    enrolments,
    lesson,
    attendance,
    rates: attendanceRates(enrolments, lessons, attendances),
    share,
    state,
  });
  const title = t('attendance.title', { session: session.name });
  exchange.page(
    'attendance/mark',
    title,
    {
      title,
      tag: lesson.status,
      lead: t('attendance.lead', {
        day: formatDay(lang, lesson.day),
        time: `${lesson.startsAt}–${lesson.endsAt}`,
        kind: t(`lessons.kind.${lesson.kind}`),
        hours: lesson.classHours,
        teacher: lesson.teacher,
        venue: lesson.venue,
      }),
      savedBy:
        attendance === null
          ? null
          : t('attendance.markedBy', {
              name: attendance.markedByName,
              when: formatShortInstant(attendance.markedAt),
            }),
      clash: state.cause instanceof MarksClash ? presentClash(exchange, state, enrolments, attendance) : null,
      sheet: paths.signInSheet(lesson.id),
      people,
      count: people.filter((one) => !('notJoined' in one)).length,
      caption: t('shared.attendance.caption', { count: people.length }),
      action: paths.lessonAttendance(lesson.id),
      prefill: paths.attendancePrefill(lesson.id),
      openedAt:
        state.cause instanceof MarksClash ? (attendance?.version ?? unopened) : openedAtOf(state, attendance),
      askReason: correcting
        ? t('attendance.correctionHint')
        : isLate(deps.reference, lesson, exchange.now)
          ? t('attendance.reasonHint', {
              hours: settingOn(deps.reference, 'attendanceGraceHours', lesson.day),
            })
          : null,
      askFile: correcting,
      history,
      reason: typeof state.values['reason'] === 'string' ? state.values['reason'] : '',
      back: paths.trainingSession(session.id),
      roster: paths.roster(session.id),
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [
        ...sessionTrail(exchange, session),
        { href: paths.sessionLessons(session.id), text: t('lessons.title') },
      ],
    },
  );
}

/** People whom somebody else marked otherwise meanwhile: theirs beside what was sent. */
function presentClash(
  exchange: Exchange,
  state: FormState,
  enrolments: readonly Enrolment[],
  attendance: Attendance | null,
) {
  const { t } = exchange;
  const clashing = new Set((state.cause as MarksClash).enrolmentIds);
  const kept = new Map((attendance?.marks ?? []).map((mark) => [mark.enrolmentId, mark.status]));
  const word = (status: string) => t(`shared.attendance.${status === '' ? 'unmarked' : status}`);
  return {
    title: t('attendance.clashTitle', { name: attendance?.markedByName ?? '' }),
    columns: [t('shared.attendance.name'), t('attendance.theirs'), t('attendance.yours')].map((label) => ({
      label,
    })),
    rows: enrolments
      .filter((one) => clashing.has(one.id))
      .map((one) => ({
        cells: [one.name, word(kept.get(one.id) ?? ''), word(typedMark(state.values, one.id) ?? '')],
      })),
  };
}

interface TypedMarks {
  readonly openedAt: number;
  readonly reason: string | null;
  readonly [field: string]: unknown;
}

const schema = Joi.object<TypedMarks>({
  openedAt: Joi.number().integer().min(unopened).default(unopened),
  reason: optionalText('attendance.reason', 200),
})
  .pattern(/^mark\.[\w-]{1,64}$/, Joi.string().valid(...attendanceStatuses, ''))
  .pattern(/^note\.[\w-]{1,64}$/, Joi.string().trim().max(100).allow('').label('shared.attendance.note'));

/** A mark for everybody on the roll that day, and for whoever else was marked, whom the use-case refuses. */
function postedMarks(lesson: Lesson, enrolments: readonly Enrolment[], typed: TypedMarks): PostedMark[] {
  const known = enrolments.filter((one) => isOnRollOn(one, lesson.day)).map((one) => one.id);
  const others = Object.keys(typed)
    .filter((name) => name.startsWith('mark.') && typed[name] !== '')
    .map((name) => name.slice('mark.'.length))
    .filter((id) => !known.includes(id));
  return [...known, ...others].map((id): PostedMark => ({
    enrolmentId: id,
    status: (typed[`mark.${id}`] as AttendanceStatus | '' | undefined) || null,
    note: (typed[`note.${id}`] as string | undefined) || null,
  }));
}

export const markForm = (deps: Deps): FormSpec<TypedMarks> => ({
  takes: { ...takesEvidence, bytes: largeFormBytes },
  schema,
  show: (exchange, state) => showMarking(deps, exchange, state),
  async act(exchange, typed, files) {
    const { lesson, enrolments } = await loadLesson(deps, exchange);
    const marks = postedMarks(lesson, enrolments, typed);
    const attendance = await markAttendance(deps, {
      actor: exchange.actor,
      lessonId: lesson.id,
      marks,
      openedAt: typed.openedAt,
      reason: typed.reason,
      file: evidenceOf(files),
    });
    return {
      to: paths.lessonAttendance(lesson.id),
      flash: { text: exchange.t('attendance.saved', { count: attendance.marks.length }) },
    };
  },
});

/** Fills unmarked people with present and shows the page again: nothing is saved, no script is needed. */
export const prefillForm = (deps: Deps): FormSpec<TypedMarks> => ({
  takes: { ...takesEvidence, bytes: largeFormBytes },
  schema,
  show: (exchange, state) => showMarking(deps, exchange, state),
  async act(exchange) {
    const { lesson, enrolments } = await loadLesson(deps, exchange);
    const typed = exchange.body.fields;
    const filled = Object.fromEntries(
      enrolments
        .filter((one) => isOnRollOn(one, lesson.day))
        .map((one) => [`mark.${one.id}`, typedMark(typed, one.id) || 'present']),
    );
    await showMarking(deps, exchange, {
      status: 200,
      values: { ...typed, ...filled },
      errors: [],
      submissionKey: typeof typed['_key'] === 'string' ? typed['_key'] : '',
      cause: null,
      form: null,
    });
    return 'answered';
  },
});
