// MongoDB's regular expressions (PCRE) as JavaScript ones; what JavaScript cannot say the same way is refused.

import { QueryError, unsupported } from '../errors.ts';

const compiled = new Map<string, RegExp>();

/** The RegExp that finds what PCRE finds with these options (i, m, s, x, u); 51108 for others, 51091 for a bad pattern. */
export function compilePattern(pattern: string, options: string): RegExp {
  const id = `${options}/${pattern}`;
  const known = compiled.get(id);
  if (known !== undefined) return known;
  const flags = new Set(options);
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw new QueryError(51108, `invalid flag in regex options: ${flag}`);
  }
  if (pattern.includes('\0'))
    throw new QueryError(51109, 'Regular expression cannot contain an embedded null byte');
  const regexp = build(pattern, flags);
  if (compiled.size >= 500) compiled.clear();
  compiled.set(id, regexp);
  return regexp;
}

function build(pattern: string, flags: Set<string>): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  for (const flag of inline?.[1] ?? '') flags.add(flag);
  const source = translate(pattern.slice(inline?.[0].length ?? 0), flags);
  try {
    return new RegExp(source, flags.has('i') ? 'iu' : 'u');
  } catch {
    throw new QueryError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: ' \\t\\n\\v\\f\\r',
  h: '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  v: '\\n\\v\\f\\r\\x85\\u2028\\u2029',
};
const ESCAPES: Readonly<Record<string, string>> = {
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  e: '\\x1b',
  a: '\\x07',
};
const ANCHORS: Readonly<Record<string, string>> = { b: '\\b', B: '\\B', A: '^', z: '$', Z: '(?=\\n?$)' };
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\v\\f\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: 'A-Fa-f0-9',
  word: 'A-Za-z0-9_',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/** A token of the pattern: where it ends and what JavaScript writes for it. */
interface Token {
  next: number;
  text: string;
}

function translate(pattern: string, flags: ReadonlySet<string>): string {
  let text = '';
  let at = 0;
  while (at < pattern.length) {
    const token = translateAt(pattern, at, flags);
    text += token.text;
    at = token.next;
  }
  return text;
}

function translateAt(pattern: string, at: number, flags: ReadonlySet<string>): Token {
  const char = String.fromCodePoint(pattern.codePointAt(at)!);
  const next = at + char.length;
  switch (char) {
    case '\\':
      return escapeAt(pattern, at, false);
    case '[':
      return classAt(pattern, at);
    case '(':
      return groupAt(pattern, at);
    case '.':
      return { next, text: flags.has('s') ? '[\\s\\S]' : '[^\\n]' };
    case '^':
      return { next, text: flags.has('m') ? '(?:^|(?<=\\n)(?=[\\s\\S]))' : '^' };
    case '$':
      return { next, text: flags.has('m') ? '(?=\\n|$)' : '(?=\\n?$)' };
    case '*':
    case '+':
    case '?':
    case '{':
      return quantifierAt(pattern, at);
    case '}':
    case ']':
      return { next, text: `\\${char}` };
    default:
      if (!flags.has('x')) return { next, text: char };
      if (/\s/.test(char)) return { next, text: '' };
      if (char !== '#') return { next, text: char };
      return { next: (pattern.indexOf('\n', at) + 1 || pattern.length + 1) as number, text: '' };
  }
}

function quantifierAt(pattern: string, at: number): Token {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(pattern.slice(at));
  if (found === null) return { next: at + 1, text: '\\{' };
  const next = at + found[0].length;
  if (pattern[next] === '+') throw unsupported('A possessive quantifier in $regex');
  return pattern[next] === '?' ? { next: next + 1, text: `${found[0]}?` } : { next, text: found[0] };
}

function groupAt(pattern: string, at: number): Token {
  const rest = pattern.slice(at);
  if (rest.startsWith('(*')) throw unsupported('A verb such as (*UTF8) in $regex');
  if (!rest.startsWith('(?')) return { next: at + 1, text: '(' };
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment !== null) return { next: at + comment[0].length, text: '' };
  const plain = /^\(\?(?::|=|!|<=|<!)/.exec(rest);
  if (plain !== null) return { next: at + plain[0].length, text: plain[0] };
  const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
  if (named === null) throw unsupported(`The group ${rest.slice(0, 4)} in $regex`);
  return { next: at + named[0].length, text: `(?<${named[1] ?? named[2]!}>` };
}

function escapeAt(pattern: string, at: number, inClass: boolean): Token {
  if (at + 1 >= pattern.length)
    throw new QueryError(51091, 'Regular expression is invalid: \\ at end of pattern');
  const char = String.fromCodePoint(pattern.codePointAt(at + 1)!);
  const next = at + 1 + char.length;
  const lower = char.toLowerCase();
  if (Object.hasOwn(CLASSES, lower)) {
    if (lower === char) return { next, text: inClass ? CLASSES[lower]! : `[${CLASSES[lower]!}]` };
    if (inClass) return { next, text: negatedInClass(char) };
    return { next, text: `[^${CLASSES[lower]!}]` };
  }
  if (Object.hasOwn(ESCAPES, char)) return { next, text: ESCAPES[char]! };
  if (!inClass && Object.hasOwn(ANCHORS, char)) return { next, text: ANCHORS[char]! };
  if (inClass && char === 'b') return { next, text: '\\x08' };
  if (!/[A-Za-z0-9]/.test(char)) return { next, text: literal(char) };
  return longEscapeAt(pattern, at, inClass);
}

function negatedInClass(char: string): string {
  if (char === 'D') return '\\D';
  if (char === 'W') return '\\W';
  throw unsupported(`\\${char} inside a class in $regex`);
}

function longEscapeAt(pattern: string, at: number, inClass: boolean): Token {
  const rest = pattern.slice(at);
  const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{1,2}))/.exec(rest);
  if (hex !== null) return { next: at + hex[0].length, text: `\\u{${hex[1] ?? hex[2]!}}` };
  const property = /^\\([pP])(?:\{(\^?)([A-Za-z_]+)\}|([A-Z]))/.exec(rest);
  if (property !== null) return { next: at + property[0].length, text: propertyText(property) };
  const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
  if (quoted !== null && !inClass) {
    return { next: at + quoted[0].length, text: [...quoted[1]!].map(literal).join('') };
  }
  const reference = /^\\(?:([1-9])(?!\d)|k<([A-Za-z_]\w*)>)/.exec(rest);
  if (reference !== null && !inClass) return { next: at + reference[0].length, text: reference[0] };
  throw unsupported(`The escape ${rest.slice(0, 2)} in $regex`);
}

function propertyText(found: RegExpExecArray): string {
  const name = found[3] ?? found[4]!;
  const negated = (found[1] === 'P') !== (found[2] === '^');
  return `\\${negated ? 'P' : 'p'}{${name.length <= 2 ? name : `Script=${name}`}}`;
}

function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\u{${char.codePointAt(0)!.toString(16)}}` : char;
}

function classAt(pattern: string, start: number): Token {
  const negated = pattern[start + 1] === '^';
  let at = start + (negated ? 2 : 1);
  let text = negated ? '[^' : '[';
  for (let first = true; at < pattern.length; first = false) {
    const char = String.fromCodePoint(pattern.codePointAt(at)!);
    if (char === ']' && !first) return { next: at + 1, text: `${text}]` };
    const posix = /^\[:(\w+):\]/.exec(pattern.slice(at));
    if (posix !== null && Object.hasOwn(POSIX, posix[1]!)) {
      text += POSIX[posix[1]!]!;
      at += posix[0].length;
    } else if (char === '\\') {
      const token = escapeAt(pattern, at, true);
      text += token.text;
      at = token.next;
    } else {
      text += char === '-' ? dash(pattern, at, first) : literal(char);
      at += char.length;
    }
  }
  throw new QueryError(51091, 'Regular expression is invalid: missing terminating ] for character class');
}

// A dash is a range between two characters, and itself at either end or after a class.
function dash(pattern: string, at: number, first: boolean): string {
  const after = pattern[at + 1];
  const afterClass = /\\[dDwWsShHvV]$/.test(pattern.slice(0, at)) || pattern.slice(0, at).endsWith(':]');
  const beforeClass = /^\\[dDwWsShHvV]/.test(pattern.slice(at + 1));
  return first || after === ']' || afterClass || beforeClass ? '\\-' : '-';
}
