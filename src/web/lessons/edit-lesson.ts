// One lesson: edited, cancelled, or taken back to planned.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { Conflict } from '../../domain/shared/errors.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { cancelLesson, editLesson, reopenLesson } from '../../use-cases/training/change-lesson.ts';
import { formatDay } from '../formatting/format-day.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { sessionTrail } from '../rosters/show-roster.ts';
import { loadHistory } from '../trail/load-history.ts';
import { reasonField } from '../training/cancel-session.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { kindChoices, lessonFields, lessonValues, type TypedLesson } from './lesson-fields.ts';

const compared = ['day', 'startsAt', 'endsAt', 'classHours', 'kind', 'topic', 'teacher', 'venue'] as const;

export async function showLesson(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const lesson = await deps.lessons.get(actor.scope, exchange.params['id']!);
  const session = await deps.trainingSessions.get(actor.scope, lesson.sessionId);
  const history = await loadHistory(deps, exchange, paths.editLesson(lesson.id), [
    { kind: 'lesson', ids: [lesson.id] },
  ]);
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
      held: lesson.status === 'held',
      history,
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
  takes: takesEvidence,
  show: (exchange, state) => showLesson(deps, exchange, state),
  async act(exchange, { version: openedAt, reason, ...facts }, files) {
    const { actor, params } = exchange;
    const lesson = await editLesson(deps, {
      actor,
      lessonId: params['id']!,
      version: openedAt,
      facts,
      reason,
      file: evidenceOf(files),
    });
    return { to: paths.sessionLessons(lesson.sessionId), flash: { text: exchange.t('lessons.saved') } };
  },
});

type TypedStep = { reason: string; version: number };

export const cancelLessonForm = (deps: Deps): FormSpec<TypedStep> => ({
  schema: Joi.object({ reason: reasonField, version }),
  show: (exchange, state) => showLesson(deps, exchange, state),
  async act(exchange, typed) {
    const lesson = await cancelLesson(deps, {
      actor: exchange.actor,
      lessonId: exchange.params['id']!,
      ...typed,
    });
    return {
      to: paths.sessionLessons(lesson.sessionId),
      flash: { text: exchange.t('lessons.cancelledDone') },
    };
  },
});

export const reopenLessonForm = (deps: Deps): FormSpec<TypedStep> => ({
  schema: Joi.object({ reason: reasonText('lessons.field.reason'), version }),
  takes: takesEvidence,
  show: (exchange, state) => showLesson(deps, exchange, state),
  async act(exchange, typed, files) {
    const lesson = await reopenLesson(deps, {
      actor: exchange.actor,
      lessonId: exchange.params['id']!,
      ...typed,
      file: evidenceOf(files),
    });
    return { to: paths.sessionLessons(lesson.sessionId), flash: { text: exchange.t('lessons.reopened') } };
  },
});
