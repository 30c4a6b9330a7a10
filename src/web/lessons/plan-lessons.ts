// The lesson plan of a session: what is planned, what is missing, and a form that adds one lesson or a series.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { addDays, dayOf, isWorkday } from '../../domain/shared/calendar-day.ts';
import { requirePlannable, repeatWeekly } from '../../domain/training/lesson-rules.ts';
import { sumLessons, type LessonFacts } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { planLessons } from '../../use-cases/training/plan-lessons.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, wholeNumber } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { sessionTrail } from '../rosters/show-roster.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { kindChoices, lessonFields, lessonValues, type TypedLesson } from './lesson-fields.ts';
import { presentLessons } from './present-lessons.ts';

const repeats = ['once', 'weekly', 'workdays'] as const;

type TypedPlan = TypedLesson & { repeat: (typeof repeats)[number]; times: number };

export async function showLessonPlan(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const session = await deps.trainingSessions.get(actor.scope, exchange.params['id']!);
  const lessons = await deps.lessons.ofSession(actor.scope, session.id);
  const sum = sumLessons(lessons);
  const last = lessons.findLast((one) => one.status !== 'cancelled');
  exchange.page(
    'lessons/plan',
    t('lessons.titleOf', { session: session.name }),
    {
      title: t('lessons.title'),
      lead: t('lessons.total', {
        planned: sum.planned,
        theory: sum.theory,
        practice: sum.practice,
        online: sum.online,
        held: sum.held,
        wanted: session.theoryHours + session.practiceHours,
      }),
      caption: t('lessons.titleOf', { session: session.name }),
      ...presentLessons(exchange, lessons, dayOf(exchange.now)),
      links: [
        { href: paths.sessionAttendance(session.id), text: t('attendance.record') },
        ...(lessons.length === 0
          ? []
          : [{ href: paths.sessionSignInSheet(session.id), text: t('attendance.gridSheet') }]),
      ],
      action: exchange.may('lesson.plan') && isPlannable(session) ? paths.sessionLessons(session.id) : null,
      values: lessonValues(state, {
        day: last === undefined ? session.startsOn : addDays(last.day, 1),
        startsAt: last?.startsAt ?? '09:00',
        endsAt: last?.endsAt ?? '12:00',
        kind: last?.kind ?? 'theory',
        teacher: last?.teacher ?? '',
        venue: last?.venue ?? session.venue,
      }),
      kinds: kindChoices(exchange),
      repeats: repeats.map((one) => ({ value: one, text: t(`lessons.repeat.${one}`) })),
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: sessionTrail(exchange, session),
    },
  );
}

function isPlannable(session: TrainingSession): boolean {
  try {
    requirePlannable(session);
    return true;
  } catch {
    return false;
  }
}

export const planLessonsForm = (deps: Deps): FormSpec<TypedPlan> => ({
  schema: Joi.object<TypedPlan>({
    ...lessonFields,
    repeat: choice('lessons.field.repeat', repeats).default('once'),
    times: wholeNumber('lessons.field.times', 1, 60).empty('').default(1),
  }),
  show: (exchange, state) => showLessonPlan(deps, exchange, state),
  async act(exchange, { repeat, times, reason, ...facts }) {
    const sessionId = exchange.params['id']!;
    const lessons = await planLessons(deps, {
      actor: exchange.actor,
      sessionId,
      lessons: series(facts, repeat, times),
      reason,
    });
    return {
      to: paths.sessionLessons(sessionId),
      flash: { text: exchange.t('lessons.addDone', { count: lessons.length }) },
    };
  },
});

function series(facts: LessonFacts, repeat: TypedPlan['repeat'], times: number): LessonFacts[] {
  if (repeat === 'once') return [facts];
  if (repeat === 'weekly') return repeatWeekly(facts, times);
  const days: string[] = [];
  for (let day = facts.day; days.length < times; day = addDays(day, 1)) if (isWorkday(day)) days.push(day);
  return days.map((day) => ({ ...facts, day }));
}
