// Lessons of a week over all sessions in scope, and those that wait to be marked.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { addDays, dayOf, isCalendarDay, mondayOf } from '../../domain/shared/calendar-day.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths, withQuery } from '../paths.ts';
import { presentLessons, type SessionName } from './present-lessons.ts';

export async function showWeek(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang, actor, query } = exchange;
  const today = dayOf(exchange.now);
  const monday = mondayOf(isCalendarDay(query['week'] ?? '') ? query['week']! : today);
  const sunday = addDays(monday, 6);
  const lessons = await lessonsBetween(deps, actor.scope, monday, sunday);
  const at = (day: string) => withQuery(paths.lessons(), { week: day });
  exchange.page('lessons/list', t('lessons.calendar'), {
    title: t('lessons.calendar'),
    lead: t('lessons.week', { from: formatDay(lang, monday), until: formatDay(lang, sunday) }),
    caption: t('lessons.calendar'),
    empty: t('lessons.emptyWeek'),
    links: [
      { href: at(addDays(monday, -7)), text: t('lessons.previousWeek') },
      { href: at(addDays(monday, 7)), text: t('lessons.nextWeek') },
    ],
    ...presentLessons(exchange, lessons, today, await sessionNames(deps, actor.scope, lessons)),
  });
}

export async function showToday(deps: Deps, exchange: Exchange): Promise<void> {
  const today = dayOf(exchange.now);
  await showList(deps, exchange, 'today', await lessonsBetween(deps, exchange.actor.scope, today, today));
}

export async function showUnmarked(deps: Deps, exchange: Exchange): Promise<void> {
  const today = dayOf(exchange.now);
  await showList(deps, exchange, 'unmarked', await unmarkedLessons(deps, exchange.actor.scope, today));
}

async function showList(
  deps: Deps,
  exchange: Exchange,
  key: 'today' | 'unmarked',
  lessons: readonly Lesson[],
): Promise<void> {
  const { t, actor } = exchange;
  const today = dayOf(exchange.now);
  exchange.page('lessons/list', t(`lessons.${key}`), {
    title: t(`lessons.${key}`),
    lead: key === 'today' ? formatDay(exchange.lang, today) : null,
    caption: t(`lessons.${key}`),
    empty: t(`lessons.${key}Empty`),
    links: [{ href: paths.lessons(), text: t('lessons.calendar') }],
    ...presentLessons(exchange, lessons, today, await sessionNames(deps, actor.scope, lessons)),
  });
}

/** Lessons of both days and between that were not cancelled, in order of time. */
export async function lessonsBetween(
  deps: Deps,
  scope: Scope,
  from: string,
  until: string,
): Promise<Lesson[]> {
  return (await deps.lessons.between(scope, from, until)).filter((one) => one.status !== 'cancelled');
}

/** Lessons of running sessions whose day has come and which nobody marked, oldest first. */
export async function unmarkedLessons(deps: Deps, scope: Scope, today: string): Promise<Lesson[]> {
  const running = await deps.trainingSessions.find(scope, {
    status: 'in_progress',
    startsOn: { $lte: today },
  });
  const lessons = await deps.lessons.ofSessions(
    scope,
    running.map((one) => one.id),
  );
  return lessons.filter((one) => one.status === 'planned' && one.day <= today);
}

async function sessionNames(
  deps: Deps,
  scope: Scope,
  lessons: readonly Lesson[],
): Promise<ReadonlyMap<string, SessionName>> {
  const ids = [...new Set(lessons.map((one) => one.sessionId))];
  if (ids.length === 0) return new Map();
  const sessions = await deps.trainingSessions.find(scope, { _id: { $in: ids } });
  return new Map(sessions.map(({ id, name }) => [id, { id, name }]));
}
