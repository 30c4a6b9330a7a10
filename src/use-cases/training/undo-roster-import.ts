// Takes a committed roster import back while nothing depends on its enrolments.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { moveEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { moveImport, type RosterImport } from '../../domain/training/roster-import.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

export type UndoDeps = Pick<
  Deps,
  | 'rosterImports'
  | 'keptFiles'
  | 'trainingSessions'
  | 'enrolments'
  | 'people'
  | 'lessons'
  | 'attendances'
  | 'unscoped'
  | 'events'
  | 'guards'
  | 'transaction'
  | 'now'
>;

/** The first thing that keeps an import from being taken back, as the error to show, or null. */
export async function whyNotUndo(
  deps: Pick<Deps, 'attendances' | 'unscoped' | 'now'>,
  scope: Scope,
  rosterImport: RosterImport,
  enrolments: readonly Enrolment[],
): Promise<RuleBroken | null> {
  if (rosterImport.status !== 'committed') return new RuleBroken('rosters.cannotUndo.notCommitted');
  if (rosterImport.undoUntil !== null && deps.now() > rosterImport.undoUntil)
    return new RuleBroken('rosters.cannotUndo.tooLate');
  const { certified, assessed } = await deps.unscoped.personDependents.ofEnrolments(
    enrolments.map((one) => one.id),
  );
  if (certified > 0) return new RuleBroken('rosters.cannotUndo.certified', { count: certified });
  if (assessed > 0) return new RuleBroken('rosters.cannotUndo.assessed', { count: assessed });
  const attended = await countAttended(deps, scope, rosterImport, enrolments);
  if (attended > 0) return new RuleBroken('rosters.cannotUndo.attended', { count: attended });
  const moved = enrolments.filter((one) => one.status !== 'enrolled').length;
  if (moved > 0) return new RuleBroken('rosters.cannotUndo.moved', { count: moved });
  return null;
}

/**
 * The import taken back: its enrolments never count again, the session shrinks, and persons the centre had to do with only
 * through them leave its sight. Throws InvalidInput for a short reason, RuleBroken rosters.cannotUndo.… naming what depends on it (sentence 25).
 */
export async function undoRosterImport(
  deps: UndoDeps,
  command: { actor: Actor; importId: string } & Grounds,
): Promise<RosterImport> {
  const { actor, importId } = command;
  const reason = requireReason(command.reason);
  const { sessionId } = await deps.rosterImports.get(actor.scope, importId);
  return deps.transaction(async () => {
    await deps.guards.take(`roster:${sessionId}`);
    await deps.lessons.touchAll(sessionId);
    const before = await deps.rosterImports.get(actor.scope, importId);
    const enrolments = await deps.enrolments.ofImport(actor.scope, importId);
    const obstacle = await whyNotUndo(deps, actor.scope, before, enrolments);
    if (obstacle !== null) throw obstacle;
    const now = deps.now();
    const change = { at: now, by: actor.accountId, reason };
    await deps.enrolments.saveMany(enrolments.map((one) => moveEnrolment(one, 'undone', change)));
    await leaveSight(deps, before.centreId, enrolments);
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    await deps.trainingSessions.save({
      ...session,
      enrolled: session.enrolled - enrolments.length,
      changedAt: now,
    });
    const after = await deps.rosterImports.save(moveImport(before, 'undone', change));
    const about = { kind: 'rosterImport', id: importId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'rosterImport.undone',
      who: actor,
      about,
      when: now,
      before: { enrolled: session.enrolled },
      after: { sessionId, enrolled: session.enrolled - enrolments.length },
      reason,
      evidenceId,
    });
    return after;
  });
}

/** Persons of these enrolments marked in a lesson, present or not. */
async function countAttended(
  deps: Pick<Deps, 'attendances'>,
  scope: Scope,
  { sessionId }: RosterImport,
  enrolments: readonly Enrolment[],
): Promise<number> {
  const marked = new Set(
    (await deps.attendances.ofSession(scope, sessionId)).flatMap((one) =>
      one.marks.map((mark) => mark.enrolmentId),
    ),
  );
  return enrolments.filter((one) => marked.has(one.id)).length;
}

async function leaveSight(deps: UndoDeps, centreId: string, undone: readonly Enrolment[]): Promise<void> {
  const personIds = undone.map((one) => one.personId);
  const left = await deps.enrolments.find(
    { kind: 'centre', centreId },
    { personId: { $in: personIds }, status: { $ne: 'undone' } },
  );
  const stay = new Set(left.map((one) => one.personId));
  await deps.people.leave(
    personIds.filter((id) => !stay.has(id)),
    centreId,
  );
}
