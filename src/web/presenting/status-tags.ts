// The tags of states whose own word would say something else elsewhere.
import type { AssessmentStatus } from '../../domain/certifications/assessment.ts';
import type { BatchStatus } from '../../domain/certifications/certificate-batch.ts';
import type { CertificateImportStatus } from '../../domain/certifications/recorded-certificate.ts';

/** An open assessment is under way; 'open' is the word of a case nobody has looked into. */
export const assessmentTags: Readonly<Record<AssessmentStatus, string>> = {
  open: 'inProgress',
  locked: 'locked',
  cancelled: 'cancelled',
};

/** A list of certificates is decided by a second officer, it is not filed. */
export const importTags: Readonly<Record<CertificateImportStatus, string>> = {
  submitted: 'awaitingSecond',
  approved: 'recorded',
  returned: 'returned',
};

/** A batch asked for waits for its approver. */
export const batchTags: Readonly<Record<BatchStatus, string>> = {
  proposed: 'awaitingSecond',
  issued: 'issued',
  returned: 'returned',
};
