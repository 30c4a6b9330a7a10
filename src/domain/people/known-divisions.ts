// Division codes an identity number may begin with, as far as they can be told here: every province, and within Suzhou
// each county-level code of past and present. They only ever lead to a remark (domain 3.4).

const provinces =
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  );

/** 3205 and two more: districts of the city, the suburb, the counties and county-level cities before and after 1983. */
const suzhou = '00 01 02 03 04 05 06 07 08 09 11 20 21 22 23 24 25 76 81 82 83 84 85 86'.split(' ');

/** Whether a six-digit division lies in a known province and, within Suzhou, is a known code. */
export function isKnownDivision(division: string): boolean {
  if (!provinces.includes(division.slice(0, 2))) return false;
  return !division.startsWith('3205') || suzhou.includes(division.slice(4));
}
