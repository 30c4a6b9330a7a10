// A measure is one thing that can be counted: which rows, which of them, and whether rows or those they belong to.

export const tables = [
  'training',
  'workTraining',
  'certificates',
  'programmes',
  'apprentices',
  'recognitions',
] as const;
export type TableName = (typeof tables)[number];

/** Bits a row carries; what they mean depends on its table. */
export const marks = {
  noShow: 1,
  highSkilled: 1,
  newHighSkilled: 2,
  firstFiler: 1,
  newApprentice: 1,
  earlierApprentice: 2,
  provincialRuralTalentStudio: 1,
  districtSkillMasterStudio: 2,
  districtTrainingPlatform: 4,
} as const;

export type UnitCode = 'personTimes' | 'persons' | 'certificates' | 'enterprises' | 'studios' | 'platforms';

export interface Measure {
  readonly table: TableName;
  /** `rows` counts each row, `owners` counts each person, enterprise, studio or platform once. */
  readonly counts: 'rows' | 'owners';
  /** All of these bits must be on the row. */
  readonly mark: number;
  readonly unit: UnitCode;
}

const measure = (
  table: TableName,
  counts: Measure['counts'],
  unit: UnitCode,
  mark: keyof typeof marks | null = null,
): Measure => ({ table, counts, unit, mark: mark === null ? 0 : marks[mark] });

export const measures = {
  personTimes: measure('training', 'rows', 'personTimes'),
  persons: measure('training', 'owners', 'persons'),
  noShows: measure('training', 'rows', 'personTimes', 'noShow'),
  workTraining: measure('workTraining', 'rows', 'personTimes'),
  certificates: measure('certificates', 'rows', 'certificates'),
  certifiedPersons: measure('certificates', 'owners', 'persons'),
  // One row of a person carries the mark, so its counts add up over months and areas.
  highSkilledTalents: measure('certificates', 'rows', 'persons', 'newHighSkilled'),
  highSkilledGross: measure('certificates', 'owners', 'persons', 'highSkilled'),
  filingEnterprises: measure('programmes', 'owners', 'enterprises'),
  firstFilers: measure('programmes', 'owners', 'enterprises', 'firstFiler'),
  newApprentices: measure('apprentices', 'rows', 'persons', 'newApprentice'),
  earlierApprentices: measure('apprentices', 'owners', 'persons', 'earlierApprentice'),
  provincialRuralTalentStudios: measure('recognitions', 'rows', 'studios', 'provincialRuralTalentStudio'),
  districtSkillMasterStudios: measure('recognitions', 'rows', 'studios', 'districtSkillMasterStudio'),
  districtTrainingPlatforms: measure('recognitions', 'rows', 'platforms', 'districtTrainingPlatform'),
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as readonly MeasureName[];

/** The measures a cross-table offers (pages: `/years/:year/table`). */
export const tableMeasures = [
  'personTimes',
  'persons',
  'certificates',
  'certifiedPersons',
  'highSkilledTalents',
] as const satisfies readonly MeasureName[];
