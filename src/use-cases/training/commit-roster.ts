// Commits a checked roster: everything is judged again, then all chosen rows are enrolled or none.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { markChanges } from '../../domain/training/roster-check.ts';
import {
  countRows,
  isGood,
  moveImport,
  undoEnd,
  type CheckedRow,
  type RosterImport,
} from '../../domain/training/roster-import.ts';
import { judgeRoster, type JudgeDeps } from './judge-roster.ts';
import { holdRoster, writeEnrolments, type WarningReasons, type WriteDeps } from './write-enrolments.ts';

type CommitDeps = JudgeDeps &
  WriteDeps &
  Pick<Deps, 'rosterImports' | 'keptFiles' | 'events' | 'guards' | 'transaction' | 'reference'>;

export interface CommitRoster {
  readonly actor: Actor;
  readonly importId: string;
  /** Go on without rows in error or conflict; off, one such row refuses the whole. */
  readonly withoutBadRows?: boolean;
  /** Numbers of good rows left out by choice. */
  readonly leaveOut?: readonly number[];
  readonly reasons?: WarningReasons;
}

export interface CommittedRoster {
  readonly rosterImport: RosterImport;
  readonly enrolments: readonly Enrolment[];
}

/**
 * The committed import and its enrolments (人次). Throws Conflict rosters.alreadyCommitted, and rosters.rowsChanged after
 * keeping the new check; RuleBroken rosters.previewEnded, rosters.badRows, rosters.nothingToImport, rosters.overCapacity,
 * rosters.sessionClosed, rosters.tooLate; InvalidInput rosters.reasonNeeded for each warning without a reason.
 */
export async function commitRoster(deps: CommitDeps, command: CommitRoster): Promise<CommittedRoster> {
  const { actor, importId } = command;
  const { sessionId } = await deps.rosterImports.get(actor.scope, importId);
  const outcome = await deps.transaction(async () => {
    await holdRoster(deps, actor.scope, sessionId);
    const before = await deps.rosterImports.get(actor.scope, importId);
    if (before.status !== 'checked') throw new Conflict('rosters.alreadyCommitted');
    const now = deps.now();
    if (now > before.previewUntil) throw new RuleBroken('rosters.previewEnded');
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    const lateDays = settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
    requireOpenForEnrolment(session, dayOf(now), lateDays);

    const checkedBefore = await deps.rosterImports.rowsOf(actor.scope, importId);
    const judged = await judgeRoster(deps, {
      scope: actor.scope,
      session,
      rows: checkedBefore.map((checked) => checked.row),
    });
    const marked = markChanges(checkedBefore, judged);
    const leftOut = new Set(command.leaveOut ?? []);
    if (marked.some((row) => row.changed && !leftOut.has(row.row.number))) {
      await keepNewCheck(deps, actor, before, marked);
      return { changed: marked.filter((row) => row.changed).length };
    }

    const chosen = chooseRows(marked, leftOut, command.withoutBadRows ?? false);
    const enrolments = await writeEnrolments(deps, {
      actor,
      session,
      rows: chosen,
      reasons: command.reasons ?? {},
      importId,
    });
    const after = await deps.rosterImports.save({
      ...moveImport(before, 'committed', { at: now, by: actor.accountId }),
      committedAt: now,
      committedCount: enrolments.length,
      leftOutCount: marked.length - enrolments.length,
      undoUntil: undoEnd(now, settingOn(deps.reference, 'importUndoDays', dayOf(now))),
    });
    await deps.rosterImports.keepForGood(importId);
    if (after.fileId !== null) await deps.keptFiles.keepForGood(after.fileId);
    await deps.events.record({
      what: 'rosterImport.committed',
      who: actor,
      about: { kind: 'rosterImport', id: importId },
      when: now,
      before: { enrolled: session.enrolled },
      after: {
        sessionId,
        enrolled: session.enrolled + enrolments.length,
        imported: enrolments.length,
        leftOut: after.leftOutCount,
      },
    });
    return { committed: { rosterImport: after, enrolments } };
  });
  if (outcome.committed) return outcome.committed;
  throw new Conflict('rosters.rowsChanged', { count: outcome.changed });
}

function chooseRows(
  rows: readonly CheckedRow[],
  leftOut: ReadonlySet<number>,
  withoutBadRows: boolean,
): CheckedRow[] {
  const bad = rows.filter((row) => !isGood(row) && !leftOut.has(row.row.number));
  if (bad.length > 0 && !withoutBadRows) throw new RuleBroken('rosters.badRows', { count: bad.length });
  const chosen = rows.filter((row) => isGood(row) && !leftOut.has(row.row.number));
  if (chosen.length === 0) throw new RuleBroken('rosters.nothingToImport');
  return chosen;
}

async function keepNewCheck(
  deps: CommitDeps,
  who: Actor,
  before: RosterImport,
  marked: readonly CheckedRow[],
): Promise<void> {
  const counts = countRows(marked);
  await deps.rosterImports.save({ ...before, counts });
  await deps.rosterImports.keepOtherRows(before.id, marked, before.previewUntil);
  await deps.events.record({
    what: 'rosterImport.checked',
    who,
    about: { kind: 'rosterImport', id: before.id },
    when: deps.now(),
    after: { ...counts },
  });
}
