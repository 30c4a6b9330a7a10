// The bureau approves a change of a session, which then takes effect, or returns it with a reason.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import { addDays } from '../../domain/shared/calendar-day.ts';
import {
  applySessionChange,
  handsOnChange,
  lessonShift,
  moveSessionChange,
  requireChangeable,
  type SessionChange,
} from '../../domain/training/session-change.ts';
import { factsOf, requireEvaluatorReason, requireSoundFacts } from '../../domain/training/session-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { requireLessonsWithin } from './edit-training-session.ts';
import { guardLessonDays, requirePlaces, withCaseReference, type PlaceDeps } from './place-lessons.ts';

type DecideDeps = PlaceDeps &
  Pick<Deps, 'trainingSessions' | 'sessionChanges' | 'organisations' | 'attendances'>;

/**
 * The approved change, its facts and planned lessons applied to the session. Throws NotAllowed accounts.secondPerson, InvalidInput
 * training.evaluatorNotFiled (C17, unless a warning reason is given), RuleBroken
 * training.changeDecided, training.changeOutdated, training.lessonsOutside, training.capacityBelowRoster, and what placing
 * lessons throws when they move.
 */
export async function approveSessionChange(
  deps: DecideDeps,
  command: { actor: Actor; changeId: string; warningReason?: string | undefined },
): Promise<SessionChange> {
  const { actor, changeId, warningReason } = command;
  const { sessionId } = await deps.sessionChanges.get(actor.scope, changeId);
  return withCaseReference(deps, { actor, sessionId }, () =>
    deps.transaction(async () => {
      const before = await deps.sessionChanges.get(actor.scope, changeId);
      const now = deps.now();
      const change = moveSessionChange(before, 'approved', {
        at: now,
        by: actor.accountId,
        ...(warningReason === undefined ? {} : { reason: warningReason }),
      });
      requireSecondPerson(actor, handsOnChange(before));
      const session = await deps.trainingSessions.get(actor.scope, sessionId);
      requireChangeable(session);
      const changed = applySessionChange(session, change, now);
      const centre = await deps.organisations.get(actor.scope, session.centreId);
      requireSoundFacts(factsOf(changed), centre, deps.reference);
      const evaluator =
        changed.evaluatorId === null ? null : await deps.organisations.get(actor.scope, changed.evaluatorId);
      requireEvaluatorReason(changed, evaluator, warningReason);
      await moveLessons(deps, actor, changed, lessonShift(change), now);
      await requireLessonsWithin(deps, actor, sessionId, changed);
      await deps.trainingSessions.save(changed);
      if (changed.areaCode !== session.areaCode) await moveToArea(deps, changed, now);
      const after = await deps.sessionChanges.save(change);
      await deps.events.record({
        what: 'sessionChange.approved',
        who: actor,
        about: { kind: 'trainingSession', id: sessionId },
        when: now,
        before: change.before,
        after: change.after,
        reason: [change.reason, warningReason].filter(Boolean).join(' · '),
        evidenceId: change.evidenceId,
      });
      return after;
    }),
  );
}

/** The change handed back with a reason; the session stays as it is. */
export async function returnSessionChange(
  deps: Pick<Deps, 'sessionChanges' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; changeId: string; reason: string },
): Promise<SessionChange> {
  const { actor, changeId, reason } = command;
  return deps.transaction(async () => {
    const before = await deps.sessionChanges.get(actor.scope, changeId);
    const now = deps.now();
    const returned = moveSessionChange(before, 'returned', { at: now, by: actor.accountId, reason });
    requireSecondPerson(actor, handsOnChange(before));
    const after = await deps.sessionChanges.save(returned);
    await deps.events.record({
      what: 'sessionChange.returned',
      who: actor,
      about: { kind: 'trainingSession', id: before.sessionId },
      when: now,
      before: { status: before.status },
      after: { status: after.status },
      reason,
    });
    return after;
  });
}

/** What carries the area of its session follows it, so that the right desk sees it. */
async function moveToArea(
  deps: Pick<DecideDeps, 'enrolments' | 'lessons' | 'attendances'>,
  { id, areaCode }: TrainingSession,
  now: Date,
): Promise<void> {
  await deps.enrolments.moveToArea(id, areaCode, now);
  await deps.lessons.moveToArea(id, areaCode, now);
  await deps.attendances.moveToArea(id, areaCode);
}

async function moveLessons(
  deps: DecideDeps,
  actor: Actor,
  session: TrainingSession,
  shift: number,
  now: Date,
): Promise<void> {
  if (shift === 0) return;
  const planned = (await deps.lessons.ofSession(actor.scope, session.id)).filter(
    (lesson) => lesson.status === 'planned',
  );
  const moved = planned.map((lesson) => ({ ...lesson, day: addDays(lesson.day, shift), changedAt: now }));
  await guardLessonDays(
    deps,
    session.id,
    moved.map((lesson) => lesson.day),
  );
  await requirePlaces(deps, {
    actor,
    session,
    lessons: moved,
    // The length of each day was accepted when it was planned; moving them together changes none.
    reason: 'planned before',
  });
  await deps.lessons.saveMany(moved);
}
