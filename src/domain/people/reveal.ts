// A number kept encrypted is shown whole to whoever has the right, one at a time, for a purpose, and on record.
import type { Versioned } from '../shared/record.ts';
import type { Term } from '../shared/term.ts';

export type PersonNumber = 'documentNumber' | 'mobile';
/** `wanted`: what a person wrote that a fact should be. */
export type RevealedField = PersonNumber | 'wanted';

export type RevealPurpose =
  'verify_identity' | 'correct_record' | 'contact_holder' | 'answer_enquiry' | 'other';

export const revealPurposes: readonly Term<RevealPurpose>[] = [
  { code: 'verify_identity', zh: '核对证件', en: 'Compare with a document', also: [] },
  { code: 'correct_record', zh: '更正记录', en: 'Correct a record', also: [] },
  { code: 'contact_holder', zh: '联系本人', en: 'Contact the person', also: [] },
  { code: 'answer_enquiry', zh: '办理查询或信访', en: 'Answer an enquiry', also: [] },
  { code: 'other', zh: '其他（写明）', en: 'Other (say what)', also: [] },
];

/** More than this many within an hour by one account raise a case. */
export const revealsAnHour = 20;

export interface Reveal {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly personId: string;
  readonly learnerNumber: string;
  readonly field: RevealedField;
  readonly purpose: RevealPurpose;
  readonly note: string | null;
  readonly address: string;
  readonly at: Date;
}

/** Somebody saw many numbers within an hour; the security administrator looks into it and closes it with what was found. */
export interface RevealCase extends Versioned {
  /** */
  readonly number: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly openedAt: Date;
  /** How many numbers were seen within the hour before it was opened, and since then. */
  readonly count: number;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly finding: string | null;
}
