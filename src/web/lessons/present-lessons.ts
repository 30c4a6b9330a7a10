// Lessons as rows of a table, with what can be done to each.
import type { Lesson } from '../../domain/training/lesson.ts';
import { formatWeekday } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';

export interface SessionName {
  readonly id: string;
  readonly name: string;
}

/** Columns and rows in order of time; with names, each row says whose lesson it is. */
export function presentLessons(
  exchange: Exchange,
  lessons: readonly Lesson[],
  today: string,
  sessions: ReadonlyMap<string, SessionName> | null = null,
) {
  const columns = [
    'day',
    'time',
    ...(sessions === null ? [] : ['session']),
    'kind',
    'hours',
    'topic',
    'teacher',
    'venue',
    'status',
    ...(exchange.may('attendance.mark') ? ['do'] : []),
  ].map((key) => ({ label: exchange.t(`lessons.column.${key}`), numeric: key === 'hours' }));
  const rows = lessons.map((lesson) => {
    const session = sessions?.get(lesson.sessionId);
    return {
      cells: [
        exchange.may('lesson.plan')
          ? {
              text: lesson.day,
              href: paths.editLesson(lesson.id),
              note: formatWeekday(exchange.lang, lesson.day),
            }
          : { text: lesson.day, note: formatWeekday(exchange.lang, lesson.day) },
        `${lesson.startsAt}–${lesson.endsAt}`,
        ...(sessions === null
          ? []
          : [{ text: session?.name ?? '', href: paths.trainingSession(lesson.sessionId) }]),
        exchange.t(`lessons.kind.${lesson.kind}`),
        lesson.classHours,
        lesson.topic ?? '',
        lesson.teacher,
        lesson.venue,
        { text: '', tag: lesson.status },
        ...(exchange.may('attendance.mark')
          ? [
              lesson.status !== 'cancelled' && lesson.day <= today
                ? { text: exchange.t('lessons.mark'), href: paths.lessonAttendance(lesson.id) }
                : '',
            ]
          : []),
      ],
    };
  });
  return { columns, rows };
}
