// How long each kind of record is kept, and what is done with it afterwards (domain 9.4).
import type { SettingKey } from '../reference/reference.ts';

/** What is done at the end: the record goes, what is personal in it goes, it is counted alone, or it never ends. */
export type AtTheEnd = 'delete' | 'anonymise' | 'list' | 'keep';

export interface RetentionKind {
  readonly code: RetentionCode;
  /** The setting that holds the period; null for what ends by itself or never does. */
  readonly setting: SettingKey | null;
  readonly unit: 'months' | 'days' | null;
  /** No setting goes below it. */
  readonly atLeast: number;
  readonly atTheEnd: AtTheEnd;
}

export const retentionCodes = [
  'expiredFiles',
  'searches',
  'rosterRows',
  'certificateRows',
  'contactData',
  'documentNumbers',
  'attendance',
  'scores',
  'reveals',
  'requests',
  'trail',
  'sessionFiles',
  'certificates',
] as const;
export type RetentionCode = (typeof retentionCodes)[number];

const ended = (code: RetentionCode, atTheEnd: AtTheEnd): RetentionKind => ({
  code,
  setting: null,
  unit: null,
  atLeast: 0,
  atTheEnd,
});
const months = (
  code: RetentionCode,
  setting: SettingKey,
  atLeast: number,
  atTheEnd: AtTheEnd,
): RetentionKind => ({ code, setting, unit: 'months', atLeast, atTheEnd });

/**
 * The audit trail stays six months at least (Cybersecurity Law), class files five years. The trail is listed and not
 * deleted: its seals count every event. Session and apprenticeship files and certificate facts stay, for every year's
 * figures are counted from them and the certificate ledger is permanent.
 */
export const retentionKinds: readonly RetentionKind[] = [
  ended('expiredFiles', 'delete'),
  { code: 'searches', setting: 'retentionSearchDays', unit: 'days', atLeast: 1, atTheEnd: 'delete' },
  months('rosterRows', 'retentionRosterRowsMonths', 1, 'delete'),
  months('certificateRows', 'retentionRosterRowsMonths', 1, 'delete'),
  months('contactData', 'retentionContactMonths', 1, 'anonymise'),
  months('documentNumbers', 'retentionDocumentNumberMonths', 60, 'anonymise'),
  months('attendance', 'retentionAttendanceMonths', 60, 'delete'),
  months('scores', 'retentionScoresMonths', 12, 'anonymise'),
  months('reveals', 'retentionTrailMonths', 6, 'delete'),
  months('requests', 'retentionRequestsMonths', 6, 'delete'),
  months('trail', 'retentionTrailMonths', 6, 'list'),
  ended('sessionFiles', 'keep'),
  ended('certificates', 'keep'),
];

/** The kind of a code. */
export function retentionKind(code: RetentionCode): RetentionKind {
  return retentionKinds.find((kind) => kind.code === code)!;
}
