// An XLSX is a ZIP of XML parts. Sizes are checked before anything is unpacked, and again while it is.
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { notASheet } from '../detect-format.ts';
import { SheetError } from '../sheet-error.ts';
import type { SheetLimits } from '../sheet-types.ts';

export interface Package {
  has(name: string): boolean;
  /** The text of a part in pieces; throws SheetError when the part is absent, damaged or larger than it says. */
  read(name: string): AsyncIterable<string>;
}

/** The parts of an XLSX; throws SheetError for another kind of ZIP, a locked file, a damaged one, one that unpacks too large. */
export async function openPackage(file: Uint8Array, fileName: string, limits: SheetLimits): Promise<Package> {
  const { zip, entries } = await listEntries(file, limits);
  if (!entries.has('xl/workbook.xml')) throw notASheet(fileName);
  let total = 0;
  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new SheetError('sheets.broken');
      requireModestSize(entry, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw new SheetError('sheets.unpacksTooLarge');
      yield* unpack(zip, entry);
    },
  };
}

async function listEntries(
  file: Uint8Array,
  limits: SheetLimits,
): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  try {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > limits.parts) throw new SheetError('sheets.unpacksTooLarge');
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new SheetError('sheets.encrypted');
      entries.set(entry.fileName.replaceAll('\\', '/').replace(/^\//, ''), entry);
    }
    return { zip, entries };
  } catch (cause) {
    throw cause instanceof SheetError ? cause : new SheetError('sheets.broken', {}, { cause });
  }
}

function requireModestSize(entry: Entry, limits: SheetLimits): void {
  const { compressedSize, uncompressedSize } = entry;
  const swollen = uncompressedSize > 1024 * 1024 && uncompressedSize > limits.ratio * compressedSize;
  if (swollen || uncompressedSize > limits.partBytes) throw new SheetError('sheets.unpacksTooLarge');
}

async function* unpack(zip: ZipFile, entry: Entry): AsyncIterable<string> {
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    let decoder: TextDecoder | null = null;
    for await (const chunk of stream) {
      const bytes = chunk as Buffer;
      decoder ??= new TextDecoder(bytes[0] === 0xff || bytes[0] === 0xfe ? 'utf-16' : 'utf-8', {
        fatal: true,
      });
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (cause) {
    throw cause instanceof SheetError ? cause : new SheetError('sheets.broken', {}, { cause });
  }
}
