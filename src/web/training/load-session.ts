// Everything the page of one training session shows, in the viewer's scope.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import type { Assessment } from '../../domain/certifications/assessment.ts';
import type { CertificateBatch } from '../../domain/certifications/certificate-batch.ts';
import { attendanceRates, type AttendanceRates } from '../../domain/training/attendance-rates.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import type { SessionChange } from '../../domain/training/session-change.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

export interface SessionRecords {
  readonly session: TrainingSession;
  readonly centreName: string;
  readonly names: ReadonlyMap<string, string>;
  readonly enrolments: readonly Enrolment[];
  readonly lessons: readonly Lesson[];
  readonly rates: ReadonlyMap<string, AttendanceRates>;
  readonly changes: readonly SessionChange[];
  /** The centre's own assessment of the session, and the batches proposed from it. */
  readonly assessment: Assessment | null;
  readonly batches: readonly CertificateBatch[];
}

/** Throws NotFound outside the scope. */
export async function loadSession(deps: Deps, scope: Scope, id: string): Promise<SessionRecords> {
  const session = await deps.trainingSessions.get(scope, id);
  const [enrolments, lessons, attendances, changes, assessment] = await Promise.all([
    deps.enrolments.ofSession(scope, id, { live: true }),
    deps.lessons.ofSession(scope, id),
    deps.attendances.ofSession(scope, id),
    deps.sessionChanges.ofSession(scope, id),
    deps.assessments.findOne(scope, { sessionId: id, purpose: 'completion' }),
  ]);
  const batches =
    assessment === null
      ? []
      : await deps.certificateBatches.find(
          scope,
          { assessmentId: assessment.id },
          { sort: { createdAt: -1 } },
        );
  const bodies = changes.flatMap((one) => [one.before.evaluatorId ?? '', one.after.evaluatorId ?? '']);
  const names = await deps.organisations.namesOf([session.centreId, session.evaluatorId ?? '', ...bodies]);
  return {
    session,
    centreName: names.get(session.centreId) ?? '',
    names,
    enrolments,
    lessons,
    rates: attendanceRates(enrolments, lessons, attendances),
    changes,
    assessment,
    batches,
  };
}
