// One lesson: edited, cancelled, or taken back to planned.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { Conflict } from '../../domain/shared/errors.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { cancelLesson, editLesson, reopenLesson } from '../../use-cases/training/change-lesson.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { sessionTrail } from '../rosters/show-roster.ts';
import { reasonField } from '../training/cancel-session.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { kindChoices, lessonFields, lessonValues, type TypedLesson } from './lesson-fields.ts';

const compared = ['day', 'startsAt', 'endsAt', 'classHours', 'kind', 'topic', 'teacher', 'venue'] as const;

export async function showLesson(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const lesson = await deps.lessons.get(actor.scope, exchange.params['id']!);
  const session = await deps.trainingSessions.get(actor.scope, lesson.sessionId);
  const lead = `${formatDay(exchange.lang, lesson.day)} ${lesson.startsAt}–${lesson.endsAt}`;
  exchange.page(
    'lessons/edit',
    `${t('lessons.edit')} - ${lead}`,
    {
      lead,
      tag: lesson.status,
      stale: state.cause instanceof Conflict ? presentStale(exchange, lesson, state) : null,
      action: lesson.status === 'cancelled' ? null : paths.lesson(lesson.id),
      version: lesson.version,
      values: lessonValues(state, lesson),
      kinds: kindChoices(exchange),
      other: otherStep(exchange, lesson),
      attendance: lesson.status === 'cancelled' ? null : paths.lessonAttendance(lesson.id),
      back: paths.sessionLessons(session.id),
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

/** A planned lesson can be cancelled, a held one taken back, both with the reason on the same form. */
function otherStep(
  { t }: Exchange,
  lesson: Lesson,
): { text: string; formaction: string; note: string } | null {
  if (lesson.status === 'planned')
    return {
      text: t('lessons.cancel'),
      formaction: paths.lessonCancellation(lesson.id),
      note: t('lessons.cancelText'),
    };
  if (lesson.status === 'held')
    return {
      text: t('lessons.reopen'),
      formaction: paths.lessonReopening(lesson.id),
      note: t('lessons.reopenText'),
    };
  return null;
}

function presentStale(exchange: Exchange, lesson: Lesson, state: FormState) {
  const differing = compared.filter(
    (field) => typeof state.values[field] === 'string' && state.values[field] !== String(lesson[field] ?? ''),
  );
  return {
    columns: ['field', 'theirs', 'yours'].map((key) => ({ label: exchange.t(`training.${key}`) })),
    rows: differing.map((field) => ({
      cells: [exchange.t(`lessons.field.${field}`), String(lesson[field] ?? ''), String(state.values[field])],
    })),
  };
}

type TypedEdit = TypedLesson & { version: number };

export const editLessonForm = (deps: Deps): FormSpec<TypedEdit> => ({
  schema: Joi.object<TypedEdit>({ ...lessonFields, version }),
  show: (exchange, state) => showLesson(deps, exchange, state),
  async act(exchange, { version: openedAt, reason, ...facts }) {
    const { actor, params } = exchange;
    const lesson = await editLesson(deps, {
      actor,
      lessonId: params['id']!,
      version: openedAt,
      facts,
      reason,
    });
    return { to: paths.sessionLessons(lesson.sessionId), flash: { text: exchange.t('lessons.saved') } };
  },
});

type Step = typeof cancelLesson | typeof reopenLesson;

const stepForm =
  (step: Step, done: string) =>
  (deps: Deps): FormSpec<{ reason: string; version: number }> => ({
    schema: Joi.object({ reason: reasonField, version }),
    show: (exchange, state) => showLesson(deps, exchange, state),
    async act(exchange, typed) {
      const lesson = await step(deps, { actor: exchange.actor, lessonId: exchange.params['id']!, ...typed });
      return { to: paths.sessionLessons(lesson.sessionId), flash: { text: exchange.t(done) } };
    },
  });

export const cancelLessonForm = stepForm(cancelLesson, 'lessons.cancelledDone');
export const reopenLessonForm = stepForm(reopenLesson, 'lessons.reopened');
