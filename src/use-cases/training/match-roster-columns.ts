// A file whose headings were not all recognised waits until somebody says which column is which; then it is checked.
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import { countRows, moveImport, type RosterImport } from '../../domain/training/roster-import.ts';
import type { RosterRow } from '../../domain/training/roster-row.ts';
import { requireSize, type CheckDeps } from './check-roster.ts';
import { draftRosterImport, dropOldFiles, type RosterFile } from './draft-roster-import.ts';
import { judgeRoster } from './judge-roster.ts';

/** The import, kept seven days, whose columns are to be matched; throws RuleBroken rosters.sessionClosed, rosters.tooLate. */
export async function keepUnmatchedRoster(
  deps: CheckDeps,
  command: { actor: Actor; sessionId: string; file: RosterFile },
): Promise<RosterImport> {
  const { actor, file } = command;
  return deps.transaction(async () => {
    const session = await deps.trainingSessions.get(actor.scope, command.sessionId);
    const lateDays = settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
    requireOpenForEnrolment(session, dayOf(deps.now()), lateDays);
    await dropOldFiles(deps, actor.scope, session.centreId);
    const rosterImport = await draftRosterImport(deps, { actor, session, file, status: 'unmatched' });
    await deps.rosterImports.add(rosterImport);
    await deps.events.record({
      what: 'rosterImport.received',
      who: actor,
      about: { kind: 'rosterImport', id: rosterImport.id },
      when: deps.now(),
      after: { sessionId: session.id },
    });
    return rosterImport;
  });
}

/** The import with its rows checked as read by the chosen columns; throws RuleBroken rosters.importMoved, rosters.previewEnded. */
export async function checkMatchedRoster(
  deps: CheckDeps,
  command: { actor: Actor; importId: string; rows: readonly RosterRow[]; file: RosterFile },
): Promise<RosterImport> {
  const { actor, importId, rows, file } = command;
  const now = deps.now();
  requireSize(rows.length, settingOn(deps.reference, 'rosterRowLimit', dayOf(now)));
  return deps.transaction(async () => {
    const before = await deps.rosterImports.get(actor.scope, importId);
    if (now > before.previewUntil) throw new RuleBroken('rosters.previewEnded');
    const session = await deps.trainingSessions.get(actor.scope, before.sessionId);
    const checked = await judgeRoster(deps, { scope: actor.scope, session, rows });
    const after = await deps.rosterImports.save({
      ...moveImport(before, 'checked', { at: now, by: actor.accountId }),
      headerRow: file.headerRow,
      columns: file.columns,
      unusedHeadings: file.unusedHeadings,
      rowCount: checked.length,
      counts: countRows(checked),
    });
    await deps.rosterImports.keepOtherRows(importId, checked, before.previewUntil);
    await deps.events.record({
      what: 'rosterImport.checked',
      who: actor,
      about: { kind: 'rosterImport', id: importId },
      when: now,
      after: { sessionId: session.id, rows: checked.length, ...after.counts },
    });
    return after;
  });
}
