// Turns records into the facts that are counted, so that every loader reads a record the same way.
import type { Apprentice } from '../apprenticeships/apprentice.ts';
import type { Programme } from '../apprenticeships/programme.ts';
import type { Certificate } from '../certifications/certificate.ts';
import type { Recognition } from '../studios/studio.ts';
import type { StatusChange } from '../shared/record.ts';
import type { Enrolment } from '../training/enrolment.ts';
import type { TrainingSession } from '../training/training-session.ts';
import { notApplicable } from './dimensions.ts';
import type {
  ApprenticeFact,
  CertificateFact,
  DatedState,
  EnrolmentFact,
  PersonFacts,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
} from './facts.ts';

export type SessionRecord = Pick<
  TrainingSession,
  | 'id'
  | 'kind'
  | 'subsidised'
  | 'fundingSource'
  | 'centreId'
  | 'areaCode'
  | 'occupationCode'
  | 'skillLevel'
  | 'statusChanges'
  | 'firstHeld'
  | 'startsOn'
  | 'createdAt'
  | 'recordedFromPaper'
>;

/** A session without occupation or level (a project) has none: not applicable, rather than unknown. */
export function factOfSession(session: SessionRecord): SessionFact {
  return {
    id: session.id,
    kind: session.kind,
    subsidised: session.subsidised,
    fundingSource: session.fundingSource,
    centreId: session.centreId,
    areaCode: session.areaCode,
    occupationCode: session.occupationCode ?? notApplicable,
    skillLevel: session.skillLevel ?? notApplicable,
    states: datedStates(session.statusChanges),
    firstHeld: session.firstHeld.map(({ day, at }) => ({ day, at: at.getTime() })),
    startDays: [{ day: session.startsOn, at: session.createdAt.getTime() }],
    recordedFromPaper: session.recordedFromPaper,
  };
}

type PersonRecord = Pick<Enrolment, 'personId' | 'gender' | 'birthDay' | 'education' | 'keyGroups'>;

export type EnrolmentRecord = PersonRecord &
  Pick<Enrolment, 'id' | 'sessionId' | 'statusChanges' | 'withdrawnOn'>;

/** The day of a withdrawal is the record's own, since it may be entered later. */
export function factOfEnrolment(enrolment: EnrolmentRecord): EnrolmentFact {
  return {
    ...personFacts(enrolment),
    id: enrolment.id,
    sessionId: enrolment.sessionId,
    states: datedStates(enrolment.statusChanges, { withdrawn: enrolment.withdrawnOn }),
  };
}

export type CertificateRecord = PersonRecord &
  Pick<
    Certificate,
    | 'id'
    | 'number'
    | 'kind'
    | 'rank'
    | 'skillLevel'
    | 'issuedOn'
    | 'recordedAt'
    | 'statusChanges'
    | 'countedDivision'
    | 'areaCode'
    | 'evaluatorId'
    | 'centreId'
    | 'sessionId'
    | 'occupationCode'
    | 'fundingSource'
  >;

/** A certificate without a session has no centre and no funding source; one from an unregistered body an unknown evaluator. */
export function factOfCertificate(certificate: CertificateRecord): CertificateFact {
  const ended = certificate.statusChanges.find(({ to }) => to === 'revoked' || to === 'undone');
  const withoutSession = certificate.sessionId === null ? notApplicable : null;
  return {
    ...personFacts(certificate),
    id: certificate.id,
    number: certificate.number,
    kind: certificate.kind,
    rank: certificate.rank,
    skillLevel: certificate.skillLevel ?? notApplicable,
    issuedOn: certificate.issuedOn,
    recordedAt: certificate.recordedAt.getTime(),
    endedAt: ended?.at.getTime() ?? null,
    countedArea: certificate.countedDivision,
    areaCode: certificate.areaCode,
    evaluatorId: certificate.evaluatorId,
    centreId: certificate.centreId ?? withoutSession,
    occupationCode: certificate.occupationCode,
    fundingSource: certificate.fundingSource ?? withoutSession,
  };
}

export type ProgrammeRecord = Pick<
  Programme,
  'id' | 'enterpriseId' | 'areaCode' | 'occupationCode' | 'targetLevel' | 'statusChanges' | 'filedOn'
>;

/** The level is the one aimed at; the day of filing is the record's own. */
export function factOfProgramme(programme: ProgrammeRecord): ProgrammeFact {
  return {
    id: programme.id,
    enterpriseId: programme.enterpriseId,
    areaCode: programme.areaCode,
    occupationCode: programme.occupationCode,
    skillLevel: programme.targetLevel,
    states: datedStates(programme.statusChanges, { filed: programme.filedOn }),
  };
}

export type ApprenticeRecord = PersonRecord & Pick<Apprentice, 'id' | 'postings' | 'statusChanges'>;

/** One fact a posting: a transfer keeps the first. */
export function factsOfApprentice(apprentice: ApprenticeRecord): readonly ApprenticeFact[] {
  const undone = apprentice.statusChanges.find(({ to }) => to === 'undone');
  const byProgramme = new Map<string, ApprenticeFact>();
  for (const { programmeId, enrolledOn, at } of apprentice.postings) {
    // Coming back to a programme is no second entry into it.
    if (byProgramme.has(programmeId)) continue;
    byProgramme.set(programmeId, {
      ...personFacts(apprentice),
      id: apprentice.id,
      programmeId,
      enrolledOn,
      recordedAt: at.getTime(),
      undoneAt: undone?.at.getTime() ?? null,
    });
  }
  return [...byProgramme.values()];
}

export type RecognitionRecord = Pick<
  Recognition,
  'id' | 'subjectId' | 'kind' | 'tier' | 'areaCode' | 'recognisedOn' | 'createdAt' | 'annulledAt'
>;

export function factOfRecognition(recognition: RecognitionRecord): RecognitionFact {
  const { id, subjectId, kind, tier, areaCode, recognisedOn, createdAt, annulledAt } = recognition;
  const recordedAt = createdAt.getTime();
  return {
    id,
    subjectId,
    kind,
    tier,
    areaCode,
    recognisedOn,
    recordedAt,
    annulledAt: annulledAt?.getTime() ?? null,
  };
}

function personFacts({ personId, gender, birthDay, education, keyGroups }: PersonRecord): PersonFacts {
  return { personId, gender, birthDay, education, keyGroups };
}

/** Each change with its calendar day: its own, else the record's day for that status, else the day it was recorded. */
function datedStates<Status extends string>(
  changes: readonly StatusChange<Status>[],
  ownDays: Partial<Record<Status, string | null>> = {},
): DatedState<Status>[] {
  return changes.map(({ to, at, on }) => ({ to, at: at.getTime(), on: on ?? ownDays[to] ?? dayIn(at) }));
}

/** The calendar day in China, eight hours ahead of UTC all year. */
function dayIn(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
