// Telephone numbers (domain 3.8). Lists of segments in use go stale, so only the shape is checked.
import { type Failure, failed } from '../shared/problem.ts';
import { compactNumber, isScientific } from '../shared/typed-text.ts';

/** The eleven digits of a mobile, without +86, spaces and hyphens, or why it cannot be one. */
export function checkMobile(typed: string): { ok: true; number: string } | Failure {
  const text = compactNumber(typed).replace(/[-‐-―−()]/g, '');
  if (text === '') return failed('identity.mobile.empty');
  if (isScientific(text)) return failed('identity.mobile.scientific', { shown: text });
  const number = text.replace(/^(\+86|0086|86(?=1\d{10}$))/, '');
  return /^1[3-9]\d{9}$/.test(number)
    ? { ok: true, number }
    : failed('identity.mobile.shape', { length: number.length });
}

/** A landline such as 0512-12345678-9 with its hyphens, or why it cannot be one. */
export function checkLandline(typed: string): { ok: true; number: string } | Failure {
  const number = compactNumber(typed).replace(/[‐-―−]/g, '-');
  return /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/.test(number)
    ? { ok: true, number }
    : failed('identity.landline.shape');
}
