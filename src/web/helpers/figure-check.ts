// {{figureCheck label unit definition}}: a number is value + unit + definition, or it is not shown at all (pages.md §1.2).
import { isUnit } from '../formatting/format-unit.ts';

/** Draws nothing; throws naming the figure when its unit or definition is not given. */
export function figureCheck(label: unknown, unit: unknown, definition: unknown): string {
  if (!isUnit(unit)) throw new Error(`The figure "${String(label)}" has no unit.`);
  if (typeof definition !== 'string' || definition.trim() === '') {
    throw new Error(`The figure "${String(label)}" has no definition.`);
  }
  return '';
}
