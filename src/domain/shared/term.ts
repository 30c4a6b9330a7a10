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
  const key = keyOf(typed);
  const found = terms.find(({ code, zh, en, also }) =>
    [code, zh, en, ...also].some((word) => keyOf(word) === key),
  );
  return found?.code ?? null;
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
