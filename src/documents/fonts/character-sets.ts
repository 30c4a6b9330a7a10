// Sets of characters embedded as they are in many documents; their streams are made once and kept.
import { glyphFor, type FaceId, type Style } from './faces.ts';
import { SubsetFont } from './subset-font.ts';
import type { CharacterSet } from './document-fonts.ts';

const kept = new Map<string, CharacterSet>();
const mostKept = 64;

/**
 * The set that holds the characters of the texts, per style, without those another set holds already. It depends on the
 * characters alone, never on what was drawn before, so the same data gives the same bytes.
 */
export function characterSet(
  texts: Partial<Record<Style, string>>,
  besides: CharacterSet | null = null,
): CharacterSet {
  const wanted = (Object.entries(texts) as [Style, string][]).map(([style, text]) => ({
    style,
    points: [...new Set(Array.from(text, (character) => character.codePointAt(0)!))].sort((a, b) => a - b),
  }));
  const key = JSON.stringify([besides === null, wanted]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const fonts = new Map<FaceId, SubsetFont>();
  for (const { style, points } of wanted) {
    for (const codePoint of points) {
      const found = glyphFor(style, codePoint);
      if (found === null || besides?.get(found.face)?.codeOf(codePoint) !== undefined) continue;
      let font = fonts.get(found.face);
      if (font === undefined) fonts.set(found.face, (font = new SubsetFont(found.face)));
      if (font.codeOf(codePoint) === undefined) font.add(codePoint, found.glyph);
    }
  }
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, fonts);
  return fonts;
}
