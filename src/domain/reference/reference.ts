// Reference data: the lists, rates and limits of the field, dated, as the rules read them.

export interface Area {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface Occupation {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly trades: readonly string[];
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** One value of a setting from a day on; earlier values stay and answer for earlier days. */
export interface DatedSetting {
  readonly key: SettingKey;
  readonly value: number;
  readonly effectiveFrom: string;
  readonly source: string;
}

export const settingKeys = [
  'requiredHoursShare',
  'passMark',
  'minimumHoursJunior',
  'minimumHoursAboveJunior',
  'minimumPracticeShare',
  'minimumAge',
  'retirementAgeMale',
  'retirementAgeFemale',
  'lateEnrolmentDays',
  'importUndoDays',
  'rosterRowLimit',
  'claimCodeDays',
  'dailyLessonHours',
  'attendanceGraceHours',
  'creditPresent',
  'creditLate',
  'creditLeftEarly',
  'creditLeave',
  'creditAbsent',
  'retentionTrailMonths',
  'retentionSearchDays',
  'retentionRosterRowsMonths',
  'retentionContactMonths',
  'retentionDocumentNumberMonths',
  'retentionAttendanceMonths',
  'retentionScoresMonths',
  'retentionRequestsMonths',
  'exportHours',
] as const;
export type SettingKey = (typeof settingKeys)[number];

export interface Reference {
  readonly areas: readonly Area[];
  readonly occupations: readonly Occupation[];
  readonly settings: readonly DatedSetting[];
}

/** The value of a setting on a day; throws when the setting has no value yet on that day. */
export function settingOn(reference: Reference, key: SettingKey, day: string): number {
  let best: DatedSetting | null = null;
  for (const setting of reference.settings) {
    const holds = setting.key === key && setting.effectiveFrom <= day;
    if (holds && (best === null || setting.effectiveFrom > best.effectiveFrom)) best = setting;
  }
  if (best === null) throw new Error(`The setting ${key} has no value on ${day}`);
  return best.value;
}

/** The area of a code, or null for a code outside the district's partition. */
export function areaOf(reference: Reference, code: string | null): Area | null {
  return reference.areas.find((area) => area.code === code) ?? null;
}

/** The occupation of a code, or null. */
export function occupationOf(reference: Reference, code: string | null): Occupation | null {
  return reference.occupations.find((occupation) => occupation.code === code) ?? null;
}
