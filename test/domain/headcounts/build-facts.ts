// Facts for cases told by hand: each builder makes a counted record unless the case says otherwise.
import type {
  ApprenticeFact,
  CertificateFact,
  EnrolmentFact,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
  YearFacts,
} from '../../../src/domain/headcounts/index.ts';

export const districtCode = '320507';
/** The instant of recording: noon UTC of a day. */
export const instantOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const endOf2022 = new Date('2022-12-31T16:00:00Z');

const holder = { gender: 'female', birthDay: '1990-05-05', education: 'college', keyGroups: [] };

export function aSession(change: Partial<SessionFact> = {}, firstHeld = '2021-06-01'): SessionFact {
  return {
    id: 's1',
    kind: 'upskilling',
    subsidised: true,
    fundingSource: 'employment_subsidy',
    centreId: 'centre1',
    areaCode: '320507001',
    occupationCode: '6-18-01-01',
    skillLevel: 'intermediate',
    states: [
      { to: 'draft', at: instantOf('2021-04-01'), on: '2021-04-01' },
      { to: 'approved', at: instantOf('2021-05-01'), on: '2021-05-01' },
      { to: 'in_progress', at: instantOf(firstHeld), on: firstHeld },
    ],
    firstHeld: [{ day: firstHeld, at: instantOf(firstHeld) }],
    startDays: [{ day: firstHeld, at: instantOf('2021-04-01') }],
    recordedFromPaper: false,
    ...change,
  };
}

export function anEnrolment(id: string, change: Partial<EnrolmentFact> = {}): EnrolmentFact {
  return {
    ...holder,
    id,
    personId: `person of ${id}`,
    sessionId: 's1',
    states: [{ to: 'enrolled', at: instantOf('2021-05-10'), on: '2021-05-10' }],
    ...change,
  };
}

export function aCertificate(id: string, change: Partial<CertificateFact> = {}): CertificateFact {
  return {
    ...holder,
    id,
    personId: 'zhang',
    number: `S000032999999213${id.padStart(6, '0')}`,
    kind: 'skill_level',
    rank: 4,
    skillLevel: 'senior',
    issuedOn: '2021-07-01',
    recordedAt: instantOf(change.issuedOn ?? '2021-07-01'),
    endedAt: null,
    countedArea: districtCode,
    areaCode: '320507001',
    evaluatorId: 'evaluator1',
    centreId: 'notApplicable',
    occupationCode: '6-18-01-01',
    fundingSource: 'notApplicable',
    ...change,
  };
}

export function aProgramme(id: string, filedOn: string, change: Partial<ProgrammeFact> = {}): ProgrammeFact {
  return {
    id,
    enterpriseId: `enterprise of ${id}`,
    areaCode: '320507002',
    occupationCode: '6-18-01-01',
    skillLevel: 'senior',
    states: [{ to: 'filed', at: instantOf(filedOn), on: filedOn }],
    ...change,
  };
}

export function anApprentice(id: string, change: Partial<ApprenticeFact> = {}): ApprenticeFact {
  return {
    ...holder,
    id,
    personId: `person of ${id}`,
    programmeId: 'g1',
    enrolledOn: '2021-03-10',
    recordedAt: instantOf('2021-03-10'),
    undoneAt: null,
    ...change,
  };
}

export function aRecognition(id: string, change: Partial<RecognitionFact> = {}): RecognitionFact {
  return {
    id,
    subjectId: 'studio1',
    kind: 'skill_master',
    tier: 'district',
    areaCode: '320507100',
    recognisedOn: '2021-09-01',
    recordedAt: instantOf(change.recognisedOn ?? '2021-09-01'),
    annulledAt: null,
    ...change,
  };
}

export function someFacts(change: Partial<YearFacts> = {}): YearFacts {
  return {
    districtCode,
    areaCodes: ['320507001', '320507002', '320507100'],
    sessions: [],
    enrolments: [],
    certificates: [],
    programmes: [],
    apprentices: [],
    recognitions: [],
    lastChange: 1,
    ...change,
  };
}
