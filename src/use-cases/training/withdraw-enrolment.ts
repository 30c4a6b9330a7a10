// A trainee leaves a training session, and comes back when that was a mistake.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { Conflict, InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import { moveEnrolment, requireRoom, type WithdrawalReason } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { holdRoster } from './write-enrolments.ts';

type WithdrawDeps = Pick<
  Deps,
  | 'enrolments'
  | 'trainingSessions'
  | 'lessons'
  | 'unscoped'
  | 'keptFiles'
  | 'events'
  | 'guards'
  | 'transaction'
  | 'reference'
  | 'now'
>;

interface Change {
  readonly actor: Actor;
  readonly enrolmentId: string;
  /** Version the form was opened at; a later one is a Conflict. Left out by callers that hold the record. */
  readonly version?: number;
}

/**
 * The withdrawn enrolment; the day decides whether it counts (F13). Throws InvalidInput for a day to come, before the
 * session's record began or 'other' without words, RuleBroken rosters.cannotMove, rosters.certified.
 */
export async function withdrawEnrolment(
  deps: WithdrawDeps,
  command: Change & { on: string; reason: WithdrawalReason; note: string | null },
): Promise<Enrolment> {
  const { on, reason, note } = command;
  if (on > dayOf(deps.now())) throw new InvalidInput([{ field: 'on', code: 'rosters.dayToCome' }]);
  if (reason === 'other' && note === null)
    throw new InvalidInput([{ field: 'note', code: 'rosters.otherNeedsWords' }]);
  return change(deps, command, 'enrolment.withdrawn', -1, async (before, now) => {
    const { certified } = await deps.unscoped.personDependents.ofEnrolments([before.id]);
    if (certified > 0) throw new RuleBroken('rosters.certified');
    const moved = moveEnrolment(before, 'withdrawn', {
      at: now,
      by: command.actor.accountId,
      on,
      reason: note ?? reason,
    });
    return { ...moved, withdrawnOn: on, withdrawnReason: reason };
  });
}

/**
 * The enrolment as it was before a mistaken withdrawal. Throws InvalidInput for a short reason, RuleBroken
 * rosters.overCapacity, rosters.cannotMove, and rosters.lessonClash under a case reference, which stays on record.
 */
export async function reinstateEnrolment(deps: WithdrawDeps, command: Change & Grounds): Promise<Enrolment> {
  const reason = requireReason(command.reason);
  return change(deps, command, 'enrolment.reinstated', 1, async (before, now, session) => {
    requireRoom(session, 1);
    const clash = await clashOf(deps, command.actor, before);
    if (clash !== null) return clash;
    const moved = moveEnrolment(before, 'enrolled', {
      at: now,
      by: command.actor.accountId,
      reason,
    });
    return { ...moved, withdrawnOn: null, withdrawnReason: null };
  });
}

/** The refusal of a person who sits in a lesson elsewhere then, or null. */
async function clashOf(
  deps: WithdrawDeps,
  actor: Actor,
  { personId, sessionId }: Enrolment,
): Promise<RuleBroken | null> {
  const lessons = await deps.lessons.ofSession(actor.scope, sessionId);
  const slots = lessons.filter((lesson) => lesson.status !== 'cancelled');
  const { busyPersons, refer } = deps.unscoped.lessonOverlaps;
  if ((await busyPersons([personId], sessionId, slots)).size === 0) return null;
  const reference = await refer([personId], sessionId, slots, deps.now());
  return new RuleBroken('rosters.lessonClash', { reference });
}

async function change(
  deps: WithdrawDeps,
  command: Change & Pick<Grounds, 'file'>,
  what: string,
  step: 1 | -1,
  moved: (before: Enrolment, now: Date, session: TrainingSession) => Promise<Enrolment | RuleBroken>,
): Promise<Enrolment> {
  const { actor, enrolmentId } = command;
  const { sessionId } = await deps.enrolments.get(actor.scope, enrolmentId);
  const outcome = await deps.transaction(async () => {
    // Whoever leaves takes nobody's hour: the days of the lessons need no guard then.
    if (step === 1) await holdRoster(deps, actor.scope, sessionId);
    else await deps.guards.take(`roster:${sessionId}`);
    const before = await deps.enrolments.get(actor.scope, enrolmentId);
    if (command.version !== undefined && command.version !== before.version)
      throw new Conflict('shared.changedMeanwhile');
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    requireRosterOpen(session);
    const now = deps.now();
    const after = await moved(before, now, session);
    // A refusal still commits: the case of an overlap that it names must be on record.
    if (after instanceof RuleBroken) return after;
    const saved = await deps.enrolments.save(after);
    await deps.trainingSessions.save({ ...session, enrolled: session.enrolled + step, changedAt: now });
    const about = { kind: 'enrolment', id: enrolmentId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what,
      who: actor,
      about,
      when: now,
      before: { status: before.status, withdrawnOn: before.withdrawnOn },
      after: { status: after.status, withdrawnOn: after.withdrawnOn, sessionId },
      reason: after.statusChanges.at(-1)?.reason,
      evidenceId,
    });
    return saved;
  });
  if (outcome instanceof RuleBroken) throw outcome;
  return outcome;
}

function requireRosterOpen(session: TrainingSession): void {
  if (['closed', 'cancelled', 'rejected'].includes(session.status))
    throw new RuleBroken('rosters.sessionClosed', { status: session.status });
}

/** Days after the start on which people may still join, for pages that say until when. */
export function lateDaysOf(deps: Pick<Deps, 'reference'>, session: TrainingSession): number {
  return settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
}
