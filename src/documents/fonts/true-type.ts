// Reads a static TrueType font from disk without loading it whole: small tables once, each glyph when it is first wanted.
import { closeSync, openSync, readSync } from 'node:fs';

export interface TrueType {
  readonly path: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly bounds: readonly [number, number, number, number];
  /** Tables a subset copies: head, hhea, maxp and, where present, prep. */
  readonly tables: ReadonlyMap<string, Buffer>;
  /** The glyph of a Unicode code point, or 0 when the font has none. */
  glyphOf(codePoint: number): number;
  /** Advance width in font units. */
  advanceOf(glyph: number): number;
  leftBearingOf(glyph: number): number;
  /** The outline as stored in `glyf`; empty for a blank. */
  outlineOf(glyph: number): Buffer;
}

/** Opens a font; the file stays open for the life of the process, since glyphs are read on demand. */
export function openTrueType(path: string): TrueType {
  const file = openSync(path, 'r');
  const directory = readDirectory(file);
  const table = (tag: string) => {
    const found = directory.get(tag);
    if (found === undefined) {
      closeSync(file);
      throw new Error(`The font ${path} has no ${tag} table`);
    }
    return readAt(file, found.offset, found.length);
  };
  const [head, hhea, hmtx, loca] = ['head', 'hhea', 'hmtx', 'loca'].map(table) as Buffer[];
  const os2 = table('OS/2');
  const glyf = directory.get('glyf');
  if (glyf === undefined) throw new Error(`The font ${path} has no glyf table`);
  const metrics = hhea!.readUInt16BE(34);
  const long = head!.readInt16BE(50) === 1;
  const startOf = (glyph: number) =>
    long ? loca!.readUInt32BE(glyph * 4) : loca!.readUInt16BE(glyph * 2) * 2;
  const outlines = new Map<number, Buffer>();
  return {
    path,
    unitsPerEm: head!.readUInt16BE(18),
    ascent: hhea!.readInt16BE(4),
    descent: hhea!.readInt16BE(6),
    capHeight: os2.readInt16BE(88),
    bounds: [head!.readInt16BE(36), head!.readInt16BE(38), head!.readInt16BE(40), head!.readInt16BE(42)],
    tables: new Map(
      ['head', 'hhea', 'maxp', 'prep'].filter((tag) => directory.has(tag)).map((tag) => [tag, table(tag)]),
    ),
    glyphOf: readCharacterMap(table('cmap')),
    advanceOf: (glyph) => hmtx!.readUInt16BE(Math.min(glyph, metrics - 1) * 4),
    leftBearingOf: (glyph) =>
      glyph < metrics
        ? hmtx!.readInt16BE(glyph * 4 + 2)
        : hmtx!.readInt16BE(metrics * 4 + (glyph - metrics) * 2),
    outlineOf(glyph) {
      let outline = outlines.get(glyph);
      if (outline === undefined) {
        const start = startOf(glyph);
        outline = readAt(file, glyf.offset + start, startOf(glyph + 1) - start);
        outlines.set(glyph, outline);
      }
      return outline;
    },
  };
}

function readDirectory(file: number): Map<string, { offset: number; length: number }> {
  const count = readAt(file, 0, 12).readUInt16BE(4);
  const records = readAt(file, 12, count * 16);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const at = index * 16;
      return [
        records.toString('latin1', at, at + 4),
        { offset: records.readUInt32BE(at + 8), length: records.readUInt32BE(at + 12) },
      ];
    }),
  );
}

// Format 12 alone: every font we ship has it, and it covers the planes above the first.
function readCharacterMap(cmap: Buffer): (codePoint: number) => number {
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + index * 8));
  const start = tables.find((offset) => cmap.readUInt16BE(offset) === 12);
  if (start === undefined) throw new Error('The font has no format 12 character map');
  const count = cmap.readUInt32BE(start + 12);
  const groups = start + 16;
  return (codePoint) => {
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = groups + middle * 12;
      const first = cmap.readUInt32BE(at);
      if (codePoint < first) high = middle - 1;
      else if (codePoint > cmap.readUInt32BE(at + 4)) low = middle + 1;
      else return cmap.readUInt32BE(at + 8) + codePoint - first;
    }
    return 0;
  };
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = readSync(file, bytes, read, length - read, position + read);
    if (count === 0) throw new Error('The font file ends early');
    read += count;
  }
  return bytes;
}
