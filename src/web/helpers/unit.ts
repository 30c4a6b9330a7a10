// {{unit "personTimes"}} 人次 / person-times; {{unit "persons" total}} takes the English singular at 1.
import { formatUnit, isUnit } from '../formatting/format-unit.ts';
import type { HelperOptions } from './helper-tools.ts';
import { frameOf, refuse } from './helper-tools.ts';

/** The unit's word in the page's language. */
export function unit(name: unknown, ...rest: [HelperOptions] | [unknown, HelperOptions]): string {
  if (!isUnit(name)) refuse('unit', name);
  const options = rest[rest.length - 1] as HelperOptions;
  return formatUnit(frameOf(options).lang, name, rest[0] === 1 ? 1 : undefined);
}
