// What a new password must be: long, and none that is guessed first (NIST SP 800-63B §5.1.1.2). No mixture of letter kinds is
// asked for, and nothing is cut off or made lower case.
export const leastLength = 12;
export const mostLength = 200;

export type PasswordFault =
  'shortPassword' | 'commonPassword' | 'monotonousPassword' | 'namePassword' | 'placePassword';

/** As many characters must be left when names or words of the place are taken out. */
const leastOwn = 6;

/**
 * What is wrong with a new password, or null. `isCommon` knows the passwords that are guessed first, in lower case;
 * `words` are those of this place, the longest first.
 */
export function faultOfPassword(
  password: string,
  owner: { userName: string; displayName: string },
  isCommon: (lowerCase: string) => boolean,
  words: readonly string[],
): PasswordFault | null {
  if ([...password.normalize('NFKC')].length < leastLength) return 'shortPassword';
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 5) return 'monotonousPassword';
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const unit = shortestUnit(folded);
  if (unit.length <= 4 || isRun(folded)) return 'monotonousPassword';
  if ([folded, core, unit].some((form) => isCommon(form))) return 'commonPassword';
  const names = [owner.userName, owner.displayName]
    .map((name) => name.normalize('NFKC').toLowerCase().trim())
    .filter((name) => name.length > 2);
  if (names.some((name) => isMostly(folded, [name]))) return 'namePassword';
  return isMostly(folded, [...names, ...words]) ? 'placePassword' : null;
}

/** Whether a text that holds one of the words has little else. */
function isMostly(text: string, words: readonly string[]): boolean {
  const held = words.filter((word) => text.includes(word));
  return held.length > 0 && held.reduce((left, word) => left.replaceAll(word, ''), text).length < leastOwn;
}

/** The shortest text that, repeated, gives the whole. */
function shortestUnit(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

/** Whether each character follows the one before in Unicode, up or down, as 123456789 or zyxwvut do. */
function isRun(text: string): boolean {
  const points = [...text].map((letter) => letter.codePointAt(0)!);
  const steps = points.slice(1).map((point, index) => point - points[index]!);
  return steps.filter((step) => Math.abs(step) === 1).length >= steps.length - 1;
}
