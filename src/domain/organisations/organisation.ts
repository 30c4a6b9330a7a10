// An organisation is a body with a credit code; it may be a training centre, an evaluator, an enterprise and a school at once.
import type { Versioned } from '../shared/record.ts';

export const capacities = ['trainingCentre', 'evaluator', 'enterprise', 'school'] as const;
export type Capacity = (typeof capacities)[number];

/** What a filing lets a training centre or evaluator do: these levels of an occupation until its end day. */
export interface Filing {
  readonly id: string;
  readonly capacity: 'trainingCentre' | 'evaluator';
  readonly occupationCode: string;
  readonly skillLevels: readonly string[];
  /** Evaluation methods ('levelRecognition', 'appraisal' …); empty for training. */
  readonly methods: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
}

export interface Organisation extends Versioned {
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly nameSortKey: string;
  readonly creditCode: string;
  /** Why a credit code with a failing check character was taken as right, if it was. */
  readonly creditCodeReason: string | null;
  readonly capacities: readonly Capacity[];
  /** Area of the site, null outside the district. */
  readonly areaCode: string | null;
  /** Division the site is counted for; 320507 is the district's own. */
  readonly divisionCode: string;
  /** First 13 places of an evaluator's certificate numbers (class, body code, province, site serial). */
  readonly numberPrefix: string | null;
  readonly filings: readonly Filing[];
  readonly phone: string | null;
  readonly createdAt: Date;
}

/** Whether a filing of the capacity covers occupation × level (× method) on a day (check C16). */
export function isFiledFor(
  organisation: Organisation,
  need: {
    capacity: Filing['capacity'];
    occupationCode: string;
    skillLevel: string | null;
    method?: string;
    day: string;
  },
): boolean {
  return organisation.filings.some(
    (filing) =>
      filing.capacity === need.capacity &&
      filing.occupationCode === need.occupationCode &&
      (need.skillLevel === null || filing.skillLevels.includes(need.skillLevel)) &&
      (need.method === undefined || filing.methods.includes(need.method)) &&
      filing.validFrom <= need.day &&
      need.day <= filing.validTo,
  );
}

/** The latest end day of a filing of the capacity for an occupation, or null when there never was one. */
export function filingEnd(
  organisation: Organisation,
  capacity: Filing['capacity'],
  occupationCode: string,
): string | null {
  const ends = organisation.filings
    .filter((f) => f.capacity === capacity && f.occupationCode === occupationCode)
    .map((f) => f.validTo);
  return ends.length === 0 ? null : ends.sort().at(-1)!;
}
