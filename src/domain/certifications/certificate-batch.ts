// A batch is what one person proposes to issue together and another approves.
import { handsIn, type Hand } from '../accounts/second-person.ts';
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';
import type { Assessment, Candidate } from './assessment.ts';
import type { CertificateKind } from './certificate.ts';

export type BatchStatus = 'proposed' | 'issued' | 'returned';

export const batchLifecycle: Lifecycle<BatchStatus> = {
  proposed: ['issued', 'returned'],
  issued: [],
  returned: [],
};

export interface CertificateBatch extends Versioned {
  readonly number: string;
  readonly kind: Extract<CertificateKind, 'skill_level' | 'training_completion'>;
  readonly centreId: string | null;
  readonly evaluatorId: string | null;
  readonly assessmentId: string;
  readonly sessionId: string | null;
  readonly candidateIds: readonly string[];
  readonly certificateIds: readonly string[];
  /** Candidates left out at approval, each with the code that says why. */
  readonly leftOut: readonly {
    readonly candidateId: string;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly status: BatchStatus;
  readonly statusChanges: readonly StatusChange<BatchStatus>[];
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly createdAt: Date;
}

/** Who had a part in a batch: proposed it, opened its assessment, put somebody in it on the list, entered or corrected a score of theirs. */
export function handsOnBatch(
  batch: CertificateBatch,
  assessment: Pick<Assessment, 'createdBy'>,
  candidates: readonly Candidate[],
): readonly Hand[] {
  const inBatch = candidates.filter((one) => batch.candidateIds.includes(one.id));
  const preparers = inBatch.flatMap((one) => [
    one.addedBy,
    ...one.attempts.flatMap((each) => [each.enteredBy, ...(each.correctedBy ?? [])]),
  ]);
  return handsIn(batch, batch.proposedBy, assessment.createdBy, ...preparers);
}

/** Whether the account approved a batch with the candidate in it. */
export function approvedFor(batch: CertificateBatch, candidateId: string, accountId: string): boolean {
  return (
    batch.candidateIds.includes(candidateId) &&
    batch.statusChanges.some((change) => change.to === 'issued' && change.by === accountId)
  );
}

/** The batch in its next status; throws RuleBroken certificates.batchDecided when it was decided already. */
export function decideBatch(
  batch: CertificateBatch,
  to: BatchStatus,
  change: { at: Date; by: string; reason?: string | undefined },
): CertificateBatch {
  if (!batchLifecycle[batch.status].includes(to)) throw new RuleBroken('certificates.batchDecided');
  return { ...batch, status: to, statusChanges: [...batch.statusChanges, { to, ...change }] };
}
