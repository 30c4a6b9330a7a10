// Looks for a text in bytes as clear text, UTF-16 and base64, also inside what can be unzipped or inflated there.
import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** The bytes a text may stand in: UTF-8, UTF-16 in both orders, and base64 at each of the three alignments. */
export function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
    // The first and last characters share bits with what stands beside the text.
    return Buffer.from(encoded.replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -1), 'ascii');
  });
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...base64];
}

/** Which of the texts stand in the bytes, or in anything compressed within them. */
export function findTexts(bytes: Buffer, texts: readonly string[]): string[] {
  const places = [bytes, ...unpacked(bytes)];
  return texts.filter((text) => formsOf(text).some((form) => places.some((place) => place.includes(form))));
}

function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const attempt = (unpack: (part: Buffer) => Buffer, from: number) => {
    try {
      found.push(unpack(bytes.subarray(from)));
    } catch {
      // Not compressed data after all.
    }
  };
  // What was cut off is read as far as it goes.
  const limit = { maxOutputLength: 64 * 1024 * 1024, finishFlush: constants.Z_SYNC_FLUSH };
  for (const at of positionsOf(bytes, Buffer.from([0x50, 0x4b, 0x03, 0x04])))
    if (at + 30 < bytes.length) {
      const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
      attempt((part) => inflateRawSync(part, limit), start);
    }
  for (const at of positionsOf(bytes, Buffer.from([0x1f, 0x8b, 0x08])))
    attempt((part) => inflateRawSync(part, limit), at + 10);
  for (const second of [0x01, 0x5e, 0x9c, 0xda])
    for (const at of positionsOf(bytes, Buffer.from([0x78, second])))
      attempt((part) => inflateSync(part, limit), at);
  return found;
}

function* positionsOf(bytes: Buffer, mark: Buffer): Generator<number> {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) yield at;
}
