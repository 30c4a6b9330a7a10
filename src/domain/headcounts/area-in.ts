// The areas of a year are one partition: every row is in one of them, outside, or not known, and none is dropped.
import { notApplicable, outside, type Member } from './dimensions.ts';

/** The area as a member of the partition: itself, 'outside' for another, null where it is not known. */
export function areaIn(areas: ReadonlySet<string>, code: Member): Member {
  return code === null || code === notApplicable || areas.has(code) ? code : outside;
}
