// Builds a small TrueType file that holds only the glyphs a document shows.
import type { TrueType } from './true-type.ts';

/** The font file with `glyphs` numbered 0, 1, 2 … in the order given; the first must be 0. Throws for a composite glyph. */
export function buildSubset(font: TrueType, glyphs: readonly number[]): Buffer {
  return assemble(
    font,
    glyphs,
    glyphs.map((glyph) => requireSimple(font.outlineOf(glyph), glyph)),
  );
}

// None of the fonts we ship has glyphs put together from others; one that has would need its parts renumbered here.
function requireSimple(outline: Buffer, glyph: number): Buffer {
  if (outline.length > 0 && outline.readInt16BE(0) < 0) throw new Error(`Glyph ${glyph} is composite`);
  return outline;
}

function assemble(font: TrueType, order: readonly number[], outlines: readonly Buffer[]): Buffer {
  const loca = Buffer.alloc((order.length + 1) * 4);
  const hmtx = Buffer.alloc(order.length * 4);
  const glyf: Buffer[] = [];
  let end = 0;
  outlines.forEach((outline, index) => {
    glyf.push(outline);
    end += outline.length;
    const gap = -end & 3;
    if (gap > 0) glyf.push(Buffer.alloc(gap));
    end += gap;
    loca.writeUInt32BE(end, (index + 1) * 4);
    hmtx.writeUInt16BE(font.advanceOf(order[index]!), index * 4);
    hmtx.writeInt16BE(font.leftBearingOf(order[index]!), index * 4 + 2);
  });
  const changed = (tag: string, change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(font.tables.get(tag)!);
    change(bytes);
    return bytes;
  };
  const prep = font.tables.get('prep');
  return write([
    ['glyf', Buffer.concat(glyf)],
    ['head', changed('head', (bytes) => (bytes.writeUInt32BE(0, 8), bytes.writeInt16BE(1, 50)))],
    ['hhea', changed('hhea', (bytes) => bytes.writeUInt16BE(order.length, 34))],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', changed('maxp', (bytes) => bytes.writeUInt16BE(order.length, 4))],
    ...(prep === undefined ? [] : [['prep', prep] as const]),
  ]);
}

// The checksum of the whole file is left 0: no reader of embedded fonts asks for it.
function write(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  tables.forEach(([tag, bytes], index) => {
    const at = 12 + index * 16;
    const padded = bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksum(padded), at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(bytes.length, at + 12);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
