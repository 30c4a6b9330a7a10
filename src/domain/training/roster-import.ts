// A roster import is one file (or form) of trainees: checked first, committed as a whole step later, taken back while
// nothing depends on it. Only the commitment writes anything that counts.
import type { PersonFacts } from '../people/person.ts';
import { addDays, dayOf, startOfDay } from '../shared/calendar-day.ts';
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';
import type { NamedDocument, RosterColumn, RosterRow } from './roster-row.ts';

export const rosterImportStatuses = ['unmatched', 'checked', 'committed', 'undone'] as const;
/** `unmatched`: the file has no column for something needed, so somebody must say which one it is. */
export type RosterImportStatus = (typeof rosterImportStatuses)[number];

export const rosterImportLifecycle: Lifecycle<RosterImportStatus> = {
  unmatched: ['checked'],
  checked: ['committed'],
  committed: ['undone'],
  undone: [],
};

export const rowStates = ['new', 'matched', 'conflict', 'error'] as const;
export type RowState = (typeof rowStates)[number];

/** One sentence about a row: a wording key, the column it is about, and what fills its places. */
export interface RowRemark {
  readonly code: string;
  readonly column: RosterColumn | null;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface CheckedRow {
  readonly row: RosterRow;
  readonly state: RowState;
  /** Normalised facts; null when something needed could not be read. */
  readonly facts: PersonFacts | null;
  /** The document the row names, also of a row in error; absent in rows kept before it was noted. */
  readonly document?: NamedDocument | null;
  readonly employer: string | null;
  readonly personId: string | null;
  /** Why the row cannot be taken in; empty for NEW and MATCHED. */
  readonly problems: readonly RowRemark[];
  /** Checks that let the row in only with a reason. */
  readonly warnings: readonly RowRemark[];
  /** What was read otherwise than typed, for information. */
  readonly notes: readonly RowRemark[];
  /** The state or warnings differ from those of the check before (sentence 32). */
  readonly changed: boolean;
}

export type RowCounts = Readonly<Record<RowState, number>> & { readonly warned: number };

export interface RosterImport extends Versioned {
  readonly sessionId: string;
  readonly centreId: string;
  /** Name of the file as uploaded; empty for rows entered in the page. */
  readonly fileName: string;
  readonly fileId: string | null;
  /** How the file was read, for the reader: 'xlsx', 'csv' or 'form', its encoding, sheet and header row. */
  readonly format: string;
  readonly encoding: string | null;
  readonly sheetName: string | null;
  readonly headerRow: number | null;
  /** Letter of each column found, e.g. documentNumber: 'D'. */
  readonly columns: Readonly<Partial<Record<RosterColumn, string>>>;
  /** Headings nothing was read from, with their letters. */
  readonly unusedHeadings: readonly string[];
  readonly rowCount: number;
  readonly counts: RowCounts;
  readonly status: RosterImportStatus;
  readonly statusChanges: readonly StatusChange<RosterImportStatus>[];
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  /** A preview is dropped after this instant. */
  readonly previewUntil: Date;
  readonly committedAt: Date | null;
  readonly committedCount: number;
  readonly leftOutCount: number;
  readonly undoUntil: Date | null;
}

/** The counts of checked rows by state, in rows, and of rows with a warning. */
export function countRows(rows: readonly CheckedRow[]): RowCounts {
  const counts = { new: 0, matched: 0, conflict: 0, error: 0, warned: 0 };
  for (const row of rows) {
    counts[row.state] += 1;
    if (isGood(row) && row.warnings.length > 0) counts.warned += 1;
  }
  return counts;
}

/** Whether the row can be taken in (its warnings answered). */
export function isGood(row: CheckedRow): boolean {
  return row.state === 'new' || row.state === 'matched';
}

/** The codes of warnings of these rows, each once, in order of appearance: each needs a reason. */
export function warningCodes(rows: readonly CheckedRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.warnings.map((warning) => warning.code)))];
}

/** The import in its next status; throws RuleBroken rosters.importMoved when it is not there any more. */
export function moveImport(
  rosterImport: RosterImport,
  to: RosterImportStatus,
  change: { at: Date; by: string; reason?: string | undefined },
): RosterImport {
  if (!rosterImportLifecycle[rosterImport.status].includes(to)) throw new RuleBroken('rosters.importMoved');
  return { ...rosterImport, status: to, statusChanges: [...rosterImport.statusChanges, { to, ...change }] };
}

/** The last instant at which an import committed now may be taken back: the end of the day `days` days on. */
export function undoEnd(now: Date, days: number): Date {
  return new Date(startOfDay(addDays(dayOf(now), days + 1)).getTime() - 1);
}
