// Marks who was there: one document and one event a lesson, everybody's hours in the same transaction. Marking holds the lesson.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf, startOfDay } from '../../domain/shared/calendar-day.ts';
import { Conflict, InvalidInput, NotFound, orNotFound, RuleBroken } from '../../domain/shared/errors.ts';
import {
  creditedHours,
  mergeMarks,
  unopened,
  type Attendance,
  type MergedMarks,
  type PostedMark,
} from '../../domain/training/attendance.ts';
import { minutesOf } from '../../domain/training/lesson-rules.ts';
import { moveLesson, type Lesson } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { creditMarks } from './credit-marks.ts';
import { rederiveResults } from './rederive-results.ts';
import { withFirstHeld } from './rederive-session.ts';

export type MarkDeps = Pick<
  Deps,
  | 'lessons'
  | 'attendances'
  | 'enrolments'
  | 'keptFiles'
  | 'trainingSessions'
  | 'events'
  | 'transaction'
  | 'reference'
  | 'now'
>;

export interface LessonMarks {
  readonly lessonId: string;
  readonly marks: readonly PostedMark[];
  /** Version of the attendance the page showed, -1 for none; left out, today's marks are simply overwritten. */
  readonly openedAt?: number | undefined;
}

/** Thrown when somebody else marked the same persons otherwise since the page was opened. */
export class MarksClash extends Conflict {
  readonly enrolmentIds: readonly string[];

  constructor(attendance: Attendance, enrolmentIds: readonly string[]) {
    super('attendance.bothMarked', { count: enrolmentIds.length, name: attendance.markedByName });
    this.enrolmentIds = enrolmentIds;
  }
}

/** The attendance of one lesson as it stands after the marking; see markAttendances. */
export async function markAttendance(
  deps: MarkDeps,
  command: LessonMarks & { actor: Actor; reason?: string | null | undefined; file?: Grounds['file'] },
): Promise<Attendance> {
  const { actor, reason, file, ...lesson } = command;
  const [marked] = await markAttendances(deps, { actor, lessons: [lesson], reason, file });
  return marked!;
}

/**
 * The attendance of each lesson of one session, in the order given. Throws NotFound for lessons of several sessions, RuleBroken attendance.notRunning, attendance.cancelled,
 * attendance.dayToCome, attendance.notOnRoster, InvalidInput attendance.lateReason (later than the grace hours without a
 * reason) or for a short reason of a correction after completion, and MarksClash.
 */
export async function markAttendances(
  deps: MarkDeps,
  command: {
    actor: Actor;
    lessons: readonly LessonMarks[];
    reason?: string | null | undefined;
    file?: Grounds['file'];
  },
): Promise<Attendance[]> {
  const { actor, reason, file } = command;
  return deps.transaction(async () => {
    const now = deps.now();
    const lessons = await lessonsOf(deps, actor, command.lessons);
    const sessionId = lessons[0]!.sessionId;
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    for (const lesson of lessons) requireMarkable(deps, session, lesson, now, reason);
    const stored = await storedOf(deps, actor, lessons);
    const merged = lessons.map((lesson, index) =>
      merge(deps, lesson, stored.get(lesson.id) ?? null, command.lessons[index]!),
    );
    const attendances = await keep(deps, actor, lessons, stored, merged, now);
    await creditMarks(deps, sessionId, lessons, stored, merged, now);
    await hold(deps, actor, session, lessons, now);
    if (session.status !== 'in_progress') await rederiveResults(deps, actor, session, now);
    const about = lessons.map(({ id }) => ({ kind: 'lesson', id }));
    const evidenceId = await keepEvidence(deps, file, about);
    await deps.events.recordMany(
      lessons.map((lesson, index) => ({
        what: session.status === 'in_progress' ? 'attendance.marked' : 'attendance.corrected',
        who: actor,
        about: about[index]!,
        when: now,
        ...changeOf(stored.get(lesson.id) ?? null, merged[index]!, sessionId),
        reason: reason ?? undefined,
        evidenceId,
      })),
    );
    return attendances;
  });
}

async function lessonsOf(deps: MarkDeps, actor: Actor, wanted: readonly LessonMarks[]): Promise<Lesson[]> {
  const ids = wanted.map((one) => one.lessonId);
  const found = new Map(
    (await deps.lessons.find(actor.scope, { _id: { $in: ids } })).map((one) => [one.id, one]),
  );
  const lessons = ids.map((id) => orNotFound(found.get(id)));
  if (lessons.length === 0 || lessons.some((one) => one.sessionId !== lessons[0]!.sessionId))
    throw new NotFound();
  return lessons;
}

function requireMarkable(
  deps: MarkDeps,
  session: TrainingSession,
  lesson: Lesson,
  now: Date,
  reason: string | null | undefined,
): void {
  if (lesson.status === 'cancelled') throw new RuleBroken('attendance.cancelled');
  const correcting = session.status === 'completed' && lesson.status === 'held';
  if (session.status !== 'in_progress' && !correcting) throw new RuleBroken('attendance.notRunning');
  if (lesson.day > dayOf(now)) throw new RuleBroken('attendance.dayToCome', { day: lesson.day });
  if (correcting) requireReason(reason);
  else if (isLate(deps.reference, lesson, now) && (reason ?? '').trim().length < 2)
    throw new InvalidInput([
      {
        field: 'reason',
        code: 'attendance.lateReason',
        details: { hours: settingOn(deps.reference, 'attendanceGraceHours', lesson.day) },
      },
    ]);
}

/** Whether marking now comes later after the lesson's end than the grace hours allow without a reason. */
export function isLate(
  reference: Deps['reference'],
  lesson: Pick<Lesson, 'day' | 'endsAt'>,
  now: Date,
): boolean {
  const grace = settingOn(reference, 'attendanceGraceHours', lesson.day);
  const end = startOfDay(lesson.day).getTime() + minutesOf(lesson.endsAt) * 60_000;
  return now.getTime() > end + grace * 3_600_000;
}

async function storedOf(
  deps: MarkDeps,
  actor: Actor,
  lessons: readonly Lesson[],
): Promise<ReadonlyMap<string, Attendance>> {
  const held = lessons.filter((lesson) => lesson.status === 'held').map((lesson) => lesson.id);
  if (held.length === 0) return new Map();
  const found = await deps.attendances.find(actor.scope, { _id: { $in: held } });
  return new Map(found.map((one) => [one.id, one]));
}

function merge(deps: MarkDeps, lesson: Lesson, stored: Attendance | null, posted: LessonMarks): MergedMarks {
  const openedAt = posted.openedAt ?? null;
  const merged = mergeMarks(stored, posted.marks, openedAt, (status) =>
    creditedHours(deps.reference, status, lesson),
  );
  if (merged.clashes.length > 0 && stored !== null) throw new MarksClash(stored, merged.clashes);
  return merged;
}

async function keep(
  deps: MarkDeps,
  actor: Actor,
  lessons: readonly Lesson[],
  stored: ReadonlyMap<string, Attendance>,
  merged: readonly MergedMarks[],
  now: Date,
): Promise<Attendance[]> {
  const by = { markedBy: actor.accountId, markedByName: actor.name, markedAt: now };
  const fresh: Attendance[] = [];
  const kept: Attendance[] = [];
  for (const [index, lesson] of lessons.entries()) {
    const { marks, changed } = merged[index]!;
    const before = stored.get(lesson.id);
    if (before !== undefined) {
      const earlier = [...before.earlier, ...changed.filter((one) => one.version !== unopened)];
      kept.push(
        changed.length === 0 ? before : await deps.attendances.save({ ...before, marks, earlier, ...by }),
      );
      continue;
    }
    const { id, sessionId, centreId, areaCode } = lesson;
    const attendance = { id, version: 0, sessionId, centreId, areaCode, marks, earlier: [], ...by };
    fresh.push(attendance);
    kept.push(attendance);
  }
  await deps.attendances.addMany(fresh);
  return kept;
}

async function hold(
  deps: MarkDeps,
  actor: Actor,
  session: TrainingSession,
  lessons: readonly Lesson[],
  now: Date,
): Promise<void> {
  const planned = lessons.filter((lesson) => lesson.status === 'planned');
  if (planned.length === 0) return;
  await deps.lessons.saveMany(
    planned.map((lesson) => moveLesson(lesson, 'held', { at: now, by: actor.accountId })),
  );
  const known = session.firstHeld.at(-1)?.day ?? null;
  const days = [...planned.map((lesson) => lesson.day), ...(known === null ? [] : [known])].sort();
  const derived = withFirstHeld(session, days[0]!, now);
  if (derived !== session) await deps.trainingSessions.save(derived);
}

function changeOf(stored: Attendance | null, merged: MergedMarks, sessionId: string) {
  const counts: Record<string, number> = {};
  for (const mark of merged.marks) counts[mark.status] = (counts[mark.status] ?? 0) + 1;
  if (stored === null) return { after: { sessionId, counts } };
  const now = new Map(merged.marks.map((mark) => [mark.enrolmentId, mark.status]));
  return {
    before: { marks: Object.fromEntries(merged.changed.map((one) => [one.enrolmentId, one.status])) },
    after: {
      sessionId,
      counts,
      marks: Object.fromEntries(
        merged.changed.map((one) => [one.enrolmentId, now.get(one.enrolmentId) ?? null]),
      ),
    },
  };
}
