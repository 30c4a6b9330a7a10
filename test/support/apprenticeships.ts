// Apprenticeships as an enterprise enters them; each builder takes what the case says otherwise.
import type { ProgrammeFacts } from '../../src/use-cases/apprenticeships/draft-programme.ts';
import { anIdNumber } from './rosters.ts';

export function aProgramme(facts: Partial<ProgrammeFacts> = {}): ProgrammeFacts {
  return {
    schoolId: null,
    schoolName: '苏州相城技工学校',
    occupationCode: '6-31-01-03',
    targetLevel: 'intermediate',
    startsOn: '2021-06-01',
    termMonths: 12,
    plannedCount: 10,
    classHoursPerYear: 400,
    areaCode: '320507001',
    ...facts,
  };
}

export function anApprentice(
  name: string,
  {
    documentNumber = anIdNumber('1995-05-06'),
    contractNumber = null,
  }: { documentNumber?: string; contractNumber?: string | null } = {},
) {
  return {
    facts: {
      name,
      nameKey: name,
      documentType: 'resident_identity_card',
      documentNumber,
      birthDay: '1995-05-06',
      gender: 'male' as const,
      mobile: null,
      education: null,
      householdRegistration: null,
      keyGroups: [],
    },
    contractNumber,
    contractFrom: '2021-03-01',
    contractTo: '2023-03-01',
    enterpriseMentor: '钱师傅',
    schoolMentor: '郑老师',
  };
}
