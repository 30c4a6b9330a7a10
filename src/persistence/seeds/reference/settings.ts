// First values of the dated settings, each with where it comes from; a new value is a new row with a later day.
import type { DatedSetting } from '../../../domain/reference/reference.ts';

const since = '2015-01-01';

export const settings: readonly DatedSetting[] = [
  {
    key: 'requiredHoursShare',
    value: 0.8,
    effectiveFrom: '2019-01-01',
    source: 'common practice, to be confirmed by the bureau',
  },
  { key: 'requiredHoursShare', value: 0.8, effectiveFrom: since, source: 'assumed for earlier years' },
  { key: 'passMark', value: 60, effectiveFrom: since, source: '100-point subjects, each to be passed' },
  { key: 'minimumHoursJunior', value: 40, effectiveFrom: since, source: 'Jiangsu table of 2023' },
  { key: 'minimumHoursAboveJunior', value: 56, effectiveFrom: since, source: 'Jiangsu table of 2023' },
  { key: 'minimumPracticeShare', value: 0.6, effectiveFrom: since, source: 'Jiangsu table of 2023' },
  { key: 'minimumAge', value: 16, effectiveFrom: since, source: 'Labour Law' },
  { key: 'retirementAgeMale', value: 60, effectiveFrom: since, source: 'general rule before 2025' },
  { key: 'retirementAgeFemale', value: 55, effectiveFrom: since, source: 'general rule before 2025' },
  { key: 'lateEnrolmentDays', value: 3, effectiveFrom: since, source: 'proposal' },
  { key: 'importUndoDays', value: 7, effectiveFrom: since, source: 'proposal' },
  { key: 'rosterRowLimit', value: 5000, effectiveFrom: since, source: 'proposal' },
  { key: 'claimCodeDays', value: 730, effectiveFrom: since, source: 'proposal' },
  { key: 'dailyLessonHours', value: 8, effectiveFrom: since, source: 'proposal' },
  { key: 'attendanceGraceHours', value: 48, effectiveFrom: since, source: 'proposal' },
  { key: 'creditPresent', value: 1, effectiveFrom: since, source: 'proposal' },
  { key: 'creditLate', value: 0.5, effectiveFrom: since, source: 'proposal' },
  { key: 'creditLeftEarly', value: 0.5, effectiveFrom: since, source: 'proposal' },
  { key: 'creditLeave', value: 0, effectiveFrom: since, source: 'proposal' },
  { key: 'creditAbsent', value: 0, effectiveFrom: since, source: 'proposal' },
  {
    key: 'retentionTrailMonths',
    value: 36,
    effectiveFrom: since,
    source: 'Cybersecurity Law asks for 6 months; 3 years proposed',
  },
  { key: 'retentionSearchDays', value: 1, effectiveFrom: since, source: 'proposal' },
  { key: 'retentionRosterRowsMonths', value: 24, effectiveFrom: since, source: 'proposal' },
  { key: 'retentionContactMonths', value: 36, effectiveFrom: since, source: 'PIPL art. 19; period proposed' },
  {
    key: 'retentionDocumentNumberMonths',
    value: 120,
    effectiveFrom: since,
    source: 'PIPL art. 19; period proposed',
  },
  {
    key: 'retentionAttendanceMonths',
    value: 60,
    effectiveFrom: since,
    source: 'class files: 5 years, to be confirmed by the bureau',
  },
  {
    key: 'retentionScoresMonths',
    value: 60,
    effectiveFrom: since,
    source: 'evaluation files: several years, to be confirmed by the bureau',
  },
  {
    key: 'retentionRequestsMonths',
    value: 36,
    effectiveFrom: since,
    source: 'PIPL art. 56; period proposed',
  },
  {
    key: 'exportHours',
    value: 24,
    effectiveFrom: since,
    source: 'rule of the bureau for files with numbers',
  },
];
