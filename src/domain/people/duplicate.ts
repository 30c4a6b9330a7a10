// Two records that may be one person: what made them look so, and what the bureau decided.
import type { Versioned } from '../shared/record.ts';
import { checkDocumentNumber, documentTypes, type DocumentType } from './document-type.ts';
import { checkIdNumber } from './id-number.ts';

/** `number`: one number under two document types or spellings; `namesake`: name, birth day and mobile; `officer`: put there by hand. */
export const duplicateGrounds = ['number', 'namesake', 'officer'] as const;
export type DuplicateGround = (typeof duplicateGrounds)[number];

/** `superseded`: one of the two was merged into a third person, with whom the pair stands now. */
export type DuplicateStatus = 'open' | 'merged' | 'dismissed' | 'superseded';

export interface Duplicate extends Versioned {
  readonly personIds: readonly [string, string];
  readonly grounds: readonly DuplicateGround[];
  readonly status: DuplicateStatus;
  readonly foundAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly reason: string | null;
}

/** The id of a pair, the same in either order. */
export function pairId(a: string, b: string): string {
  return [a, b].sort().join('-');
}

export interface Spelling {
  readonly documentType: DocumentType;
  readonly number: string;
}

/** How often a travel permit of before 2013 may have been renewed: its last two digits. */
const renewals = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0'));

/**
 * The other ways in which the same number may be on record (domain 3.4): under another document type that takes it, as the
 * 15 digits of an identity number of 18 or the other way round, as a travel permit with or without its renewals.
 */
export function otherSpellings(documentType: string, number: string, today: string): Spelling[] {
  const numbers = [number, ...fifteenOf(number), ...eighteenOf(number, today), ...permitsOf(number)];
  return documentTypes.flatMap(({ code }) =>
    numbers.flatMap((one) => {
      const checked = checkDocumentNumber(code, one, today);
      if (!checked.ok || (code === documentType && checked.number === number)) return [];
      return [{ documentType: code, number: checked.number }];
    }),
  );
}

function fifteenOf(number: string): string[] {
  return /^\d{6}19\d{9}[\dX]$/.test(number) ? [number.slice(0, 6) + number.slice(8, 17)] : [];
}

function eighteenOf(number: string, today: string): string[] {
  if (!/^\d{15}$/.test(number)) return [];
  const converted = checkIdNumber(number, today, { history: true });
  return converted.ok ? [converted.number] : [];
}

function permitsOf(number: string): string[] {
  if (!/^[HM]\d{8}(\d{2})?$/.test(number)) return [];
  const first = number.slice(0, 9);
  return [first, ...renewals.map((renewal) => first + renewal)].filter((one) => one !== number);
}
