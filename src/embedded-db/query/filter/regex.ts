// MongoDB's regular expressions (PCRE) as JavaScript ones: what every product writes. The rest is refused by name.

import { QueryError, unsupported } from '../errors.ts';

const compiled = new Map<string, RegExp>();

/** The RegExp that finds what PCRE finds with these options (i, m, s, u); 51108 for others, 51091 for a bad pattern. */
export function compilePattern(pattern: string, options: string): RegExp {
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
  const source = pattern.replace(TOKENS, (token) => translated(token, flags));
  if (compiled.size >= 500) compiled.clear();
  try {
    const regexp = new RegExp(source, flags.has('i') ? 'iu' : 'u');
    compiled.set(id, regexp);
    return regexp;
  } catch {
    throw new QueryError(51091, `Regular expression is invalid: ${pattern}`);
  }
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
