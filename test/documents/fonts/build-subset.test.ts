import { expect } from 'chai';
import { buildSubset } from '../../../src/documents/fonts/build-subset.ts';
import { faceOf } from '../../../src/documents/fonts/faces.ts';

/** Tables of a font file by tag. */
function tablesOf(file: Buffer): Map<string, Buffer> {
  return new Map(
    Array.from({ length: file.readUInt16BE(4) }, (_, index) => {
      const at = 12 + index * 16;
      const offset = file.readUInt32BE(at + 8);
      return [
        file.toString('latin1', at, at + 4),
        file.subarray(offset, offset + file.readUInt32BE(at + 12)),
      ];
    }),
  );
}

function outlinesOf(file: Buffer): Buffer[] {
  const tables = tablesOf(file);
  const [loca, glyf] = [tables.get('loca')!, tables.get('glyf')!];
  return Array.from({ length: tables.get('maxp')!.readUInt16BE(4) }, (_, glyph) =>
    glyf.subarray(loca.readUInt32BE(glyph * 4), loca.readUInt32BE(glyph * 4 + 4)),
  );
}

describe('documents/fonts/build-subset', () => {
  const font = faceOf('ScSerif');
  const glyphsOf = (text: string) => [
    0,
    ...Array.from(text, (character) => font.glyphOf(character.codePointAt(0)!)),
  ];

  it('keeps every outline and width as the font has it, in the order asked for', () => {
    const glyphs = glyphsOf('张珊职业A7·');
    const file = buildSubset(font, glyphs);
    const outlines = outlinesOf(file);
    glyphs.forEach((glyph, index) => {
      const original = font.outlineOf(glyph);
      expect(original.length).to.be.greaterThan(10);
      expect(outlines[index]!.subarray(0, original.length).equals(original)).to.equal(true);
      expect(
        tablesOf(file)
          .get('hmtx')!
          .readUInt16BE(index * 4),
      ).to.equal(font.advanceOf(glyph));
    });
    expect(tablesOf(file).get('hhea')!.readUInt16BE(34)).to.equal(glyphs.length);
  });

  it('refuses a composite glyph instead of losing its parts', () => {
    const composite = { ...font, outlineOf: () => Buffer.from([0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]) };
    expect(() => buildSubset(composite, [0])).to.throw('composite');
  });

  it('writes tables at multiples of four with right checksums', () => {
    const file = buildSubset(font, glyphsOf('一'));
    for (let index = 0; index < file.readUInt16BE(4); index += 1) {
      const at = 12 + index * 16;
      const [offset, length] = [file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)];
      expect(offset % 4).to.equal(0);
      let sum = 0;
      for (let word = offset; word < offset + length; word += 4) sum = (sum + file.readUInt32BE(word)) >>> 0;
      expect(sum).to.equal(file.readUInt32BE(at + 4));
    }
  });
});
