// One font as a document embeds it: the characters it shows, each under a number of its own.
import { deflateSync } from 'node:zlib';
import { buildSubset } from './build-subset.ts';
import { faceOf, type FaceId } from './faces.ts';

export interface FontParts {
  readonly name: string;
  readonly file: Buffer;
  readonly fileLength: number;
  readonly toUnicode: Buffer;
  readonly deflated: boolean;
  readonly widths: readonly number[];
}

/**
 * Numbers go to characters and not to glyphs: where two characters share a glyph (一 and the radical U+2F00), each
 * extracts as itself, in this document and in every other.
 */
export class SubsetFont {
  readonly face: FaceId;
  readonly #codes = new Map<number, string>();
  readonly #characters: number[] = [];
  readonly #glyphs: number[] = [0];
  #parts: FontParts | null = null;

  constructor(face: FaceId) {
    this.face = face;
  }

  /** The four hexadecimal digits that show the character, or undefined when it is not in the subset. */
  codeOf(codePoint: number): string | undefined {
    return this.#codes.get(codePoint);
  }

  add(codePoint: number, glyph: number): string {
    if (this.#parts !== null) throw new Error('The font is written already');
    const code = this.#glyphs.push(glyph) - 1;
    const hex = code.toString(16).padStart(4, '0');
    this.#codes.set(codePoint, hex);
    this.#characters.push(codePoint);
    return hex;
  }

  /** The streams and widths to embed, made once; nothing can be added afterwards. */
  parts(options: { deflate: boolean }): FontParts {
    this.#parts ??= this.#makeParts(options.deflate);
    return this.#parts;
  }

  #makeParts(deflated: boolean): FontParts {
    const font = faceOf(this.face);
    const file = buildSubset(font, this.#glyphs);
    const toUnicode = Buffer.from(this.#unicodeMap(), 'latin1');
    const pack = (bytes: Buffer) => (deflated ? deflateSync(bytes, { level: 9 }) : bytes);
    return {
      name: `${tagOf(this.#characters)}+Noto${this.face}`,
      file: pack(file),
      fileLength: file.length,
      toUnicode: pack(toUnicode),
      deflated,
      widths: this.#glyphs.map((glyph) => Math.round((font.advanceOf(glyph) * 1000) / font.unitsPerEm)),
    };
  }

  #unicodeMap(): string {
    const lines = this.#characters.map(
      (codePoint) => `<${this.#codes.get(codePoint)!}> <${toUtf16(codePoint)}>`,
    );
    const blocks: string[] = [];
    for (let at = 0; at < lines.length; at += 100) {
      const block = lines.slice(at, at + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <ffff> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n');
  }
}

function toUtf16(codePoint: number): string {
  return Array.from({ length: codePoint > 0xffff ? 2 : 1 }, (_, index) =>
    String.fromCodePoint(codePoint).charCodeAt(index).toString(16).padStart(4, '0'),
  ).join('');
}

// The tag depends on the characters, so a printer that keeps fonts by name never takes one subset for another.
function tagOf(characters: readonly number[]): string {
  let hash = 2166136261;
  for (const character of characters) hash = Math.imul(hash ^ character, 16777619) >>> 0;
  let tag = '';
  for (let index = 0; index < 6; index += 1) {
    tag += String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26) + Math.imul(index + 1, 7919);
  }
  return tag;
}
