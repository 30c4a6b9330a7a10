// The fonts of one document: sets of characters prepared beforehand, and one that grows with what the document shows.
import { glyphFor, type FaceId, type Style } from './faces.ts';
import { GlyphMissing } from './missing-glyphs.ts';
import { SubsetFont, type FontParts } from './subset-font.ts';
import { faceOf } from './faces.ts';

/** A stretch of text in one font, ready to be shown: the resource name of the font and hexadecimal codes. */
export interface Run {
  readonly font: string;
  readonly hex: string;
}

export type CharacterSet = ReadonlyMap<FaceId, SubsetFont>;

/** What embedding needs of a PDF document. */
export interface RefMaker {
  ref(data: object): { end(bytes?: Uint8Array): void };
}

type Ref = ReturnType<RefMaker['ref']>;

export class DocumentFonts {
  readonly #document: RefMaker;
  readonly #sets: readonly CharacterSet[];
  readonly #growing = new Map<FaceId, SubsetFont>();
  readonly #used = new Map<string, { font: SubsetFont; ref: Ref; deflate: boolean }>();
  #page = new Map<string, Ref>();
  readonly #deflate: boolean;

  /** `deflate` is for the growing fonts: worth it for long documents, not for the few glyphs of one name. */
  constructor(document: RefMaker, sets: readonly CharacterSet[], options: { deflate: boolean }) {
    this.#document = document;
    this.#sets = sets;
    this.#deflate = options.deflate;
  }

  /** The runs that show a text; throws GlyphMissing where the style has no glyph. */
  encode(style: Style, text: string): Run[] {
    const runs: { font: string; hex: string }[] = [];
    for (const character of text) {
      const { font, hex } = this.#find(style, character);
      const last = runs.at(-1);
      if (last?.font === font) last.hex += hex;
      else runs.push({ font, hex });
    }
    return runs;
  }

  /** The fonts shown since the last call, by resource name: the font resources of a page. */
  takePageFonts(): ReadonlyMap<string, Ref> {
    const fonts = this.#page;
    this.#page = new Map();
    return fonts;
  }

  /** Writes every font the document used; call once, after the last text. */
  finish(): void {
    for (const { font, ref, deflate } of this.#used.values()) {
      embed(this.#document, ref, font.face, font.parts({ deflate }));
    }
  }

  #find(style: Style, character: string): { font: string; hex: string } {
    const codePoint = character.codePointAt(0)!;
    const glyph = glyphFor(style, codePoint);
    if (glyph === null) throw new GlyphMissing([character]);
    for (const [ordinal, set] of this.#sets.entries()) {
      const font = set.get(glyph.face);
      const hex = font?.codeOf(codePoint);
      if (hex !== undefined) return { font: this.#use(`${glyph.face}${ordinal}`, font!, true), hex };
    }
    let font = this.#growing.get(glyph.face);
    if (font === undefined) this.#growing.set(glyph.face, (font = new SubsetFont(glyph.face)));
    const hex = font.codeOf(codePoint) ?? font.add(codePoint, glyph.glyph);
    return { font: this.#use(`${glyph.face}${this.#sets.length}`, font, this.#deflate), hex };
  }

  #use(name: string, font: SubsetFont, deflate: boolean): string {
    if (this.#page.has(name)) return name;
    let used = this.#used.get(name);
    if (used === undefined) {
      // The dictionary is filled in when the document ends, once all characters are known.
      used = { font, ref: this.#document.ref({}), deflate };
      this.#used.set(name, used);
    }
    this.#page.set(name, used.ref);
    return name;
  }
}

function embed(document: RefMaker, ref: Ref, face: FaceId, parts: FontParts): void {
  const { ascent, descent, capHeight, bounds, unitsPerEm } = faceOf(face);
  const scaled = (value: number) => Math.round((value * 1000) / unitsPerEm);
  const stream = (bytes: Buffer, data: object) => {
    const made = document.ref(parts.deflated ? { ...data, Filter: 'FlateDecode' } : data);
    made.end(bytes);
    return made;
  };
  const descriptor = document.ref({
    Type: 'FontDescriptor',
    FontName: parts.name,
    Flags: 4,
    FontBBox: bounds.map(scaled),
    ItalicAngle: 0,
    Ascent: scaled(ascent),
    Descent: scaled(descent),
    CapHeight: scaled(capHeight),
    StemV: face.endsWith('Bold') ? 120 : 80,
    FontFile2: stream(parts.file, { Length1: parts.fileLength }),
  });
  descriptor.end();
  const descendant = document.ref({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: parts.name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    DW: 1000,
    W: [0, parts.widths],
    CIDToGIDMap: 'Identity',
  });
  descendant.end();
  Object.assign((ref as Ref & { data: object }).data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: parts.name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: stream(parts.toUnicode, {}),
  });
  ref.end();
}
