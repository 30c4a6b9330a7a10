// Class and evaluation files after their period: marks, scores and uploaded rows go, what was credited and certified stays.
import type { Model } from 'mongoose';
import { district } from '../../domain/accounts/scope.ts';
import type { Assessments, Candidates } from '../assessments.ts';
import type { Attendances } from '../attendances.ts';
import type { CertificateImports } from '../certificate-imports.ts';
import type { KeptFiles } from '../kept-files.ts';
import type { RosterImports } from '../roster-imports.ts';
import type { TrainingSessions } from '../training-sessions.ts';
import { pageThrough } from './page-through.ts';
import type { RetentionWork } from './retention-work.ts';

/** Sessions nothing is corrected in any more. */
const over = new Set(['closed', 'cancelled', 'rejected']);

/** The marks of lessons of sessions that are over; credited hours stay with the enrolments. */
export function deleteAttendance(attendances: Attendances, sessions: TrainingSessions): RetentionWork {
  return {
    code: 'attendance',
    async page(cut, after, limit) {
      const { found, next } = await pageThrough(attendances.model as unknown as Model<never>, 'markedAt', {
        end: cut.instant,
        after,
        limit,
      });
      const ended = await endedBefore(
        sessions,
        found.map((one) => one['sessionId'] as string),
        cut.day,
      );
      const due = found
        .filter((one) => ended.has(one['sessionId'] as string))
        .map((one) => ({ id: one._id, personIds: [], sessionIds: [one['sessionId'] as string] }));
      return { due, next };
    },
    async apply(ids) {
      for (const one of await attendances.find(district, { _id: { $in: [...ids] } }))
        await attendances.remove(one);
    },
  };
}

/** The uploaded rows and files of rosters taken in: the roster itself stays. */
export function deleteRosterRows(rosterImports: RosterImports, keptFiles: KeptFiles): RetentionWork {
  return {
    code: 'rosterRows',
    async page(cut, after, limit) {
      const { found, next } = await pageThrough(
        rosterImports.model as unknown as Model<never>,
        'committedAt',
        { end: cut.instant, after, limit, filter: { rowsRemovedAt: null } },
      );
      const due = found.map((one) => ({
        id: one._id,
        personIds: [],
        sessionIds: [one['sessionId'] as string],
      }));
      return { due, next };
    },
    async apply(ids, now) {
      await rosterImports.dropRows(ids);
      for (const { fileId } of await rosterImports.find(district, { _id: { $in: [...ids] } }))
        if (fileId !== null) await keptFiles.forget(fileId);
      const { matchedCount } = await rosterImports.model.updateMany(
        { _id: { $in: [...ids] } } as never,
        { $set: { rowsRemovedAt: now, fileId: null }, $inc: { version: 1 } } as never,
      );
      rosterImports.noteVersions(matchedCount);
    },
  };
}

/** The rows of lists of certificates issued elsewhere that no decision took. */
export function deleteCertificateRows(imports: CertificateImports): RetentionWork {
  return {
    code: 'certificateRows',
    async page(cut, after, limit) {
      const { found, next } = await pageThrough(imports.model as unknown as Model<never>, 'createdAt', {
        end: cut.instant,
        after,
        limit,
        filter: { rowsSealed: { $gt: '' } },
      });
      return { due: found.map((one) => ({ id: one._id, personIds: [], sessionIds: [] })), next };
    },
    apply: (ids) => imports.dropRows(ids),
  };
}

/** Every attempt of the candidates of assessments nobody sat since; certificates keep the scores they print. */
export function removeScores(assessments: Assessments, candidates: Candidates): RetentionWork {
  return {
    code: 'scores',
    async page(cut, after, limit) {
      const { found, next } = await pageThrough(assessments.model as unknown as Model<never>, 'heldOn', {
        end: cut.day,
        after,
        limit,
        filter: { scoresRemovedAt: null },
      });
      const sitting = await candidates.find(district, { assessmentId: { $in: found.map((one) => one._id) } });
      const late = new Set(
        sitting
          .filter((one) => one.attempts.some((attempt) => attempt.on >= cut.day))
          .map((one) => one.assessmentId),
      );
      const due = found
        .filter((one) => !late.has(one._id))
        .map((one) => ({
          id: one._id,
          personIds: sitting.filter(({ assessmentId }) => assessmentId === one._id).map((c) => c.personId),
          sessionIds: typeof one['sessionId'] === 'string' ? [one['sessionId']] : [],
        }));
      return { due, next };
    },
    async apply(ids, now) {
      const sat = await candidates.model.updateMany(
        { assessmentId: { $in: [...ids] } } as never,
        { $set: { attempts: [] }, $inc: { version: 1 } } as never,
      );
      candidates.noteVersions(sat.matchedCount);
      const held = await assessments.model.updateMany(
        { _id: { $in: [...ids] } } as never,
        { $set: { scoresRemovedAt: now }, $inc: { version: 1 } } as never,
      );
      assessments.noteVersions(held.matchedCount);
    },
  };
}

async function endedBefore(
  sessions: TrainingSessions,
  ids: readonly string[],
  day: string,
): Promise<Set<string>> {
  const found = await sessions.find(district, { _id: { $in: [...new Set(ids)] } });
  return new Set(found.filter((one) => over.has(one.status) && one.endsOn < day).map((one) => one.id));
}
