// The sign-in sheet of a lesson, or of all lessons of a session, as a PDF.
import type { Deps } from '../../deps.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { isOnRollOn } from '../../domain/training/attendance.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatDayRange } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';

export async function sendLessonSheet(deps: Deps, exchange: Exchange): Promise<void> {
  const lesson = await deps.lessons.get(exchange.actor.scope, exchange.params['id']!);
  const session = await deps.trainingSessions.get(exchange.actor.scope, lesson.sessionId);
  await sendSheet(deps, exchange, session, [lesson]);
}

/** Throws NotFound when the session has no lessons. */
export async function sendSessionSheet(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const session = await deps.trainingSessions.get(scope, exchange.params['id']!);
  const lessons = await deps.lessons.ofSession(scope, session.id);
  const live = lessons.filter((one) => one.status !== 'cancelled');
  if (live.length === 0) throw new NotFound();
  await sendSheet(deps, exchange, session, live);
}

async function sendSheet(
  deps: Deps,
  exchange: Exchange,
  session: TrainingSession,
  lessons: readonly Lesson[],
): Promise<void> {
  const { t, lang, actor } = exchange;
  const enrolments = (await deps.enrolments.ofSession(actor.scope, session.id, { live: true })).filter(
    (one) => lessons.some((lesson) => isOnRollOn(one, lesson.day)),
  );
  const identities = await deps.people.maskedOf(
    actor.scope,
    enrolments.map((one) => one.personId),
  );
  const names = await deps.organisations.namesOf([session.centreId]);
  const bytes = await deps.documents.renderSignInSheet({
    lang,
    centreName: names.get(session.centreId) ?? '',
    sessionName: session.name,
    facts: [
      { label: t('attendance.sheetNumber'), value: session.number },
      { label: t('attendance.sheetDates'), value: formatDayRange(lang, session.startsOn, session.endsOn) },
      { label: t('attendance.sheetVenue'), value: lessons.length === 1 ? lessons[0]!.venue : session.venue },
    ],
    lessons: lessons.map((one) => ({
      day: one.day,
      time: `${one.startsAt}–${one.endsAt}`,
      topic: one.topic,
    })),
    trainees: enrolments.map((one) => ({
      name: one.name,
      documentNumber: identities.get(one.personId)?.number ?? '',
      employer: one.employer,
    })),
    createdAt: exchange.now,
  });
  const suffix = lessons.length === 1 ? `-${lessons[0]!.day}` : '';
  exchange.send(bytes, { type: 'application/pdf', name: `${session.number}${suffix}.pdf`, inline: true });
}
