// The identity documents a person may be known by (domain 3.4), each with the shape its numbers have.
import { type CalendarDay, isCalendarDay } from '../shared/calendar-day.ts';
import { type Failure, failed, type Problem } from '../shared/problem.ts';
import { type Term, termTyped } from '../shared/term.ts';
import { compactNumber, isScientific } from '../shared/typed-text.ts';
import type { Gender } from './gender.ts';
import { birthFactsOf, checkIdNumber, idCheckCharacter } from './id-number.ts';

export type DocumentType =
  | 'resident_identity_card'
  | 'hk_macao_permit'
  | 'taiwan_permit'
  | 'hk_macao_taiwan_residence_permit'
  | 'foreign_permanent_resident_card'
  | 'passport'
  | 'military_officer_card';

export const documentTypes: readonly Term<DocumentType>[] = [
  {
    code: 'resident_identity_card',
    zh: '居民身份证',
    en: 'Resident identity card',
    also: ['身份证', '二代身份证', '公民身份证', '中华人民共和国居民身份证', 'id card'],
  },
  {
    code: 'hk_macao_permit',
    zh: '港澳居民来往内地通行证',
    en: 'Mainland travel permit for Hong Kong and Macao residents',
    also: ['港澳通行证', '回乡证', '港澳居民通行证'],
  },
  {
    code: 'taiwan_permit',
    zh: '台湾居民来往大陆通行证',
    en: 'Mainland travel permit for Taiwan residents',
    also: ['台胞证', '台湾通行证', '台湾居民通行证'],
  },
  {
    code: 'hk_macao_taiwan_residence_permit',
    zh: '港澳台居民居住证',
    en: 'Residence permit for Hong Kong, Macao and Taiwan residents',
    also: ['港澳居民居住证', '台湾居民居住证', '居住证'],
  },
  {
    code: 'foreign_permanent_resident_card',
    zh: '外国人永久居留身份证',
    en: 'Foreign permanent resident identity card',
    also: ['外国人永久居留证', '永久居留身份证'],
  },
  { code: 'passport', zh: '护照', en: 'Passport', also: ['外国护照', '中国护照', '普通护照'] },
  {
    code: 'military_officer_card',
    zh: '军官证',
    en: 'Military officer card',
    also: ['军人证', '士官证', '文职干部证'],
  },
];

export interface DocumentFacts {
  readonly ok: true;
  /** The normalised number: what is stored, hashed and compared. */
  readonly number: string;
  /** Known from the number itself, else null. */
  readonly birthDay: CalendarDay | null;
  readonly gender: Gender | null;
  /** For information, never a reason to refuse. */
  readonly warnings: readonly Problem[];
}

/** The document type meant by what was typed, or null. */
export function documentTypeTyped(typed: string): DocumentType | null {
  return termTyped(documentTypes, typed);
}

/** The number as stored: no spaces, apostrophes, hyphens or brackets, full width made half, upper case. */
export function normaliseDocumentNumber(typed: string): string {
  return compactNumber(typed)
    .replace(/[-‐-―−()]/g, '')
    .toUpperCase();
}

/** What a document's number says, or the one reason why it cannot be right; `history` lets 15-digit identity numbers in. */
export function checkDocumentNumber(
  type: DocumentType,
  typed: string,
  today: CalendarDay,
  options: { history?: boolean } = {},
): DocumentFacts | Failure {
  if (type === 'resident_identity_card') return checkIdNumber(typed, today, options);
  const number = normaliseDocumentNumber(typed);
  if (number === '') return failed('identity.documentNumber.empty');
  if (isScientific(number)) return failed('identity.idNumber.scientific', { shown: number });
  return checks[type](number, today);
}

type Check = (number: string, today: CalendarDay) => DocumentFacts | Failure;

const checks: Record<Exclude<DocumentType, 'resident_identity_card'>, Check> = {
  // H or M and eight digits; permits of before 2013 add two digits for the number of renewals.
  hk_macao_permit: shape(/^[HM]\d{8}(\d{2})?$/, 'identity.documentNumber.hkMacaoPermit'),
  // Eight digits on a card; ten digits and often a letter in the booklets before it.
  taiwan_permit: shape(/^(\d{8}|\d{10}[A-Z]?)$/, 'identity.documentNumber.taiwanPermit'),
  hk_macao_taiwan_residence_permit(number, today) {
    const code = 'identity.documentNumber.residencePermit';
    if (!/^8[123]\d{15}[\dX]$/.test(number)) return failed(code);
    const facts = checkIdNumber(number, today);
    return facts.ok ? { ...facts, warnings: [] } : facts;
  },
  // Fifteen places until 2023; since then 18, beginning with 9 and built like an identity number.
  foreign_permanent_resident_card(number, today) {
    if (/^[A-Z]{3}\d{12}$/.test(number)) return plain(number);
    if (!/^9\d{16}[\dX]$/.test(number)) return failed('identity.documentNumber.residentCard');
    const { birthDay, gender } = birthFactsOf(number);
    if (!isCalendarDay(birthDay)) return failed('identity.idNumber.noSuchDate', { date: birthDay });
    if (birthDay > today) return failed('identity.idNumber.future', { date: birthDay });
    const right = idCheckCharacter(number.slice(0, 17)) === number[17];
    return right ? { ...plain(number), birthDay, gender } : failed('identity.idNumber.checkCharacter');
  },
  passport: shape(/^(?=.*\d)[A-Z0-9]{5,15}$/, 'identity.documentNumber.passport'),
  // 军字第1234567号, with another word of one to four characters before 字, or the digits alone.
  military_officer_card: shape(
    /^(\p{Script=Han}{1,4}字)?第?[A-Z0-9]{4,10}号?$/u,
    'identity.documentNumber.officerCard',
  ),
};

function shape(pattern: RegExp, code: string): Check {
  return (number) => (pattern.test(number) ? plain(number) : failed(code));
}

function plain(number: string): DocumentFacts {
  return { ok: true, number, birthDay: null, gender: null, warnings: [] };
}
