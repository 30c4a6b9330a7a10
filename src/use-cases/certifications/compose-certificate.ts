// The frozen facts of a certificate at issue, gathered from judgement, person and reference data.
import type { Deps } from '../../deps.ts';
import type { CertificateBatch } from '../../domain/certifications/certificate-batch.ts';
import { numberKeyOf, type Certificate } from '../../domain/certifications/certificate.ts';
import { rankOf } from '../../domain/certifications/skill-levels.ts';
import { occupationOf, type Reference } from '../../domain/reference/reference.ts';
import type { Judgement, JudgedCandidate } from './judge-candidates.ts';

export interface IssueContext {
  readonly judgement: Judgement;
  readonly batch: CertificateBatch;
  readonly issuedOn: string;
  readonly now: Date;
  readonly reference: Reference;
}

/** A person's identity as a certificate prints it. */
export interface Holder {
  readonly nameKey: string;
  readonly documentType: string;
  readonly documentNumber: string;
}

export function composeCertificate(
  deps: Pick<Deps, 'newId' | 'cipher'>,
  context: IssueContext,
  judged: JudgedCandidate,
  number: string,
  holder: Holder,
): Certificate {
  const { judgement, batch, issuedOn, now } = context;
  const { assessment, session, issuer } = judgement;
  const { candidate } = judged;
  return {
    id: deps.newId(),
    version: 0,
    kind: batch.kind,
    number,
    numberKey: numberKeyOf(batch.kind, issuer.id, number),
    personId: candidate.personId,
    holderName: candidate.name,
    holderNameKey: holder.nameKey,
    nameSortKey: candidate.nameSortKey,
    documentType: holder.documentType,
    documentNumberSealed: deps.cipher.seal(holder.documentNumber),
    occupationCode: assessment.occupationCode,
    occupationName:
      occupationOf(context.reference, assessment.occupationCode)?.zh ??
      session?.project ??
      session?.name ??
      '',
    trade: assessment.trade,
    skillLevel: assessment.skillLevel,
    rank: assessment.skillLevel === null ? null : rankOf(assessment.skillLevel),
    centreId: assessment.centreId,
    evaluatorId: assessment.evaluatorId,
    issuerName: issuer.name,
    issuedOn,
    validUntil: null,
    origin: 'issued',
    source: null,
    verification: null,
    assessmentId: assessment.id,
    candidateId: candidate.id,
    sessionId: assessment.sessionId,
    batchId: batch.id,
    importId: null,
    theory: judged.scores.theory,
    practice: judged.scores.practice,
    hours: judged.creditedHours,
    trainedFrom: session?.startsOn ?? null,
    trainedTo: session?.endsOn ?? null,
    countedDivision: issuer.divisionCode,
    areaCode: issuer.areaCode,
    fundingSource: session?.fundingSource ?? null,
    gender: candidate.gender,
    birthDay: candidate.birthDay,
    education: candidate.education,
    keyGroups: candidate.keyGroups,
    status: 'valid',
    statusChanges: [{ to: 'valid', at: now, by: batch.proposedBy }],
    revokedOn: null,
    revocationCategory: null,
    currentPrintId: null,
    recordedAt: now,
    changedAt: now,
  };
}
