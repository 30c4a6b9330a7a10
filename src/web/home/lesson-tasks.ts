// What lessons put on the home page of those who mark attendance.
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { lessonsBetween, unmarkedLessons } from '../lessons/list-lessons.ts';
import { paths } from '../paths.ts';
import type { HomeTaskSource } from './home-tasks.ts';

export const lessonTasks: readonly HomeTaskSource[] = [
  {
    key: 'lessons.task.unmarked',
    action: 'attendance.mark',
    isTask: true,
    href: paths.unmarkedLessons(),
    count: async (deps, actor) => (await unmarkedLessons(deps, actor.scope, dayOf(deps.now()))).length,
  },
  {
    key: 'lessons.task.today',
    action: 'attendance.mark',
    isTask: false,
    href: paths.todaysLessons(),
    count: async (deps, actor) => {
      const today = dayOf(deps.now());
      return (await lessonsBetween(deps, actor.scope, today, today)).length;
    },
  },
];
