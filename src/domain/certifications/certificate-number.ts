// Certificate numbers: 22 places for skill-level certificates (domain 3.1), 16 digits for national qualifications (3.2),
// free text for the rest. There is no check digit, so places are compared with the facts instead.
import { skillLevelOf, skillLevelOfDigit } from './skill-levels.ts';

export interface NumberProblem {
  /** A wording key. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly details: Readonly<Record<string, string>>;
}

/** The number as it is compared: full width to half, no spaces or hyphens, upper case; O and 0 are never guessed. */
export function normaliseCertificateNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\u00a0\u3000'‐-―-]/g, '').toUpperCase();
}

/** A 22-place number; throws when prefix, level or serial cannot be put into it. */
export function composeCertificateNumber(parts: { prefix: string; year: number; level: string; serial: number }): string {
  const digit = skillLevelOf(parts.level)?.digit;
  if (!/^[A-Z]\d{12}$/.test(parts.prefix)) throw new Error('The number prefix has not a letter and 12 digits');
  if (digit === null || digit === undefined) throw new Error(`The level ${parts.level} has no digit`);
  if (!Number.isInteger(parts.serial) || parts.serial < 1 || parts.serial > 999_999) throw new Error('The serial is outside 1 to 999999');
  return `${parts.prefix}${String(parts.year % 100).padStart(2, '0')}${digit}${String(parts.serial).padStart(6, '0')}`;
}

export interface NumberParts {
  readonly prefix: string;
  readonly year: string;
  readonly levelCode: string;
  readonly serial: string;
}

/** The parts of a 22-place number (top levels have a letter at place 16), or null when it has another shape. */
export function parseCertificateNumber(number: string): NumberParts | null {
  const match = /^([A-Z]\d{12})(\d{2})([1-5A-Z])(\d{6})$/.exec(number);
  return match === null ? null : { prefix: match[1]!, year: match[2]!, levelCode: match[3]!, serial: match[4]! };
}

/** Problems of a skill-level number against the facts beside it (check C17). */
export function checkSkillLevelNumber(number: string, facts: { skillLevel: string | null; issuedOn: string; prefix?: string | null }): NumberProblem[] {
  const parts = parseCertificateNumber(number);
  if (parts === null) return [{ code: 'certificates.number.shape22', severity: 'error', details: { length: String([...number].length) } }];
  const problems: NumberProblem[] = [];
  const level = skillLevelOfDigit(parts.levelCode);
  if (/\d/.test(parts.levelCode) && facts.skillLevel !== null && level?.code !== facts.skillLevel) {
    problems.push({ code: 'certificates.number.levelDiffers', severity: 'error', details: { inNumber: level?.zh ?? parts.levelCode, chosen: skillLevelOf(facts.skillLevel)?.zh ?? facts.skillLevel } });
  }
  if (!/^[YS]/.test(number)) problems.push({ code: 'certificates.number.unknownClass', severity: 'warning', details: { letter: number[0]! } });
  if (parts.year !== facts.issuedOn.slice(2, 4)) problems.push({ code: 'certificates.number.yearDiffers', severity: 'warning', details: { inNumber: parts.year, issued: facts.issuedOn.slice(0, 4) } });
  if (facts.prefix && parts.prefix !== facts.prefix) problems.push({ code: 'certificates.number.prefixDiffers', severity: 'warning', details: { prefix: facts.prefix } });
  return problems;
}

/** Problems of a 16-digit national qualification number; place 11 is the level. */
export function checkQualificationNumber(number: string, facts: { skillLevel: string | null }): NumberProblem[] {
  if (!/^\d{16}$/.test(number)) return [{ code: 'certificates.number.shape16', severity: 'error', details: { length: String([...number].length) } }];
  const level = skillLevelOfDigit(number[10]!);
  if (number.startsWith('000') || facts.skillLevel === null || level?.code === facts.skillLevel) return [];
  return [{ code: 'certificates.number.levelDiffers', severity: 'error', details: { inNumber: level?.zh ?? number[10]!, chosen: skillLevelOf(facts.skillLevel)?.zh ?? facts.skillLevel } }];
}
