// Changes a lesson: edits it, cancels it, or takes back that it was held.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import { creditedHours } from '../../domain/training/attendance.ts';
import { readClassHours, requirePlannable } from '../../domain/training/lesson-rules.ts';
import { moveLesson, type Lesson, type LessonFacts } from '../../domain/training/lesson.ts';
import type { SessionStatus, TrainingSession } from '../../domain/training/training-session.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { guardLessonDays, requirePlaces, withCaseReference } from './place-lessons.ts';
import { acceptLongDay, type PlanDeps } from './plan-lessons.ts';
import { rederiveResults } from './rederive-results.ts';
import { rederiveSession } from './rederive-session.ts';

export type LessonDeps = PlanDeps & Pick<Deps, 'attendances' | 'keptFiles'>;

interface LessonChange {
  readonly actor: Actor;
  readonly lessonId: string;
  /** Version the page was opened at; left out by callers that hold the record. */
  readonly version?: number | undefined;
}

const typed = ['day', 'startsAt', 'endsAt', 'classHours', 'kind', 'topic', 'teacher', 'venue'] as const;

/**
 * The edited lesson, placed anew like a planned one. A held lesson is corrected with a reason: its hours, everybody's hours and
 * the session's first held day follow. Throws RuleBroken lessons.cancelled, InvalidInput for a short reason.
 */
export async function editLesson(
  deps: LessonDeps,
  command: LessonChange & {
    facts: LessonFacts;
    reason?: string | null | undefined;
    file?: Grounds['file'];
  },
): Promise<Lesson> {
  const { actor, facts } = command;
  const { sessionId } = await deps.lessons.get(actor.scope, command.lessonId);
  return withCaseReference(deps, { actor, sessionId }, () =>
    inSession(
      deps,
      command,
      sessionId,
      [facts.day],
      async (before, session, now) => {
        if (before.status === 'cancelled') throw new RuleBroken('lessons.cancelled');
        const held = before.status === 'held';
        const reason = held ? requireReason(command.reason) : command.reason;
        const wished: Lesson = {
          ...before,
          ...facts,
          topic: facts.topic ?? null,
          classHours: readClassHours(facts),
          acceptedWarnings: [],
          changedAt: now,
        };
        const tooLong = await requirePlaces(deps, { actor, session, lessons: [wished], reason });
        const after = await deps.lessons.save(acceptLongDay(wished, tooLong, reason));
        if (held) {
          await recredit(deps, actor, after);
          await rederiveSession(deps, actor.scope, session, now);
          if (session.status !== 'in_progress') await rederiveResults(deps, actor, session, now);
        }
        const changed = typed.filter((field) => before[field] !== after[field]);
        await record(deps, actor, held ? 'lesson.corrected' : 'lesson.edited', after, now, {
          before: Object.fromEntries(changed.map((field) => [field, before[field]])),
          after: { sessionId, ...Object.fromEntries(changed.map((field) => [field, after[field]])) },
          reason: reason ?? undefined,
          file: command.file,
        });
        return after;
      },
      true,
    ),
  );
}

/** The cancelled lesson; a held one must be reopened first (RuleBroken lessons.cannotMove). */
export async function cancelLesson(
  deps: LessonDeps,
  command: LessonChange & { reason: string },
): Promise<Lesson> {
  const { actor, reason } = command;
  const { sessionId } = await deps.lessons.get(actor.scope, command.lessonId);
  return inSession(deps, command, sessionId, [], async (before, _session, now) => {
    const moved = moveLesson(before, 'cancelled', { at: now, by: actor.accountId, reason });
    const after = await deps.lessons.save(moved);
    await record(deps, actor, 'lesson.cancelled', after, now, {
      before: { status: before.status },
      after: { sessionId, day: after.day },
      reason,
    });
    return after;
  });
}

/** The lesson planned again: its marks are taken off, with everybody's hours of it and the first held day. Throws InvalidInput for a short reason. */
export async function reopenLesson(deps: LessonDeps, command: LessonChange & Grounds): Promise<Lesson> {
  const { actor } = command;
  const reason = requireReason(command.reason);
  const { sessionId } = await deps.lessons.get(actor.scope, command.lessonId);
  return inSession(deps, command, sessionId, [], async (before, session, now) => {
    const moved = moveLesson(before, 'planned', { at: now, by: actor.accountId, reason });
    const after = await deps.lessons.save(moved);
    const attendance = await deps.attendances.findOne(actor.scope, { _id: before.id });
    if (attendance !== null) await deps.attendances.remove(attendance);
    await rederiveSession(deps, actor.scope, session, now);
    await record(deps, actor, 'lesson.reopened', after, now, {
      before: {
        status: before.status,
        marks: Object.fromEntries((attendance?.marks ?? []).map((mark) => [mark.enrolmentId, mark.status])),
      },
      after: { sessionId, day: after.day },
      reason,
      file: command.file,
    });
    return after;
  });
}

/** A held lesson may still be corrected after completion, as long as nothing was closed. */
const corrigible: readonly SessionStatus[] = ['completed', 'assessed'];

async function inSession(
  deps: LessonDeps,
  command: LessonChange,
  sessionId: string,
  days: readonly string[],
  work: (lesson: Lesson, session: TrainingSession, now: Date) => Promise<Lesson>,
  correct = false,
): Promise<Lesson> {
  return deps.transaction(async () => {
    await guardLessonDays(deps, sessionId, days);
    const lesson = await deps.lessons.get(command.actor.scope, command.lessonId);
    if (command.version !== undefined && command.version !== lesson.version)
      throw new Conflict('shared.changedMeanwhile');
    const session = await deps.trainingSessions.get(command.actor.scope, sessionId);
    const correcting = correct && lesson.status === 'held' && corrigible.includes(session.status);
    if (!correcting) requirePlannable(session);
    return work(lesson, session, deps.now());
  });
}

/** The marks of a lesson again with the credit of its corrected day and hours. */
async function recredit(deps: LessonDeps, actor: Actor, lesson: Lesson): Promise<void> {
  const attendance = await deps.attendances.findOne(actor.scope, { _id: lesson.id });
  if (attendance === null) return;
  await deps.attendances.save({
    ...attendance,
    marks: attendance.marks.map((mark) => ({
      ...mark,
      hours: creditedHours(deps.reference, mark.status, lesson),
    })),
  });
}

async function record(
  deps: LessonDeps,
  actor: Actor,
  what: string,
  lesson: Lesson,
  when: Date,
  {
    file,
    ...facts
  }: {
    before: Record<string, unknown>;
    after: Record<string, unknown>;
    reason?: string | undefined;
    file?: Grounds['file'];
  },
): Promise<void> {
  const about = { kind: 'lesson', id: lesson.id };
  const evidenceId = await keepEvidence(deps, file, [about]);
  await deps.events.record({ what, who: actor, about, when, ...facts, evidenceId });
}
