// Gender as documents state it.
import { type Term, termTyped } from '../shared/term.ts';

export type Gender = 'male' | 'female';

export const genders: readonly Term<Gender>[] = [
  { code: 'male', zh: '男', en: 'Male', also: ['m', '男性'] },
  { code: 'female', zh: '女', en: 'Female', also: ['f', '女性'] },
];

/** The gender meant by what was typed, or null. */
export function genderTyped(typed: string): Gender | null {
  return termTyped(genders, typed);
}
