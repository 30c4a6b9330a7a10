// The resident identity number of GB 11643: division, birth day, sequence whose last digit tells the gender, check character.
import { ageOn, type CalendarDay, isCalendarDay } from '../shared/calendar-day.ts';
import { type Failure, failed, type Problem } from '../shared/problem.ts';
import { compactNumber, isScientific } from '../shared/typed-text.ts';
import type { Gender } from './gender.ts';
import { isKnownDivision } from './known-divisions.ts';

export interface IdNumberFacts {
  readonly ok: true;
  readonly number: string;
  readonly birthDay: CalendarDay;
  readonly gender: Gender;
  /** For information: a division not in the tables, a number converted from 15 digits. */
  readonly warnings: readonly Problem[];
}

const oldestAge = 120;

/** Without spaces, apostrophes, tabs and invisible characters, full width made half, x made X. */
export function normaliseIdNumber(typed: string): string {
  return compactNumber(typed).toUpperCase();
}

/**
 * What an 18-place number says of its holder, or the one reason why it cannot be right (domain 3.4). 15-digit numbers are
 * converted when `history` is set and refused otherwise. The division is never a reason: old codes stay for life.
 */
export function checkIdNumber(
  typed: string,
  today: CalendarDay,
  options: { history?: boolean } = {},
): IdNumberFacts | Failure {
  const number = normaliseIdNumber(typed);
  if (number === '') return failed('identity.idNumber.empty');
  if (isScientific(number)) return failed('identity.idNumber.scientific', { shown: number });
  if (/^\d{15}$/.test(number))
    return options.history ? convert(number, today) : failed('identity.idNumber.fifteenDigits');
  const length = [...number].length;
  if (length !== 18) return failed('identity.idNumber.length', { length });
  const strange = strangeCharacters(number);
  if (strange !== '') return failed('identity.idNumber.characters', { characters: strange });
  return judge(number, today);
}

/** The check character of 17 digits by ISO 7064 MOD 11-2: '0' to '9' or 'X'. */
export function idCheckCharacter(first17: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(first17[index]) * (2 ** (17 - index) % 11);
  return '10X98765432'[sum % 11]!;
}

/** Where the number differs from a birth day and gender typed beside it; both are compared when given. */
export function crossCheckIdNumber(
  number: Pick<IdNumberFacts, 'birthDay' | 'gender'>,
  typed: { birthDay?: CalendarDay | null; gender?: Gender | null },
): Problem[] {
  const problems: Problem[] = [];
  if (typed.birthDay && typed.birthDay !== number.birthDay) {
    problems.push({
      code: 'identity.birthDayDiffers',
      details: { typed: typed.birthDay, inNumber: number.birthDay },
    });
  }
  if (typed.gender && typed.gender !== number.gender) {
    problems.push({
      code: number.gender === 'male' ? 'identity.numberSaysMale' : 'identity.numberSaysFemale',
      details: {},
    });
  }
  return problems;
}

/** Birth day and gender of any 18-place number built as GB 11643 builds it (date at 7 to 14, gender at 17). */
export function birthFactsOf(number: string): { birthDay: string; gender: Gender } {
  const birthDay = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return { birthDay, gender: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}

function judge(
  number: string,
  today: CalendarDay,
  warnings: readonly Problem[] = [],
): IdNumberFacts | Failure {
  const { birthDay, gender } = birthFactsOf(number);
  const unborn = checkBirthDay(birthDay, today);
  if (unborn !== null) return unborn;
  if (idCheckCharacter(number.slice(0, 17)) !== number[17]) {
    // A spreadsheet keeps 15 digits and fills up with zeros.
    return failed(
      number.endsWith('000') ? 'identity.idNumber.cutByExcel' : 'identity.idNumber.checkCharacter',
    );
  }
  return { ok: true, number, birthDay, gender, warnings: [...warnings, ...doubts(number)] };
}

function checkBirthDay(birthDay: string, today: CalendarDay): Failure | null {
  if (!isCalendarDay(birthDay)) return failed('identity.idNumber.noSuchDate', { date: birthDay });
  if (birthDay > today) return failed('identity.idNumber.future', { date: birthDay });
  if (ageOn(birthDay, today) > oldestAge) {
    return failed('identity.idNumber.tooOld', { date: birthDay, years: oldestAge });
  }
  return null;
}

function convert(old: string, today: CalendarDay): IdNumberFacts | Failure {
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`;
  const converted = { code: 'identity.idNumber.convertedFrom15', details: {} };
  return judge(first17 + idCheckCharacter(first17), today, [converted]);
}

function doubts(number: string): Problem[] {
  if (/^8[123]0000/.test(number)) return [{ code: 'identity.idNumber.residencePermit', details: {} }];
  const division = number.slice(0, 6);
  return isKnownDivision(division)
    ? []
    : [{ code: 'identity.idNumber.divisionUnknown', details: { division } }];
}

function strangeCharacters(number: string): string {
  const strange = [...number].filter((one, index) => !/\d/.test(one) && !(one === 'X' && index === 17));
  return [...new Set(strange)].slice(0, 5).join(' ');
}
