// MongoDB's regular expressions (PCRE) as JavaScript ones: what every product writes. The rest is refused by name.

import { createContext, Script } from 'node:vm';
import { QueryError, unsupported } from '../errors.ts';

/** Whether a pattern finds something in a text; 115 where that takes longer than all others can wait. */
type Finder = (text: string) => boolean;

const compiled = new Map<string, Finder>();
const MOST_BYTES = 32_764;
const MOST_STEPS = 1e6;
const MOST_MS = 500;

/** Finds what PCRE finds with these options (i, m, s, u); 51108 for others, 51091 for a bad pattern. */
export function compilePattern(pattern: string, options: string): Finder {
  const id = `${options}/${pattern}`;
  const known = compiled.get(id);
  if (known !== undefined) return known;
  const flags = new Set(options);
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw new QueryError(51108, `invalid flag in regex options: ${flag}`);
  }
  if (flags.has('x')) throw unsupported('The option x of $regex');
  if (pattern.includes('\0'))
    throw new QueryError(51109, 'Regular expression cannot contain an embedded null byte');
  if (Buffer.byteLength(pattern) > MOST_BYTES) throw new QueryError(2, 'Regular expression is too long');
  const tokens = pattern.match(TOKENS) ?? [];
  const source = tokens.map((token) => translated(token, flags)).join('');
  if (compiled.size >= 500) compiled.clear();
  try {
    const finds = watched(pattern, new RegExp(source, flags.has('i') ? 'iu' : 'u'), choices(tokens));
    compiled.set(id, finds);
    return finds;
  } catch {
    throw new QueryError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

// A search may take as many steps as the length of the text to the power of its choices: past a million it runs under a clock,
// which costs it a tenth of a millisecond.
function watched(pattern: string, regexp: RegExp, power: number): Finder {
  return (text) => {
    if ((text.length + 1) ** power <= MOST_STEPS) return regexp.test(text);
    try {
      Object.assign(SEARCHED, { regexp, text });
      return SEARCH.runInContext(SEARCHED, { timeout: MOST_MS }) as boolean;
    } catch {
      throw unsupported(`A $regex that takes over ${MOST_MS} ms on one text, /${pattern}/,`);
    }
  };
}

const SEARCHED = createContext();
const SEARCH = new Script('regexp.test(text)');

// Where to begin, how often to repeat, which branch to take; a repeated group multiplies what is in it without end.
function choices(tokens: readonly string[]): number {
  const isChoice = (token: string): boolean => /^(?:[*+?|]|\{\d)/.test(token);
  const repeats = tokens.some(
    (token, at) => tokens[at - 1] === ')' && /^[*+{]/.test(token) && isChoice(token),
  );
  return repeats ? Infinity : tokens.filter(isChoice).length + 1;
}

// An escape, a class, a group's beginning, a quantifier, or one character.
const TOKENS =
  /\\[^]|\[\^?\]?(?:\\[^]|\[:\w+:\]|[^\]\\])*\]|\((?:\?:|[?*][^]?)?|(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?|[^]/gu;

const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: ' \\t\\n\\v\\f\\r',
};

function translated(token: string, flags: ReadonlySet<string>): string {
  switch (token) {
    case '.':
      return flags.has('s') ? '[^]' : '[^\\n]';
    case '^':
      return flags.has('m') ? '(?:^|(?<=\\n)(?=[^]))' : '^';
    case '$':
      return flags.has('m') ? '(?=\\n|$)' : '(?=\\n?$)';
    case '(?:':
      return token;
    case '{':
    case '}':
    case ']':
      return `\\${token}`;
  }
  if (token.startsWith('\\') && token.length > 1) return escaped(token, false);
  if (token.startsWith('[') && token.length > 1) return classOf(token);
  if (/^\([?*]/.test(token)) throw unsupported(`The group ${token} in $regex`);
  if (/^.+\+$/.test(token)) throw unsupported('A possessive quantifier in $regex');
  return token;
}

function escaped(token: string, inClass: boolean): string {
  const char = token.slice(1);
  if (/[^A-Za-z0-9]/.test(char)) return `\\u{${char.codePointAt(0)!.toString(16)}}`;
  const members = CLASSES[char.toLowerCase()];
  if (members !== undefined && char !== char.toUpperCase()) return inClass ? members : `[${members}]`;
  if (members === undefined || inClass) throw unsupported(`The escape ${token} in $regex`);
  return `[^${members}]`;
}

function classOf(token: string): string {
  const [, start, body] = /^(\[\^?)([^]*)\]$/.exec(token)!;
  if (body === '') throw new QueryError(51091, 'Regular expression is invalid: missing terminating ]');
  if (/\[:\w+:\]|\\[dws]-[^]|-\\[dws]/.test(body!)) throw unsupported(`The class ${token} in $regex`);
  const members = body!.replace(/^\]|\\[^]|\[/gu, (part) =>
    part.length > 1 ? escaped(part, true) : `\\${part}`,
  );
  return `${start!}${members}]`;
}
