// The unified social credit code of GB 32100; places 9 to 17 are the organisation code of GB 11714 with a check of its own.
import { type Failure, failed } from '../shared/problem.ts';
import { compactNumber, isScientific } from '../shared/typed-text.ts';

/** A right code, or one whose check fails: real firms hold such codes, so it is taken with a confirmed reason (domain 3.5). */
export interface CreditCodeFacts {
  readonly ok: true | 'needs-reason';
  readonly code: string;
  /** Wording key of what is to be confirmed, null when nothing is. */
  readonly doubt: 'creditCodes.checkCharacter' | 'creditCodes.organisationPart' | null;
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const authorities = '123456789ANY';

/** Without spaces, hyphens and apostrophes, full width made half, upper case; look-alike letters are never replaced. */
export function normaliseCreditCode(typed: string): string {
  return compactNumber(typed)
    .replace(/[-‐-―−]/g, '')
    .toUpperCase();
}

/** The code, 'needs-reason' when a check character differs, or a failure of its format (which nothing overrides). */
export function checkCreditCode(typed: string): CreditCodeFacts | Failure {
  const code = normaliseCreditCode(typed);
  if (code === '') return failed('creditCodes.empty');
  if (isScientific(code)) return failed('creditCodes.scientific', { shown: code });
  if ([...code].length !== 18) return failed('creditCodes.length', { length: [...code].length });
  const strange = [...new Set([...code].filter((one) => !alphabet.includes(one)))];
  if (strange.length > 0)
    return failed('creditCodes.characters', { characters: strange.slice(0, 5).join(' ') });
  if (!authorities.includes(code[0]!)) return failed('creditCodes.authority', { character: code[0]! });
  if (!/^\d{6}$/.test(code.slice(2, 8))) return failed('creditCodes.division');
  if (creditCheckCharacter(code.slice(0, 17)) !== code[17]) {
    return { ok: 'needs-reason', code, doubt: 'creditCodes.checkCharacter' };
  }
  if (organisationCheckCharacter(code.slice(8, 16)) !== code[16]) {
    return { ok: 'needs-reason', code, doubt: 'creditCodes.organisationPart' };
  }
  return { ok: true, code, doubt: null };
}

/** Place 18 for the first 17. A sum divisible by 31 gives '0', which published code often misses. */
export function creditCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const one of first17) {
    sum += alphabet.indexOf(one) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31]!;
}

/** The ninth place of an organisation code for its first eight (GB 11714): '0' to '9' or 'X'. */
export function organisationCheckCharacter(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  let sum = 0;
  weights.forEach((weight, index) => {
    sum += Number.parseInt(first8[index]!, 36) * weight;
  });
  return '0123456789X'[(11 - (sum % 11)) % 11]!;
}
