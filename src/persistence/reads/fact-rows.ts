// Stored records as the facts the counting rules read: days as recorded, instants in ms.
import type { Certificate } from '../../domain/certifications/certificate.ts';
import type { Apprentice } from '../../domain/apprenticeships/apprentice.ts';
import type { Programme } from '../../domain/apprenticeships/programme.ts';
import type {
  ApprenticeFact,
  CertificateFact,
  DatedDay,
  DatedState,
  EnrolmentFact,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
} from '../../domain/headcounts/facts.ts';
import { notApplicable } from '../../domain/headcounts/dimensions.ts';
import type { StatusChange } from '../../domain/shared/record.ts';
import type { Recognition } from '../../domain/studios/studio.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { SessionChange } from '../../domain/training/session-change.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

const shanghai = 8 * 3_600_000;
const person = ['personId', 'gender', 'birthDay', 'education', 'keyGroups'] as const;

/** The stored fields each kind of fact is made of. */
export const factFields = {
  session: [
    'kind',
    'subsidised',
    'fundingSource',
    'centreId',
    'areaCode',
    'occupationCode',
    'skillLevel',
    'statusChanges',
    'firstHeld',
    'startsOn',
    'createdAt',
    'recordedFromPaper',
  ],
  sessionChange: ['sessionId', 'before', 'after', 'statusChanges'],
  enrolment: ['sessionId', 'statusChanges', ...person],
  certificate: [
    'number',
    'kind',
    'origin',
    'rank',
    'skillLevel',
    'issuedOn',
    'recordedAt',
    'statusChanges',
    'countedDivision',
    'areaCode',
    'evaluatorId',
    'centreId',
    'occupationCode',
    'fundingSource',
    ...person,
  ],
  programme: ['enterpriseId', 'areaCode', 'occupationCode', 'targetLevel', 'statusChanges'],
  apprentice: ['postings', 'statusChanges', ...person],
  recognition: ['subjectId', 'kind', 'tier', 'areaCode', 'recognisedOn', 'createdAt', 'annulledAt'],
} as const;

type ApprovedChange = Pick<SessionChange, 'before' | 'after' | 'statusChanges'>;

/** A session; `changes` are its approved ones, oldest first: a postponement moves the planned first day from its approval on. */
export function sessionFact(session: TrainingSession, changes: readonly ApprovedChange[] = []): SessionFact {
  return {
    id: session.id,
    kind: session.kind,
    subsidised: session.subsidised,
    fundingSource: session.fundingSource,
    centreId: session.centreId,
    areaCode: session.areaCode,
    occupationCode: session.occupationCode ?? notApplicable,
    skillLevel: session.skillLevel ?? notApplicable,
    states: statesOf(session.statusChanges),
    firstHeld: session.firstHeld.map(({ day, at }) => ({ day, at: at.getTime() })),
    startDays: startDaysOf(session, changes),
    recordedFromPaper: session.recordedFromPaper,
  };
}

function startDaysOf(session: TrainingSession, changes: readonly ApprovedChange[]): DatedDay[] {
  const moves = changes.flatMap(({ before, after, statusChanges }) => {
    const approved = statusChanges.find((change) => change.to === 'approved');
    if (before.startsOn === undefined || after.startsOn === undefined || approved === undefined) return [];
    return [{ from: before.startsOn, to: after.startsOn, at: approved.at.getTime() }];
  });
  const planned = { day: moves[0]?.from ?? session.startsOn, at: session.createdAt.getTime() };
  return [planned, ...moves.map(({ to, at }) => ({ day: to, at }))];
}

export function enrolmentFact(enrolment: Enrolment): EnrolmentFact {
  return {
    id: enrolment.id,
    sessionId: enrolment.sessionId,
    ...personFacts(enrolment),
    states: statesOf(enrolment.statusChanges),
  };
}

export function certificateFact(certificate: Certificate): CertificateFact {
  const gone = certificate.statusChanges.find((change) => change.to !== 'valid');
  // Of a certificate issued elsewhere what was not written down is not known; of our own it does not exist.
  const absent = certificate.origin === 'recorded' ? null : notApplicable;
  return {
    id: certificate.id,
    number: certificate.number,
    ...personFacts(certificate),
    kind: certificate.kind,
    rank: certificate.rank,
    skillLevel: certificate.skillLevel ?? notApplicable,
    issuedOn: certificate.issuedOn,
    recordedAt: certificate.recordedAt.getTime(),
    endedAt: gone === undefined ? null : gone.at.getTime(),
    countedArea: certificate.countedDivision,
    areaCode: certificate.areaCode,
    evaluatorId: certificate.evaluatorId ?? absent,
    centreId: certificate.centreId ?? absent,
    occupationCode: certificate.occupationCode,
    fundingSource: certificate.fundingSource ?? absent,
  };
}

export function programmeFact(programme: Programme): ProgrammeFact {
  return {
    id: programme.id,
    enterpriseId: programme.enterpriseId,
    areaCode: programme.areaCode,
    occupationCode: programme.occupationCode,
    skillLevel: programme.targetLevel,
    states: statesOf(programme.statusChanges),
  };
}

/** One fact for each programme the apprentice was in, all with the apprentice's id. */
export function apprenticeFacts(apprentice: Apprentice): ApprenticeFact[] {
  const undone = apprentice.statusChanges.find((change) => change.to === 'undone');
  return apprentice.postings.map((posting) => ({
    id: apprentice.id,
    programmeId: posting.programmeId,
    ...personFacts(apprentice),
    enrolledOn: posting.enrolledOn,
    recordedAt: posting.at.getTime(),
    undoneAt: undone === undefined ? null : undone.at.getTime(),
  }));
}

export function recognitionFact(recognition: Recognition): RecognitionFact {
  return {
    id: recognition.id,
    subjectId: recognition.subjectId,
    kind: recognition.kind,
    tier: recognition.tier,
    areaCode: recognition.areaCode,
    recognisedOn: recognition.recognisedOn,
    recordedAt: recognition.createdAt.getTime(),
    annulledAt: recognition.annulledAt?.getTime() ?? null,
  };
}

interface CopiedFacts {
  readonly personId: string;
  readonly gender: string | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly keyGroups: readonly string[];
}

function personFacts({ personId, gender, birthDay, education, keyGroups }: CopiedFacts) {
  return { personId, gender, birthDay, education, keyGroups };
}

function statesOf<State extends string>(changes: readonly StatusChange<State>[]): DatedState<State>[] {
  return changes.map(({ to, at, on }) => ({ to, at: at.getTime(), on: on ?? dayOfInstant(at) }));
}

function dayOfInstant(instant: Date): string {
  return new Date(instant.getTime() + shanghai).toISOString().slice(0, 10);
}
