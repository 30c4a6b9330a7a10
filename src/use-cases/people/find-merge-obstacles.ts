// What two records hold between them that one person cannot hold.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { mergeObstacles, type HeldRecords } from '../../domain/people/merge-obstacles.ts';
import type { Problem } from '../../domain/shared/problem.ts';

export type ObstacleDeps = Pick<
  Deps,
  'enrolments' | 'candidates' | 'certificates' | 'apprentices' | 'trainingSessions' | 'lessons'
>;

/** The records of a person that a merge looks at, over all bodies. */
export async function heldBy(deps: ObstacleDeps, personId: string): Promise<HeldRecords> {
  return {
    enrolments: await deps.enrolments.find(district, { personId }, { sort: { createdAt: 1 } }),
    candidates: await deps.candidates.find(district, { personId }),
    certificates: await deps.certificates.find(district, { personId }, { sort: { issuedOn: 1 } }),
    apprentices: await deps.apprentices.find(district, { personId }),
  };
}

/** The conflicts of two persons' records; none when they may be merged. */
export async function findMergeObstacles(
  deps: ObstacleDeps,
  a: HeldRecords,
  b: HeldRecords,
): Promise<Problem[]> {
  const sessionIds = [...new Set([...a.enrolments, ...b.enrolments].map((one) => one.sessionId))];
  const sessions = await deps.trainingSessions.find(district, { _id: { $in: sessionIds } });
  const lessons = await deps.lessons.ofSessions(district, sessionIds);
  return mergeObstacles(a, b, {
    sessionNames: new Map(sessions.map((one) => [one.id, one.name])),
    lessons,
  });
}
