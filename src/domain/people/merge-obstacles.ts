// Why two records cannot be one person: what each of them holds may not be held twice by one.
import { activeStatuses, type Apprentice } from '../apprenticeships/apprentice.ts';
import type { Candidate } from '../certifications/assessment.ts';
import type { Certificate } from '../certifications/certificate.ts';
import type { Problem } from '../shared/problem.ts';
import { isOnRollOn } from '../training/attendance.ts';
import type { Enrolment } from '../training/enrolment.ts';
import { overlap } from '../training/lesson-rules.ts';
import type { Lesson } from '../training/lesson.ts';

export interface HeldRecords {
  readonly enrolments: readonly Enrolment[];
  readonly candidates: readonly Candidate[];
  readonly certificates: readonly Certificate[];
  readonly apprentices: readonly Apprentice[];
}

/** What the sentences name: sessions by name, lessons by session. */
export interface ObstacleContext {
  readonly sessionNames: ReadonlyMap<string, string>;
  readonly lessons: readonly Lesson[];
}

/**
 * One problem for each conflict: people.merge.bothEnrolled (one session), .bothAssessed (one assessment), .sameCertificate
 * (kind, occupation, level, day), .bothApprentices (active), .lessonsOverlap. None when the two may be merged.
 */
export function mergeObstacles(a: HeldRecords, b: HeldRecords, context: ObstacleContext): Problem[] {
  const session = (id: string) => context.sessionNames.get(id) ?? '';
  const problems: Problem[] = [];
  for (const id of shared(counted(a), counted(b), (one) => one.sessionId))
    problems.push({ code: 'people.merge.bothEnrolled', details: { session: session(id) } });
  if (shared(a.candidates, b.candidates, (one) => one.assessmentId).length > 0)
    problems.push({ code: 'people.merge.bothAssessed', details: {} });
  for (const one of a.certificates.filter(isValid))
    for (const other of b.certificates.filter(isValid))
      if (kindOf(one) === kindOf(other))
        problems.push({
          code: 'people.merge.sameCertificate',
          details: { one: one.number, other: other.number, day: one.issuedOn },
        });
  if (a.apprentices.some(isActive) && b.apprentices.some(isActive))
    problems.push({ code: 'people.merge.bothApprentices', details: {} });
  for (const { mine, theirs } of overlappingLessons(a, b, context.lessons))
    problems.push({
      code: 'people.merge.lessonsOverlap',
      details: { one: session(mine.sessionId), other: session(theirs.sessionId), day: mine.day },
    });
  return problems;
}

const counted = ({ enrolments }: HeldRecords) => enrolments.filter((one) => one.status !== 'undone');
const isValid = (certificate: Certificate) => certificate.status === 'valid';
const isActive = (apprentice: Apprentice) => activeStatuses.includes(apprentice.status);
const kindOf = (one: Certificate) => [one.kind, one.occupationCode, one.skillLevel, one.issuedOn].join('|');

function shared<T>(a: readonly T[], b: readonly T[], key: (one: T) => string): string[] {
  const keys = new Set(b.map(key));
  return [...new Set(a.map(key))].filter((one) => keys.has(one));
}

/** The first overlap of each two sessions, of lessons both were on the roll for. */
function overlappingLessons(a: HeldRecords, b: HeldRecords, lessons: readonly Lesson[]) {
  const attended = (held: HeldRecords) =>
    lessons.filter(
      (lesson) =>
        lesson.status !== 'cancelled' &&
        held.enrolments.some((one) => one.sessionId === lesson.sessionId && isOnRollOn(one, lesson.day)),
    );
  const others = attended(b);
  const found = new Map<string, { mine: Lesson; theirs: Lesson }>();
  for (const mine of attended(a))
    for (const theirs of others) {
      const key = `${mine.sessionId}|${theirs.sessionId}`;
      if (mine.sessionId !== theirs.sessionId && !found.has(key) && overlap(mine, theirs))
        found.set(key, { mine, theirs });
    }
  return [...found.values()];
}
