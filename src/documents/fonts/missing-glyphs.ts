// What happens to characters that no embedded font can show: certificates refuse them, working papers name them.
import { glyphFor, type Style } from './faces.ts';

/** Thrown where a document would have to leave a character out; `characters` are the ones no font has. */
export class GlyphMissing extends Error {
  readonly characters: readonly string[];
  constructor(characters: readonly string[]) {
    super(`No embedded font shows ${characters.map(nameCharacter).join(', ')}`);
    this.name = 'GlyphMissing';
    this.characters = characters;
  }
}

/** The distinct characters of a text that a certificate cannot show, in their order; empty when it can be printed. */
export function findMissingGlyphs(text: string): string[] {
  return missingIn('serif', text);
}

/** The text as it is printed, composed (NFC); throws GlyphMissing. */
export function requireGlyphs(style: Style, text: string): string {
  const missing = missingIn(style, text);
  if (missing.length > 0) throw new GlyphMissing(missing);
  return text.normalize('NFC');
}

/** The text for a working paper: a character no font has is printed as its code, such as [U+3106C], never as a box. */
export function nameMissingGlyphs(text: string): string {
  const composed = text.normalize('NFC').replace(/\s+/g, ' ');
  const missing = missingIn('sans', composed);
  if (missing.length === 0) return composed;
  return Array.from(composed, (character) =>
    missing.includes(character) ? `[${codeOf(character)}]` : character,
  ).join('');
}

function missingIn(style: Style, text: string): string[] {
  const missing = new Set<string>();
  for (const character of text.normalize('NFC')) {
    if (glyphFor(style, character.codePointAt(0)!) === null) missing.add(character);
  }
  return [...missing];
}

function nameCharacter(character: string): string {
  return `${character} (${codeOf(character)})`;
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
