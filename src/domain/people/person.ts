// A person is one identity across all centres, found by document type and number, known in the district by a learner number.
import type { Versioned } from '../shared/record.ts';
import type { Gender } from './gender.ts';

export interface DatedKeyGroup {
  readonly group: string;
  readonly from: string;
}

export interface Person extends Versioned {
  /** District-wide, given once, never derived from the document. */
  readonly learnerNumber: string;
  /** As typed; `nameKey` is what names are compared by (domain 3.9), `nameSortKey` what lists are ordered by. */
  readonly name: string;
  readonly nameKey: string;
  readonly nameSortKey: string;
  readonly documentType: string;
  /** The normalised number, sealed, and its keyed hash together with the type: unique over all persons. */
  readonly documentSealed: string;
  readonly documentHash: string;
  readonly birthDay: string | null;
  readonly gender: Gender | null;
  readonly mobileSealed: string | null;
  readonly mobileHash: string | null;
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly DatedKeyGroup[];
  /** Bodies and areas that had to do with this person: whose scope reaches the record. */
  readonly centreIds: readonly string[];
  readonly evaluatorIds: readonly string[];
  readonly enterpriseIds: readonly string[];
  readonly areaCodes: readonly string[];
  /** Of a record merged into another: the person kept. Lists and searches do not find it; its document finds the other. */
  readonly mergedInto: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Set when the period of the document number was over and it was taken out. */
  readonly numberRemovedAt?: Date | null;
}

/** Who registers a person: the body whose scope shall reach it, and the area it happens in. */
export interface PersonOwner {
  readonly centreId?: string | null;
  readonly evaluatorId?: string | null;
  readonly enterpriseId?: string | null;
  readonly areaCode?: string | null;
}

/** What is known of a person when a roster, a candidate list or a form is taken in: normalised, still in clear. */
export interface PersonFacts {
  readonly name: string;
  readonly nameKey: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly birthDay: string | null;
  readonly gender: Gender | null;
  readonly mobile: string | null;
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly string[];
}

/** NEW: unknown number. MATCHED: the same person. CONFLICT: the number is on record, a fact differs; the value stays hidden. */
export type IdentityVerdict =
  | { readonly kind: 'new'; readonly personId: null }
  | { readonly kind: 'matched'; readonly personId: string }
  | { readonly kind: 'conflict'; readonly personId: null; readonly field: 'name' | 'birthDay' | 'gender' };

/** The learner number of a serial: L and eight digits. */
export function learnerNumberOf(serial: number): string {
  return `L${String(serial).padStart(8, '0')}`;
}
