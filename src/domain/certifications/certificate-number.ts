// Certificate numbers: 22 places for skill-level certificates (domain 3.1), 16 digits for national qualifications (3.2),
// free text for the rest. There is no check digit, so places are compared with the facts instead.
import type { CertificateKind } from './certificate.ts';
import { skillLevelOf, skillLevelOfDigit } from './skill-levels.ts';

export interface NumberProblem {
  /** A wording key. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly details: Readonly<Record<string, string>>;
}

/** The number as it is compared: full width to half, no spaces or hyphens, upper case; O and 0 are never guessed. */
export function normaliseCertificateNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s'‘’‐-―−-]/g, '')
    .toUpperCase();
}

/** A 22-place number; throws when prefix, level or serial cannot be put into it. */
export function composeCertificateNumber(parts: {
  prefix: string;
  year: number;
  level: string;
  serial: number;
}): string {
  const digit = skillLevelOf(parts.level)?.digit;
  if (!/^[A-Z]\d{12}$/.test(parts.prefix))
    throw new Error('The number prefix has not a letter and 12 digits');
  if (digit === null || digit === undefined) throw new Error(`The level ${parts.level} has no digit`);
  if (!Number.isInteger(parts.serial) || parts.serial < 1 || parts.serial > 999_999)
    throw new Error('The serial is outside 1 to 999999');
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
  return match === null
    ? null
    : { prefix: match[1]!, year: match[2]!, levelCode: match[3]!, serial: match[4]! };
}

export interface NumberFacts {
  readonly skillLevel: string | null;
  readonly issuedOn: string;
  /** The first 13 places as registered for the evaluator, where it is known. */
  readonly prefix?: string | null;
}

/** Problems of a normalised number of the kind against the facts beside it (check C17); empty when there are none. */
export function checkCertificateNumber(
  kind: CertificateKind,
  number: string,
  facts: NumberFacts,
): NumberProblem[] {
  if (kind === 'skill_level') return checkSkillLevelNumber(number, facts);
  if (kind === 'national_qualification') return checkQualificationNumber(number, facts);
  const length = [...number].length;
  return length >= 6 && length <= 32 ? [] : [error('shapeFree', { length: String(length) })];
}

/** Problems of a 22-place number against the facts beside it. */
export function checkSkillLevelNumber(number: string, facts: NumberFacts): NumberProblem[] {
  const parts = parseCertificateNumber(number);
  if (parts === null) return [shapeProblem(number, 'shape22', parseCertificateNumber)];
  const problems: NumberProblem[] = [];
  if (levelDiffers(parts.levelCode, facts.skillLevel))
    problems.push(levelProblem(parts.levelCode, facts.skillLevel));
  if (!/^[YS]/.test(number)) problems.push(warning('unknownClass', { letter: number[0]! }));
  if (parts.year !== facts.issuedOn.slice(2, 4))
    problems.push(warning('yearDiffers', { inNumber: parts.year, issued: facts.issuedOn.slice(0, 4) }));
  if (facts.prefix && parts.prefix !== facts.prefix)
    problems.push(warning('prefixDiffers', { prefix: facts.prefix }));
  return problems;
}

/** Problems of a 16-digit national qualification number: place 11 is the level, 1 and 2 the year. */
export function checkQualificationNumber(number: string, facts: NumberFacts): NumberProblem[] {
  const isQualification = (text: string) => (/^\d{16}$/.test(text) ? text : null);
  if (isQualification(number) === null) return [shapeProblem(number, 'shape16', isQualification)];
  // Shanghai prints 13 digits of its own behind 000: no place of them means anything here.
  if (number.startsWith('000')) return [];
  const problems: NumberProblem[] = [];
  if (levelDiffers(number[10]!, facts.skillLevel)) problems.push(levelProblem(number[10]!, facts.skillLevel));
  if (number.slice(0, 2) !== facts.issuedOn.slice(2, 4))
    problems.push(
      warning('yearDiffers', { inNumber: number.slice(0, 2), issued: facts.issuedOn.slice(0, 4) }),
    );
  return problems;
}

/** Whether the number is an identity number, alone or behind the T of a special-operation certificate: never kept in clear. */
export function holdsIdentityNumber(number: string): boolean {
  return /^T?\d{17}[\dX]$/.test(number);
}

/** Place 16 is a letter above 一级; only digits are compared. */
function levelDiffers(levelCode: string, skillLevel: string | null): boolean {
  if (!/\d/.test(levelCode) || skillLevel === null) return false;
  return skillLevelOfDigit(levelCode)?.code !== skillLevel;
}

function levelProblem(inNumber: string, skillLevel: string | null): NumberProblem {
  return error('levelDiffers', { inNumber, chosen: skillLevelOf(skillLevel)?.digit ?? '—' });
}

/** A letter O or I where a digit belongs is named, never replaced: only the paper can tell. */
function shapeProblem(number: string, name: string, parse: (text: string) => unknown): NumberProblem {
  const guess = (number[0] ?? '') + number.slice(1).replace(/O/g, '0').replace(/[IL]/g, '1');
  const alike = parse(guess) !== null || parse(guess.replace(/^O/, '0').replace(/^[IL]/, '1')) !== null;
  if (alike) return error('lookalike', { letters: [...new Set(number.match(/[OIL]/g))].join(' ') });
  return error(name, { length: String([...number].length) });
}

function error(name: string, details: NumberProblem['details']): NumberProblem {
  return { code: `certificates.number.${name}`, severity: 'error', details };
}

function warning(name: string, details: NumberProblem['details']): NumberProblem {
  return { code: `certificates.number.${name}`, severity: 'warning', details };
}
