// A file with numbers in clear is made by whoever has the right, for a purpose, on record, and for a day.
import { InvalidInput } from '../shared/errors.ts';
import type { Term } from '../shared/term.ts';

export type ExportPurpose = 'subject_access' | 'report_upwards' | 'audit' | 'lawful_request' | 'other';

export const exportPurposes: readonly Term<ExportPurpose>[] = [
  { code: 'subject_access', zh: '本人查阅', en: 'The person asked for it', also: [] },
  { code: 'report_upwards', zh: '上报核对', en: 'Compare with a higher register', also: [] },
  { code: 'audit', zh: '审计检查', en: 'Audit', also: [] },
  { code: 'lawful_request', zh: '司法机关依法调取', en: 'Court or police, by law', also: [] },
  { code: 'other', zh: '其他（写明）', en: 'Other (say what)', also: [] },
];

export const exportKinds = ['roster', 'subjectRecord'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Throws InvalidInput on `note` for another purpose with fewer than five characters. */
export function requirePurpose(purpose: ExportPurpose, note: string | null): void {
  if (purpose === 'other' && [...(note ?? '')].length < 5)
    throw new InvalidInput([{ field: 'note', code: 'exports.sayWhat' }]);
}
