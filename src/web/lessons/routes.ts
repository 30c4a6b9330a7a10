// Lessons: the plan of a session, one lesson, the week, and those to be marked.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { cancelLessonForm, editLessonForm, reopenLessonForm, showLesson } from './edit-lesson.ts';
import { showToday, showUnmarked, showWeek } from './list-lessons.ts';
import { planLessonsForm, showLessonPlan } from './plan-lessons.ts';

export function lessonRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.sessionLessons.pattern, 'lesson.view', (exchange) =>
      showLessonPlan(deps, exchange, freshForm()),
    ),
    post(paths.sessionLessons.pattern, 'lesson.plan', planLessonsForm(deps)),
    get(paths.lessons.pattern, 'lesson.view', (exchange) => showWeek(deps, exchange)),
    get(paths.todaysLessons.pattern, 'lesson.view', (exchange) => showToday(deps, exchange)),
    get(paths.unmarkedLessons.pattern, 'attendance.mark', (exchange) => showUnmarked(deps, exchange)),
    get(paths.editLesson.pattern, 'lesson.plan', (exchange) => showLesson(deps, exchange, freshForm())),
    post(paths.lesson.pattern, 'lesson.plan', editLessonForm(deps)),
    post(paths.lessonCancellation.pattern, 'lesson.plan', cancelLessonForm(deps)),
    post(paths.lessonReopening.pattern, 'lesson.plan', reopenLessonForm(deps)),
  ];
}
