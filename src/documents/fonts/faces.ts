// The typefaces of the documents, opened when first used, and which of them shows a character.
import { createRequire } from 'node:module';
import { openTrueType, type TrueType } from './true-type.ts';

/** Serif for certificates, sans for tables; semibold for what should stand out. */
export type Style = 'serif' | 'serifBold' | 'sans' | 'sansBold';

export type FaceId = 'ScSerif' | 'ScSerifBold' | 'ScSans' | 'ScSansBold' | 'JpSerif' | 'JpSerifBold';

export interface Glyph {
  readonly face: FaceId;
  readonly glyph: number;
  /** Advance width in thousandths of the type size. */
  readonly advance: number;
}

const files: Record<FaceId, string> = {
  ScSerif: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  ScSerifBold: '@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf',
  ScSans: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  ScSansBold: '@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf',
  JpSerif: '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  JpSerifBold: '@expo-google-fonts/noto-serif-jp/600SemiBold/NotoSerifJP_600SemiBold.ttf',
};

// The Japanese serif adds characters that the Chinese fonts lack, such as 𠮷 (U+20BB7).
const chains: Record<Style, readonly FaceId[]> = {
  serif: ['ScSerif', 'JpSerif'],
  serifBold: ['ScSerifBold', 'JpSerifBold'],
  sans: ['ScSans', 'ScSerif', 'JpSerif'],
  sansBold: ['ScSansBold', 'ScSerifBold', 'JpSerifBold'],
};

const opened = new Map<FaceId, TrueType>();
const found: Record<Style, Map<number, Glyph | null>> = {
  serif: new Map(),
  serifBold: new Map(),
  sans: new Map(),
  sansBold: new Map(),
};

export function faceOf(id: FaceId): TrueType {
  let face = opened.get(id);
  if (face === undefined) {
    face = openTrueType(createRequire(import.meta.url).resolve(files[id]));
    opened.set(id, face);
  }
  return face;
}

/** The glyph that shows a code point in a style, or null when no font of the style has it. */
export function glyphFor(style: Style, codePoint: number): Glyph | null {
  const known = found[style].get(codePoint);
  if (known !== undefined) return known;
  let answer: Glyph | null = null;
  for (const id of isPrintable(codePoint) ? chains[style] : []) {
    const face = faceOf(id);
    const glyph = face.glyphOf(codePoint);
    if (glyph === 0) continue;
    answer = { face: id, glyph, advance: (face.advanceOf(glyph) * 1000) / face.unitsPerEm };
    break;
  }
  found[style].set(codePoint, answer);
  return answer;
}

// Controls, private-use code points and surrogates mean nothing on paper, whatever a font draws for them.
function isPrintable(codePoint: number): boolean {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return false;
  if (codePoint >= 0xd800 && codePoint <= 0xf8ff) return false;
  return codePoint < 0xf0000 && codePoint !== 0xfffd;
}
