// (errorFor name given key=): the error message of a field: the one given, else the frame's error of that name in the form of that key, else ''.
import type { HelperOptions } from './helper-tools.ts';
import { frameOf } from './helper-tools.ts';

/** The sentence to show at the field, or '' when it has none. */
export function errorFor(name: string, given: unknown, options: HelperOptions): string {
  if (typeof given === 'string' && given !== '') return given;
  const { errors, form } = frameOf(options);
  if ((form ?? '') !== ((options.hash as { key?: string }).key ?? '')) return '';
  return errors.find((error) => error.field === name)?.message ?? '';
}
