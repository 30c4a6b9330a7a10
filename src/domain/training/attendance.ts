// Attendance is one document a lesson: a mark for each person, with the class hours it credits.
import { settingOn, type Reference, type SettingKey } from '../reference/reference.ts';
import type { Versioned } from '../shared/record.ts';
import type { Enrolment } from './enrolment.ts';
import type { Lesson } from './lesson.ts';

export const attendanceStatuses = ['present', 'late', 'leftEarly', 'leave', 'absent'] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];

export interface Mark {
  readonly enrolmentId: string;
  readonly status: AttendanceStatus;
  readonly note: string | null;
  /** Class hours credited: the status's share of the lesson's hours on its day. */
  readonly hours: number;
}

/** What one saving replaced, so that a page opened earlier can be compared with what it showed. */
export interface EarlierMark {
  /** The version of the attendance that still held it. */
  readonly version: number;
  readonly enrolmentId: string;
  readonly status: AttendanceStatus | null;
  readonly note: string | null;
}

/** The id is the lesson's. */
export interface Attendance extends Versioned {
  readonly sessionId: string;
  readonly centreId: string;
  readonly areaCode: string | null;
  readonly marks: readonly Mark[];
  readonly earlier: readonly EarlierMark[];
  readonly markedBy: string;
  readonly markedByName: string;
  readonly markedAt: Date;
}

/** One person's mark as posted; `status` null leaves the person unmarked (未点). */
export interface PostedMark {
  readonly enrolmentId: string;
  readonly status: AttendanceStatus | null;
  readonly note?: string | null | undefined;
}

const creditKeys: Readonly<Record<AttendanceStatus, SettingKey>> = {
  present: 'creditPresent',
  late: 'creditLate',
  leftEarly: 'creditLeftEarly',
  leave: 'creditLeave',
  absent: 'creditAbsent',
};

/** Class hours a status credits in a lesson: a dated share of its hours, in quarters so that sums stay exact. */
export function creditedHours(
  reference: Reference,
  status: AttendanceStatus,
  lesson: Pick<Lesson, 'day' | 'classHours'>,
): number {
  const share = settingOn(reference, creditKeys[status], lesson.day);
  return Math.round(share * lesson.classHours * 4) / 4;
}

/** Whether lessons of a day concern the person: joined by then and not yet withdrawn (later joiners show as 未入班). */
export function isOnRollOn(
  enrolment: Pick<Enrolment, 'joinedOn' | 'withdrawnOn' | 'status'>,
  day: string,
): boolean {
  if (enrolment.status === 'undone' || enrolment.joinedOn > day) return false;
  return enrolment.withdrawnOn === null || day < enrolment.withdrawnOn;
}

/** The version of a page that was opened before anybody was marked. */
export const unopened = -1;

export interface MergedMarks {
  readonly marks: readonly Mark[];
  /** Persons whose mark differs from the stored one. */
  readonly changed: readonly EarlierMark[];
  /** Persons whom somebody else marked otherwise since the page was opened, enrolment ids. */
  readonly clashes: readonly string[];
}

/**
 * Stored and posted marks as one. With `openedAt`, the version the page showed, a person left as shown keeps what others saved
 * meanwhile, and a person changed on both sides to different marks is a clash (pages.md §3.9).
 */
export function mergeMarks(
  stored: Pick<Attendance, 'marks' | 'earlier' | 'version'> | null,
  posted: readonly PostedMark[],
  openedAt: number | null,
  credit: (status: AttendanceStatus) => number,
): MergedMarks {
  const now = new Map((stored?.marks ?? []).map((mark) => [mark.enrolmentId, mark]));
  const changed: EarlierMark[] = [];
  const clashes: string[] = [];
  for (const mark of posted) {
    const present = plain(now.get(mark.enrolmentId));
    const wanted = { status: mark.status, note: mark.status === null ? null : (mark.note ?? null) };
    if (same(wanted, present)) continue;
    const shown =
      stored === null || openedAt === null ? present : shownAt(stored, mark.enrolmentId, openedAt, present);
    if (same(wanted, shown)) continue;
    if (!same(present, shown)) {
      clashes.push(mark.enrolmentId);
      continue;
    }
    changed.push({ version: stored?.version ?? unopened, enrolmentId: mark.enrolmentId, ...present });
    if (wanted.status === null) now.delete(mark.enrolmentId);
    else
      now.set(mark.enrolmentId, {
        enrolmentId: mark.enrolmentId,
        status: wanted.status,
        note: wanted.note,
        hours: credit(wanted.status),
      });
  }
  return { marks: [...now.values()], changed, clashes };
}

type Plain = Pick<EarlierMark, 'status' | 'note'>;

function plain(mark: Mark | undefined): Plain {
  return { status: mark?.status ?? null, note: mark?.note ?? null };
}

function same(a: Plain, b: Plain): boolean {
  return a.status === b.status && (a.note ?? '') === (b.note ?? '');
}

/** What the page of that version showed: the first replaced mark that was still there then, else today's. */
function shownAt(
  stored: Pick<Attendance, 'earlier'>,
  enrolmentId: string,
  openedAt: number,
  present: Plain,
): Plain {
  if (openedAt === unopened) return { status: null, note: null };
  const replaced = stored.earlier.find((one) => one.enrolmentId === enrolmentId && one.version >= openedAt);
  return replaced ?? present;
}
