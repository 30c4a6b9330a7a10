// The stages of a training session as a list of tasks, each with its state and the page where it is done.
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { keepsNoLessons } from '../../domain/training/lesson-rules.ts';
import { sumLessons } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import type { SessionRecords } from './load-session.ts';

interface Task {
  readonly text: string;
  readonly href: string | null;
  readonly tag: string | null;
  readonly note: string | null;
}

export function presentTasks(exchange: Exchange, records: SessionRecords): Task[] {
  const { session, lessons, assessment, batches } = records;
  const sum = sumLessons(lessons);
  const planned = session.theoryHours + session.practiceHours;
  const none = keepsNoLessons(session);
  const over = ['completed', 'assessed', 'closed'].includes(session.status);
  const dead = ['cancelled', 'rejected'].includes(session.status);
  const stage = (started: boolean, done: boolean) => (done ? 'done' : started ? 'inProgress' : 'notOpen');
  return [
    {
      text: exchange.t('training.task.filing'),
      href: null,
      tag: filingState(session),
      note: filedNote(exchange, session),
    },
    {
      text: exchange.t('training.task.roster'),
      href: paths.roster(session.id),
      tag: session.enrolled > 0 ? 'done' : 'needed',
      note: exchange.t('training.task.rosterNote', {
        enrolled: session.enrolled,
        capacity: session.capacity,
      }),
    },
    {
      text: exchange.t('training.task.lessons'),
      href: none ? null : paths.sessionLessons(session.id),
      tag: none ? null : sum.planned === 0 ? 'needed' : sum.planned < planned ? 'inProgress' : 'done',
      note: none
        ? exchange.t('training.task.noLessons')
        : exchange.t('training.task.lessonsNote', { lessons: sum.lessons, hours: sum.planned, planned }),
    },
    ...(none
      ? []
      : [
          {
            text: exchange.t('training.task.attendance'),
            href: paths.sessionAttendance(session.id),
            tag:
              session.status === 'in_progress' && sum.lessons > 0 && sum.heldLessons === 0
                ? 'needed'
                : stage(sum.heldLessons > 0, sum.lessons > 0 && sum.heldLessons === sum.lessons),
            note: exchange.t('training.task.attendanceNote', {
              marked: sum.heldLessons,
              lessons: sum.lessons,
            }),
          },
        ]),
    {
      text: exchange.t('training.task.assessment'),
      href: assessment !== null && exchange.may('assessment.view') ? paths.assessment(assessment.id) : null,
      tag: dead ? null : stage(over || assessment !== null, ['assessed', 'closed'].includes(session.status)),
      note: over || assessment !== null ? null : exchange.t('training.task.assessmentNote'),
    },
    {
      text: exchange.t('training.task.certificates'),
      href:
        batches[0] !== undefined && exchange.may('certificateBatch.list')
          ? paths.certificateBatch(batches[0].id)
          : null,
      tag: dead ? null : batches[0] === undefined ? stage(false, false) : batches[0].status,
      note: batches[0] === undefined ? exchange.t('training.task.certificatesNote') : batches[0].number,
    },
  ];
}

/** What became of the filing: a session that ran, or was cancelled after it was filed, stays filed. */
function filingState({ status, statusChanges }: TrainingSession): string {
  const before = ['draft', 'submitted', 'returned', 'rejected'].includes(status);
  if (before) return status;
  return statusChanges.some((change) => change.to === 'approved') ? 'approved' : status;
}

function filedNote(exchange: Exchange, session: TrainingSession): string | null {
  const filed = session.statusChanges.findLast((change) => change.to === 'approved');
  if (filed === undefined) return null;
  return exchange.t('training.task.filingNote', {
    day: formatDay(exchange.lang, filed.on ?? dayOf(filed.at)),
  });
}
