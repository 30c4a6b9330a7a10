// A personal name is kept as typed; names are compared by a match key and never without a document number (domain 3.9).
import { type Failure, failed } from '../shared/problem.ts';
import { foldWidth, trimTyped } from '../shared/typed-text.ts';

/** The dots people type between the parts of a name; the full-width full stop is folded before. */
const middleDots = /\s*[·.•‧・･]\s*/g;
/** Characters that stand where another one was lost: private use, replacement character, boxes, question marks. */
const unreadable = /[\ue000-\uf8ff\u{f0000}-\u{10ffff}\ufffd?？□■\p{Cc}]/u;

/** The name as typed (trimmed) with its match key, or why it cannot be one: empty, unreadable character, 2 to 50 characters. */
export function checkPersonName(typed: string): { ok: true; name: string; key: string } | Failure {
  const name = trimTyped(typed);
  if (name === '') return failed('identity.name.empty');
  const character = unreadable.exec(name)?.[0];
  if (character !== undefined) {
    const position = [...name.slice(0, name.indexOf(character))].length + 1;
    return failed('identity.name.unreadable', { character, position });
  }
  const key = personNameKey(name);
  const length = [...key].length;
  if (length < 2 || length > 50) return failed('identity.name.length', { length });
  return { ok: true, name, key };
}

/**
 * What names are compared by: composed (NFC), full width made half, every middle dot one and the same, Latin letters upper
 * case, no spaces between Chinese characters (rosters pad 张　三), one space between words elsewhere.
 */
export function personNameKey(typed: string): string {
  return trimTyped(foldWidth(typed.normalize('NFC')))
    .replace(middleDots, '·')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim()
    .toUpperCase()
    .normalize('NFC');
}
