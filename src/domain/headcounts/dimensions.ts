// The dimensions a number can be split by, and the order in which their members are printed.
import { educations } from '../people/education.ts';
import { keyGroups } from '../people/key-group.ts';

export const dimensions = [
  'month',
  'area',
  'centre',
  'evaluator',
  'occupation',
  'level',
  'kind',
  'gender',
  'ageBand',
  'education',
  'keyGroup',
  'fundingSource',
] as const;
export type Dimension = (typeof dimensions)[number];

/** A value of a fact: a code, 'notApplicable', or null where it is not known. */
export type Member = string | null;

export const unknown = 'unknown';
export const notApplicable = 'notApplicable';
/** An area that is known but lies outside the district's partition. */
export const outside = 'outside';

/** What describes a person rather than the training; crossing two of these may point at somebody (domain: 8.5). */
export const personalAttributes: readonly Dimension[] = ['gender', 'ageBand', 'education', 'keyGroup'];

/** A person may belong to several members of such a dimension at one event. */
export const severalPerPerson: readonly Dimension[] = ['keyGroup'];

export const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;
export const ageBands = ['16-24', '25-34', '35-44', '45-54', '55+'] as const;
/** Below the youngest band; printed only where somebody is in it. */
export const underAge = 'under16';

export const order: Partial<Record<Dimension, readonly string[]>> = {
  month: months,
  ageBand: [underAge, ...ageBands],
  gender: ['male', 'female'],
  education: educations.map(({ code }) => code),
  keyGroup: keyGroups.map(({ code }) => code),
  level: [
    'apprentice',
    'junior',
    'intermediate',
    'senior',
    'technician',
    'senior_technician',
    'master_technician',
    'chief_technician',
  ],
};

const last: readonly string[] = [outside, unknown, notApplicable];

/** The members of a dimension that are printed even at zero. */
export function standingMembers(dimension: Dimension, areaCodes: readonly string[]): readonly string[] {
  if (dimension === 'month') return months;
  if (dimension === 'ageBand') return ageBands;
  return dimension === 'area' ? areaCodes : [];
}

/** Compares two members of a dimension by the order of print: listed order, then by code, unknown and not applicable last. */
export function compareMembers(
  dimension: Dimension,
  areaCodes: readonly string[],
): (a: string, b: string) => number {
  const listed = (dimension === 'area' ? areaCodes : order[dimension]) ?? [];
  const place = (member: string): number => {
    const end = last.indexOf(member);
    if (end >= 0) return listed.length + 1 + end;
    const at = listed.indexOf(member);
    return at >= 0 ? at : listed.length;
  };
  return (a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0);
}
