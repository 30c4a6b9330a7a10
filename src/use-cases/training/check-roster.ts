// Checks a roster without writing anything that counts: the rows and what is said of them become a roster import.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { addDays, dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import { countRows, type CheckedRow, type RosterImport } from '../../domain/training/roster-import.ts';
import type { RosterColumn, RosterRow } from '../../domain/training/roster-row.ts';
import { judgeRoster, type JudgeDeps } from './judge-roster.ts';

const previewDays = 7;

/** How a file was read; rows that come from no file leave it out. */
export interface RosterFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly format: string;
  readonly encoding: string | null;
  readonly sheetName: string | null;
  readonly headerRow: number;
  readonly columns: Readonly<Partial<Record<RosterColumn, string>>>;
}

type CheckDeps = JudgeDeps &
  Pick<Deps, 'trainingSessions' | 'rosterImports' | 'keptFiles' | 'events' | 'transaction' | 'newId'>;

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
    const kept = file ? await deps.keptFiles.keep({ ...file, at: now }) : null;
    const previewUntil = new Date(now.getTime() + previewDays * 86_400_000);
    const rosterImport: RosterImport = {
      id: deps.newId(),
      version: 0,
      sessionId: session.id,
      centreId: session.centreId,
      fileName: file?.name ?? '',
      fileId: kept?.id ?? null,
      format: file?.format ?? 'form',
      encoding: file?.encoding ?? null,
      sheetName: file?.sheetName ?? null,
      headerRow: file?.headerRow ?? null,
      columns: file?.columns ?? {},
      rowCount: checked.length,
      counts: countRows(checked),
      status: 'checked',
      statusChanges: [{ to: 'checked', at: now, by: actor.accountId }],
      createdBy: actor.accountId,
      createdByName: actor.name,
      createdAt: now,
      previewUntil,
      committedAt: null,
      committedCount: 0,
      leftOutCount: 0,
      undoUntil: null,
    };
    await deps.rosterImports.add(rosterImport);
    await deps.rosterImports.keepRows(rosterImport.id, checked, previewUntil);
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

function requireSize(rows: number, limit: number): void {
  if (rows === 0) throw new InvalidInput([{ field: 'file', code: 'rosters.noRows' }]);
  if (rows > limit)
    throw new InvalidInput([{ field: 'file', code: 'rosters.tooManyRows', details: { rows, limit } }]);
}

/** The last instant at which a committed import may be taken back: the end of the day `days` after it. */
export function undoEnd(now: Date, days: number): Date {
  return new Date(Date.parse(`${addDays(dayOf(now), days + 1)}T00:00:00+08:00`) - 1);
}
