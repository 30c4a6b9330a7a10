// What a person asks the bureau: to correct a fact, or to erase what is kept (PIPL art. 46, 47).
import { maskText } from '../trail/mask-text.ts';
import { RuleBroken } from '../shared/errors.ts';
import type { Versioned } from '../shared/record.ts';
import { maskDocumentNumber, maskMobile } from './masking.ts';

export const correctableFacts = [
  'name',
  'documentNumber',
  'birthDay',
  'gender',
  'mobile',
  'education',
  'training',
  'certificate',
  'other',
] as const;
export type CorrectableFact = (typeof correctableFacts)[number];

export const erasableParts = [
  'contactData',
  'documentNumber',
  'training',
  'certificates',
  'uploadedFiles',
  'heldRows',
  'sentFiles',
  'evidence',
] as const;
export type ErasablePart = (typeof erasableParts)[number];
export type RefusalGround =
  'legalHold' | 'certificateLedger' | 'withinPeriod' | 'trainingFiles' | 'openRequest';

/** What became of one part of an erasure: gone, or kept on a legal ground. */
export interface ErasureOutcome {
  readonly part: ErasablePart;
  readonly ground: RefusalGround | null;
}

export type RequestStatus = 'submitted' | 'accepted' | 'refused' | 'decided';

export interface SubjectRequest extends Versioned {
  readonly number: string;
  readonly personId: string;
  readonly learnerNumber: string;
  readonly kind: 'correction' | 'erasure';
  readonly fact: CorrectableFact | null;
  /** What the fact should be, sealed: it may be a number. */
  readonly wantedSealed: string | null;
  readonly fileId: string | null;
  readonly status: RequestStatus;
  readonly outcomes: readonly ErasureOutcome[];
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  /** What was done, or why not, in words for the person. */
  readonly answer: string | null;
}

/** What a person wrote that a fact should be, its numbers masked; of what should be one number nothing else is shown. */
export function maskWanted(fact: CorrectableFact | null, wanted: string): string {
  if (fact !== 'documentNumber' && fact !== 'mobile') return maskText(wanted);
  const number = wanted.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (!/^[0-9A-Z]{6,20}$/.test(number)) return '********';
  return fact === 'mobile' ? maskMobile(number) : maskDocumentNumber(number);
}

/** How many corrections of one person may wait at a time. */
export const openRequestLimit = 3;

export interface HeldOfPerson {
  readonly underLegalHold: boolean;
  readonly hasCertificates: boolean;
  readonly hasTraining: boolean;
  /** Files of rosters kept as they were uploaded that have a row about the person. */
  readonly hasUploadedFiles: boolean;
  /** One of these files at least is of a session under legal hold, which keeps it. */
  readonly hasHeldFiles: boolean;
  /** Rows about the person stand in rosters of sessions under legal hold, which keeps them whole. */
  readonly hasHeldRows: boolean;
  /** Requests decided, and waiting, with what the person wrote or sent along. */
  readonly hasSentFiles: boolean;
  readonly hasOpenRequest: boolean;
  /** Files that prove changes of the person's records. */
  readonly hasEvidence: boolean;
}

/**
 * What an erasure grants and refuses: contact data goes at once; the number stays for the certificate ledger or within its
 * period, training and subsidy files within theirs, certificates for good. Files as uploaded go, since their rows are kept
 * read, but for those of a session under legal hold; what was sent along with requests goes once they are decided. What proves a change of the record stays as long as the
 * number does. A legal hold keeps all of it.
 */
export function decideErasure(held: HeldOfPerson): ErasureOutcome[] {
  const hold = held.underLegalHold ? ('legalHold' as const) : null;
  const identity = hold ?? (held.hasCertificates ? 'certificateLedger' : 'withinPeriod');
  const outcomes: ErasureOutcome[] = [
    { part: 'contactData', ground: hold },
    { part: 'documentNumber', ground: identity },
  ];
  if (held.hasTraining) outcomes.push({ part: 'training', ground: hold ?? 'trainingFiles' });
  if (held.hasCertificates) outcomes.push({ part: 'certificates', ground: hold ?? 'certificateLedger' });
  if (held.hasUploadedFiles)
    outcomes.push({ part: 'uploadedFiles', ground: held.hasHeldFiles ? 'legalHold' : hold });
  if (held.hasHeldRows) outcomes.push({ part: 'heldRows', ground: 'legalHold' });
  if (held.hasOpenRequest) outcomes.push({ part: 'sentFiles', ground: hold ?? 'openRequest' });
  else if (held.hasSentFiles) outcomes.push({ part: 'sentFiles', ground: hold });
  if (held.hasEvidence) outcomes.push({ part: 'evidence', ground: identity });
  return outcomes;
}

/** The correction decided; throws RuleBroken requests.decidedAlready when it was before. */
export function decideCorrection(
  request: SubjectRequest,
  decision: { accept: boolean; answer: string; by: string; at: Date },
): SubjectRequest {
  if (request.status !== 'submitted') throw new RuleBroken('requests.decidedAlready');
  const { accept, answer, by, at } = decision;
  return {
    ...request,
    status: accept ? 'accepted' : 'refused',
    answer,
    decidedByName: by,
    decidedAt: at,
  };
}
