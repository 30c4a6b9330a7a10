// Checks a roster without writing anything that counts: the rows and what is said of them become a roster import.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import { countRows, type CheckedRow, type RosterImport } from '../../domain/training/roster-import.ts';
import type { RosterRow } from '../../domain/training/roster-row.ts';
import { draftRosterImport, dropOldFiles, type DraftDeps, type RosterFile } from './draft-roster-import.ts';
import { judgeRoster, type JudgeDeps } from './judge-roster.ts';

export type CheckDeps = JudgeDeps & DraftDeps & Pick<Deps, 'trainingSessions' | 'events' | 'transaction'>;

/**
 * The import with its checked rows, kept seven days as a preview. Throws InvalidInput rosters.noRows and
 * rosters.tooManyRows (the limit), RuleBroken rosters.sessionClosed and rosters.tooLate.
 */
export async function checkRoster(
  deps: CheckDeps,
  command: { actor: Actor; sessionId: string; rows: readonly RosterRow[]; file?: RosterFile },
): Promise<{ rosterImport: RosterImport; rows: readonly CheckedRow[] }> {
  const { actor, rows, file } = command;
  const now = deps.now();
  const today = dayOf(now);
  requireSize(rows.length, settingOn(deps.reference, 'rosterRowLimit', today));
  return deps.transaction(async () => {
    const session = await deps.trainingSessions.get(actor.scope, command.sessionId);
    requireOpenForEnrolment(session, today, settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn));
    const checked = await judgeRoster(deps, { scope: actor.scope, session, rows });
    if (file) await dropOldFiles(deps, actor.scope, session.centreId);
    const rosterImport: RosterImport = {
      ...(await draftRosterImport(deps, { actor, session, file })),
      rowCount: checked.length,
      counts: countRows(checked),
    };
    await deps.rosterImports.add(rosterImport);
    await deps.rosterImports.keepRows(rosterImport.id, checked, rosterImport.previewUntil);
    await deps.events.record({
      what: 'rosterImport.checked',
      who: actor,
      about: { kind: 'rosterImport', id: rosterImport.id },
      when: now,
      after: { sessionId: session.id, rows: checked.length, ...rosterImport.counts },
    });
    return { rosterImport, rows: checked };
  });
}

/** Throws InvalidInput for no rows and for more than the limit. */
export function requireSize(rows: number, limit: number): void {
  if (rows === 0) throw new InvalidInput([{ field: 'file', code: 'rosters.noRows' }]);
  if (rows > limit)
    throw new InvalidInput([{ field: 'file', code: 'rosters.tooManyRows', details: { rows, limit } }]);
}
