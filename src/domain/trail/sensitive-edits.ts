// Edits that change what was settled: who somebody is, days after approval, marks after completion, certificates, roles.
// Each needs a reason in words and may carry a file that proves it.
import { InvalidInput } from '../shared/errors.ts';

/** By the event each records. */
export const sensitiveEdits = [
  'person.nameCorrected',
  'person.merged',
  'person.mergeUndone',
  'enrolment.reinstated',
  'sessionChange.submitted',
  'trainingSession.cancelled',
  'rosterImport.undone',
  'lesson.corrected',
  'lesson.reopened',
  'attendance.corrected',
  'assessment.scoreCorrected',
  'certificate.replaced',
  'certificate.revoked',
  'programme.withdrawn',
  'studio.renewed',
  'studio.leadChanged',
  'recognition.annulled',
  'account.roleChanged',
  'account.closed',
  'account.reopened',
  'account.codeRemoved',
] as const;
export type SensitiveEdit = (typeof sensitiveEdits)[number];

/** The fewest characters a reason has. */
export const leastReason = 5;

/** Whether a reason has enough characters, spaces around it left out. */
export function isReason(typed: string): boolean {
  return [...typed.trim()].length >= leastReason;
}

/** The reason without spaces around; throws InvalidInput shared.reasonTooShort for fewer than five characters. */
export function requireReason(typed: string | null | undefined): string {
  const reason = (typed ?? '').trim();
  if (!isReason(reason)) throw new InvalidInput([{ field: 'reason', code: 'shared.reasonTooShort' }]);
  return reason;
}
