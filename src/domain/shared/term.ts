// A term is one value of a code list with its names; what people write instead of them stands beside it.
import { foldWidth, trimTyped } from './typed-text.ts';

export interface Term<Code extends string = string> {
  readonly code: Code;
  readonly zh: string;
  readonly en: string;
  /** Other words for the same thing, as rosters hold them. */
  readonly also: readonly string[];
}

/** The code meant by what was typed (code, either name, another word; width, case and spaces do not matter), or null. */
export function termTyped<Code extends string>(terms: readonly Term<Code>[], typed: string): Code | null {
  return (codesOf(terms).get(keyOf(typed)) as Code | undefined) ?? null;
}

/** The term of a code, or null. */
export function termOf<Code extends string>(
  terms: readonly Term<Code>[],
  code: string | null,
): Term<Code> | null {
  return terms.find((term) => term.code === code) ?? null;
}

function keyOf(word: string): string {
  return foldWidth(trimTyped(word)).replace(/\s+/g, '').toLowerCase();
}

/** A list's words are folded once: rosters ask for them row by row. */
const known = new WeakMap<readonly Term[], ReadonlyMap<string, string>>();

function codesOf(terms: readonly Term[]): ReadonlyMap<string, string> {
  let codes = known.get(terms);
  if (codes === undefined) {
    const words = terms.flatMap(({ code, zh, en, also }) =>
      [code, zh, en, ...also].map((word) => [keyOf(word), code] as const),
    );
    // Of two terms with the same word the first goes, so the last set must be the first.
    codes = new Map(words.reverse());
    known.set(terms, codes);
  }
  return codes;
}
