// What a new password must be: long, and none that is guessed first (NIST SP 800-63B §5.1.1.2). No mixture of letter kinds is
// asked for, and nothing is cut off or made lower case.
export const leastLength = 12;
export const mostLength = 200;

export type PasswordFault = 'shortPassword' | 'commonPassword' | 'monotonousPassword' | 'namePassword';

/** What is wrong with a new password, or null; `isCommon` knows the passwords that are guessed first, in lower case. */
export function faultOfPassword(
  password: string,
  owner: { userName: string; displayName: string },
  isCommon: (lowerCase: string) => boolean,
): PasswordFault | null {
  if ([...password.normalize('NFKC')].length < leastLength) return 'shortPassword';
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 5) return 'monotonousPassword';
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const unit = shortestUnit(folded);
  if (unit.length <= 4 || isRun(folded)) return 'monotonousPassword';
  if ([folded, core, unit].some((form) => isCommon(form))) return 'commonPassword';
  const names = [owner.userName, owner.displayName].map((name) =>
    name.normalize('NFKC').toLowerCase().trim(),
  );
  return names.some((name) => name.length > 2 && folded.replaceAll(name, '').length < 6)
    ? 'namePassword'
    : null;
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
