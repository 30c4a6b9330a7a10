// A certificate states facts frozen at issue. Its paper is a print; a replacement is a new print of the same certificate.
import { RuleBroken } from '../shared/errors.ts';
import type { StatusChange, Versioned } from '../shared/record.ts';

export const certificateKinds = [
  'national_qualification',
  'skill_level',
  'special_skill',
  'training_completion',
  'special_operation',
  'startup_completion',
  'professional_tech',
] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/** The kinds that count as certification (F14) and, by rank, as high skill (F20); domain 2.2. */
export const countedKinds: readonly CertificateKind[] = ['national_qualification', 'skill_level'];

export const verificationStates = [
  'unverified',
  'verified_national',
  'verified_provincial',
  'mismatch',
  'not_found',
] as const;
export type VerificationState = (typeof verificationStates)[number];

export type CertificateStatus = 'valid' | 'revoked' | 'undone';

export interface Certificate extends Versioned {
  readonly kind: CertificateKind;
  readonly number: string;
  /** Unique: the number itself for kinds numbered nationally, else kind, issuer and number. */
  readonly numberKey: string;
  readonly personId: string;
  /** Name as printed, and its match key for look-ups. */
  readonly holderName: string;
  readonly holderNameKey: string;
  readonly nameSortKey: string;
  readonly documentType: string;
  /** Document number as printed, sealed. */
  readonly documentNumberSealed: string;
  readonly occupationCode: string | null;
  readonly occupationName: string;
  readonly trade: string | null;
  readonly skillLevel: string | null;
  /** Rank of domain 2.1 (4 and above is high skill), null without a level. */
  readonly rank: number | null;
  readonly centreId: string | null;
  readonly evaluatorId: string | null;
  readonly issuerName: string;
  /** Day of first issue; a replacement keeps it. */
  readonly issuedOn: string;
  readonly validUntil: string | null;
  /** 'issued' here, or 'recorded' from elsewhere or earlier. */
  readonly origin: 'issued' | 'recorded';
  readonly source: string | null;
  readonly verification: VerificationState | null;
  readonly assessmentId: string | null;
  readonly candidateId: string | null;
  readonly sessionId: string | null;
  readonly batchId: string | null;
  readonly importId: string | null;
  readonly theory: number | null;
  readonly practice: number | null;
  /** Class hours printed on a completion certificate. */
  readonly hours: number | null;
  readonly trainedFrom: string | null;
  readonly trainedTo: string | null;
  /** Division counted for, set at issue from the evaluator's site: 320507 is the district. */
  readonly countedDivision: string;
  readonly areaCode: string | null;
  readonly fundingSource: string | null;
  readonly gender: 'male' | 'female' | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly keyGroups: readonly string[];
  readonly status: CertificateStatus;
  readonly statusChanges: readonly StatusChange<CertificateStatus>[];
  readonly revokedOn: string | null;
  readonly revocationCategory: RevocationCategory | null;
  readonly currentPrintId: string | null;
  readonly recordedAt: Date;
  readonly changedAt: Date;
}

export const revocationCategories = [
  'issued_in_error',
  'false_facts',
  'cheating',
  'evaluator_irregular',
  'other',
] as const;
export type RevocationCategory = (typeof revocationCategories)[number];

export type PrintState = 'current' | 'replaced';

/** One paper (and PDF) of a certificate, with its own flow number and QR token. */
export interface Print extends Versioned {
  readonly certificateId: string;
  readonly flowNumber: string;
  readonly tokenHash: string;
  /** The whole address the QR holds, frozen; sealed, so that a copied database reveals no token. */
  readonly checkAddressSealed: string;
  readonly templateVersion: string;
  readonly remark: 'reissued' | null;
  readonly madeOn: string;
  readonly state: PrintState;
  readonly replacedOn: string | null;
  readonly replacedById: string | null;
  readonly fileId: string | null;
  readonly sha256: string | null;
}

/** Why nothing more can be done with the certificate: the code of a revoked one, null for a valid one. */
export function whyNotRevoke({ status }: Pick<Certificate, 'status'>): string | null {
  return status === 'valid' ? null : 'certificates.notValid';
}

/** Why no new print can be made of the certificate, null where one can. */
export function whyNotReplace(
  certificate: Pick<Certificate, 'status' | 'origin' | 'currentPrintId'>,
): string | null {
  const ours = certificate.origin === 'issued' && certificate.currentPrintId !== null;
  return whyNotRevoke(certificate) ?? (ours ? null : 'certificates.notOurs');
}

/** The certificate revoked on a day; throws RuleBroken certificates.notValid when it already is. */
export function revoke(
  certificate: Certificate,
  change: { on: string; at: Date; by: string; category: RevocationCategory; reason: string },
): Certificate {
  const refusal = whyNotRevoke(certificate);
  if (refusal !== null) throw new RuleBroken(refusal);
  const { on, at, by, reason } = change;
  return {
    ...certificate,
    status: 'revoked',
    revokedOn: on,
    revocationCategory: change.category,
    statusChanges: [...certificate.statusChanges, { to: 'revoked', on, at, by, reason }],
    changedAt: at,
  };
}

/** The unique key of a number: nation-wide for numbered kinds, per issuer for the free ones (domain 3.1, 3.2). */
export function numberKeyOf(kind: CertificateKind, issuer: string, number: string): string {
  return countedKinds.includes(kind) ? number : `${kind}|${issuer}|${number}`;
}

export const checkOutcomes = ['valid', 'expired', 'revoked', 'replaced', 'elsewhere'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/** The first outcome that holds: revoked, replaced (of the print asked about), expired, recorded elsewhere, valid. */
export function checkOutcome(
  certificate: Certificate,
  print: Pick<Print, 'state'> | null,
  today: string,
): CheckOutcome {
  if (certificate.status !== 'valid') return 'revoked';
  if (print?.state === 'replaced') return 'replaced';
  if (certificate.validUntil !== null && certificate.validUntil < today) return 'expired';
  return certificate.origin === 'recorded' ? 'elsewhere' : 'valid';
}
