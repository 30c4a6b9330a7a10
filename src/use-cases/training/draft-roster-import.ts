// The record of a roster import as it begins, its file kept encrypted for as long as the preview lives.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import type { RosterImport, RosterImportStatus } from '../../domain/training/roster-import.ts';
import type { RosterColumn } from '../../domain/training/roster-row.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

const previewDays = 7;

/** How a file was read; rows that come from no file leave it out. */
export interface RosterFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly format: string;
  readonly encoding: string | null;
  readonly sheetName: string | null;
  readonly headerRow: number | null;
  readonly columns: Readonly<Partial<Record<RosterColumn, string>>>;
  /** Headings nothing was read from, with their letters. */
  readonly unusedHeadings: readonly string[];
}

export type DraftDeps = Pick<Deps, 'rosterImports' | 'keptFiles' | 'newId' | 'now'>;

/** A new import without rows, its file kept until the preview ends; call it inside the transaction that adds it. */
export async function draftRosterImport(
  deps: DraftDeps,
  given: {
    actor: Actor;
    session: TrainingSession;
    file: RosterFile | undefined;
    status?: Extract<RosterImportStatus, 'checked' | 'unmatched'>;
  },
): Promise<RosterImport> {
  const { actor, session, file, status = 'checked' } = given;
  const now = deps.now();
  const previewUntil = new Date(now.getTime() + previewDays * 86_400_000);
  const kept = file ? await deps.keptFiles.keep({ ...file, at: now, endsAt: previewUntil }) : null;
  return {
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
    unusedHeadings: file?.unusedHeadings ?? [],
    rowCount: 0,
    counts: { new: 0, matched: 0, conflict: 0, error: 0, warned: 0 },
    status,
    statusChanges: [{ to: status, at: now, by: actor.accountId }],
    createdBy: actor.accountId,
    createdByName: actor.name,
    createdAt: now,
    previewUntil,
    committedAt: null,
    committedCount: 0,
    leftOutCount: 0,
    undoUntil: null,
  };
}

/** Forgets the files of a centre's previews that ended without being committed; their rows go by themselves. */
export async function dropOldFiles(deps: DraftDeps, scope: Scope, centreId: string): Promise<void> {
  const ended = await deps.rosterImports.find(
    scope,
    {
      centreId,
      status: { $in: ['checked', 'unmatched'] },
      fileId: { $ne: null },
      previewUntil: { $lt: deps.now() },
    },
    { page: { skip: 0, limit: 20 } },
  );
  for (const one of ended) {
    await deps.keptFiles.forget(one.fileId!);
    await deps.rosterImports.save({ ...one, fileId: null });
  }
}
