// A certificate issued elsewhere or earlier, as a row of a list that the bureau records: read, judged, then approved by a
// second person.
import { handsIn, type Hand } from '../accounts/second-person.ts';
import { termTyped, type Term } from '../shared/term.ts';
import { parseCalendarDay } from '../shared/calendar-day.ts';
import type { PersonFacts } from '../people/person.ts';
import type { StatusChange, Versioned } from '../shared/record.ts';
import { readRosterRow } from '../training/roster-row.ts';
import {
  countedKinds,
  verificationStates,
  type CertificateKind,
  type VerificationState,
} from './certificate.ts';
import {
  checkQualificationNumber,
  checkSkillLevelNumber,
  normaliseCertificateNumber,
} from './certificate-number.ts';
import { skillLevels } from './skill-levels.ts';

export const recordedColumns = [
  'name',
  'documentType',
  'documentNumber',
  'kind',
  'certificateNumber',
  'occupationCode',
  'occupationName',
  'trade',
  'skillLevel',
  'issuedOn',
  'issuer',
  'countedDivision',
  'areaCode',
  'source',
  'verification',
] as const;
export type RecordedColumn = (typeof recordedColumns)[number];

export interface RecordedRow {
  readonly number: number;
  readonly cells: Readonly<Partial<Record<RecordedColumn, string>>>;
}

export interface RecordedFacts {
  readonly person: PersonFacts;
  readonly kind: CertificateKind;
  readonly certificateNumber: string;
  readonly occupationCode: string | null;
  readonly occupationName: string;
  readonly trade: string | null;
  readonly skillLevel: string | null;
  readonly issuedOn: string;
  readonly issuer: string;
  readonly countedDivision: string;
  readonly areaCode: string | null;
  readonly source: string;
  readonly verification: VerificationState;
}

export interface RecordedRemark {
  readonly code: string;
  readonly column: RecordedColumn | null;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface ReadRecordedRow {
  readonly row: RecordedRow;
  readonly facts: RecordedFacts | null;
  readonly problems: readonly RecordedRemark[];
  readonly warnings: readonly RecordedRemark[];
}

const kindTerms: readonly Term<CertificateKind>[] = [
  {
    code: 'national_qualification',
    zh: '国家职业资格证书',
    en: 'National qualification',
    also: ['职业资格证书', '职业资格'],
  },
  {
    code: 'skill_level',
    zh: '职业技能等级证书',
    en: 'Skill-level certificate',
    also: ['等级证书', '技能等级证书'],
  },
  { code: 'special_skill', zh: '专项职业能力证书', en: 'Special-skill certificate', also: ['专项能力证书'] },
  { code: 'training_completion', zh: '培训合格证书', en: 'Completion certificate', also: ['合格证书'] },
  { code: 'special_operation', zh: '特种作业操作证', en: 'Special-operation licence', also: [] },
  { code: 'startup_completion', zh: '创业培训合格证', en: 'Start-up completion certificate', also: [] },
  { code: 'professional_tech', zh: '专业技术资格', en: 'Professional title', also: ['职称'] },
];

/** The row's facts with every problem and warning (C01, C17); numbers are compared with level and issue day. */
export function readRecordedRow(row: RecordedRow, today: string): ReadRecordedRow {
  const problems: RecordedRemark[] = [];
  const warnings: RecordedRemark[] = [];
  const cell = (column: RecordedColumn) => (row.cells[column] ?? '').normalize('NFKC').trim();
  const refuse = (column: RecordedColumn, code: string, details: RecordedRemark['details'] = {}) => {
    problems.push({ code, column, details });
    return null;
  };
  const person = readRosterRow(
    {
      number: row.number,
      cells: {
        name: row.cells.name ?? '',
        documentType: cell('documentType'),
        documentNumber: row.cells.documentNumber ?? '',
      },
    },
    { today, startsOn: today, minimumAge: 0, retirementAge: { male: 200, female: 200 }, fromPaper: true },
  );
  for (const problem of person.problems)
    problems.push({ ...problem, column: problem.column as RecordedColumn });
  const kind =
    termTyped(kindTerms, cell('kind')) ??
    (cell('kind') === ''
      ? refuse('kind', 'certificateImports.kindMissing')
      : refuse('kind', 'certificateImports.kindUnknown', { typed: cell('kind') }));
  const skillLevel = readLevel(cell('skillLevel'), refuse);
  const issuedOn =
    parseCalendarDay(cell('issuedOn')) ??
    (cell('issuedOn') === ''
      ? refuse('issuedOn', 'certificateImports.dayMissing')
      : refuse('issuedOn', 'certificateImports.dayUnreadable', { typed: cell('issuedOn') }));
  if (issuedOn !== null && issuedOn > today)
    refuse('issuedOn', 'certificateImports.dayToCome', { day: issuedOn });
  const certificateNumber = normaliseCertificateNumber(cell('certificateNumber'));
  if (kind !== null && issuedOn !== null) {
    for (const problem of numberProblems(kind, certificateNumber, skillLevel ?? null, issuedOn)) {
      (problem.severity === 'error' ? problems : warnings).push({
        code: problem.code,
        column: 'certificateNumber',
        details: problem.details,
      });
    }
  }
  if (kind !== null && countedKinds.includes(kind) && skillLevel === null)
    refuse('skillLevel', 'certificateImports.levelMissing');
  if (cell('issuer') === '') refuse('issuer', 'certificateImports.issuerMissing');
  const verification = verificationStates.find((state) => state === cell('verification')) ?? 'unverified';
  if (person.facts === null || kind === null || issuedOn === null || problems.length > 0)
    return { row, facts: null, problems, warnings };
  return {
    row,
    problems,
    warnings,
    facts: {
      person: person.facts,
      kind,
      certificateNumber,
      occupationCode: cell('occupationCode') || null,
      occupationName: cell('occupationName'),
      trade: cell('trade') || null,
      skillLevel: skillLevel ?? null,
      issuedOn,
      issuer: cell('issuer'),
      countedDivision: cell('countedDivision') || '320507',
      areaCode: cell('areaCode') || null,
      source: cell('source'),
      verification,
    },
  };
}

function readLevel(
  typed: string,
  refuse: (column: RecordedColumn, code: string, details?: RecordedRemark['details']) => null,
): string | null | undefined {
  if (typed === '') return null;
  const level = skillLevels.find((one) =>
    [one.code, one.zh, one.en, one.nationalLevel, `${one.nationalLevel}/${one.zh}`].includes(typed),
  );
  return level?.code ?? refuse('skillLevel', 'certificateImports.levelUnknown', { typed });
}

function numberProblems(kind: CertificateKind, number: string, skillLevel: string | null, issuedOn: string) {
  if (kind === 'skill_level') return checkSkillLevelNumber(number, { skillLevel, issuedOn });
  if (kind === 'national_qualification' && !/^[A-Z]/.test(number))
    return checkQualificationNumber(number, { skillLevel, issuedOn });
  const length = [...number].length;
  return length >= 6 && length <= 32
    ? []
    : [
        {
          code: 'certificateImports.numberLength',
          severity: 'error' as const,
          details: { length: String(length) },
        },
      ];
}

export type CertificateImportStatus = 'submitted' | 'approved' | 'returned';

export interface CertificateImport extends Versioned {
  readonly number: string;
  readonly fileName: string;
  readonly rowCount: number;
  readonly status: CertificateImportStatus;
  readonly statusChanges: readonly StatusChange<CertificateImportStatus>[];
  /** The rows to be recorded, sealed: they hold document numbers. Null once the list is decided or its rows were removed. */
  readonly rowsSealed: string | null;
  readonly recordedCount: number;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
}

/** Who had a part in a list, so does not decide it. */
export function handsOnImport(list: CertificateImport): readonly Hand[] {
  return handsIn(list, list.createdBy);
}
