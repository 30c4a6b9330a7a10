// A small reader for the PDFs of this product: pages, the text on them with its place and font, metadata, embedded fonts.
import { inflateSync } from 'node:zlib';

export interface TextSpan {
  readonly text: string;
  /** Base name of the font without the subset's tag. */
  readonly font: string;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PdfPageRead {
  readonly spans: readonly TextSpan[];
  /** All text, a line break between spans. */
  readonly text: string;
  /** The decoded content stream. */
  readonly content: string;
}

export interface PdfRead {
  readonly pages: readonly PdfPageRead[];
  readonly catalog: string;
  readonly info: Readonly<Record<string, string>>;
  readonly metadata: string;
  /** Embedded font files by object number. */
  readonly fontFiles: readonly Buffer[];
  readonly objects: number;
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer;
}

interface PdfFont {
  readonly name: string;
  readonly widths: readonly number[];
  readonly characters: ReadonlyMap<number, string>;
}

export function readPdf(bytes: Buffer): PdfRead {
  const objects = readObjects(bytes);
  const trailer = bytes.toString('latin1', bytes.lastIndexOf('trailer'));
  const object = (id: number) => {
    const found = objects.get(id);
    if (found === undefined) throw new Error(`Object ${id} is missing`);
    return found;
  };
  const catalog = object(reference(trailer, 'Root')).dictionary;
  const pages = object(reference(catalog, 'Pages')).dictionary;
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(pages)?.[1] ?? '').matchAll(/(\d+) 0 R/g)];
  const fonts = new Map<number, PdfFont>();
  const fontOf = (id: number) => {
    if (!fonts.has(id)) fonts.set(id, readFont(id, object));
    return fonts.get(id)!;
  };
  const infoDictionary = object(reference(trailer, 'Info')).dictionary;
  const info = Object.fromEntries(
    [...infoDictionary.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, key, id]) => [
      key,
      readString(object(Number(id)).dictionary),
    ]),
  );
  const metadata = /\/Metadata (\d+) 0 R/.exec(catalog);
  return {
    pages: kids.map(([, id]) => readPage(object(Number(id)).dictionary, object, fontOf)),
    catalog,
    info,
    metadata: metadata === null ? '' : object(Number(metadata[1])).stream.toString('utf8'),
    fontFiles: [...objects.values()]
      .filter(({ dictionary }) => dictionary.includes('/Length1'))
      .map(({ stream }) => stream),
    objects: objects.size,
  };
}

function readObjects(bytes: Buffer): Map<number, PdfObject> {
  const start = Number(
    /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1', bytes.length - 64))?.[1],
  );
  const table = bytes.toString('latin1', start, bytes.lastIndexOf('trailer'));
  const objects = new Map<number, PdfObject>();
  [...table.matchAll(/^(\d{10}) \d{5} ([nf]) /gm)].forEach(([, offset, kind], id) => {
    if (kind === 'n') objects.set(id, readObject(bytes, Number(offset), id));
  });
  return objects;
}

function readObject(bytes: Buffer, offset: number, id: number): PdfObject {
  const head = `${id} 0 obj\n`;
  if (bytes.toString('latin1', offset, offset + head.length) !== head)
    throw new Error(`Object ${id} is not at ${offset}`);
  const from = offset + head.length;
  const end = bytes.indexOf('endobj', from);
  const streamAt = bytes.indexOf('\nstream\n', from);
  if (streamAt < 0 || streamAt > end)
    return { dictionary: bytes.toString('latin1', from, end), stream: Buffer.alloc(0) };
  const dictionary = bytes.toString('latin1', from, streamAt);
  const length = Number(/\/Length (\d+)/.exec(dictionary)![1]);
  const raw = bytes.subarray(streamAt + 8, streamAt + 8 + length);
  if (bytes.toString('latin1', streamAt + 8 + length, streamAt + 18 + length) !== '\nendstream') {
    throw new Error(`The stream of object ${id} has another length than it says`);
  }
  return { dictionary, stream: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw };
}

function reference(dictionary: string, key: string): number {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary);
  if (found === null) throw new Error(`No ${key} in ${dictionary}`);
  return Number(found[1]);
}

function readFont(id: number, object: (id: number) => PdfObject): PdfFont {
  const font = object(id).dictionary;
  const descendant = object(Number(/\/DescendantFonts \[(\d+) 0 R\]/.exec(font)![1])).dictionary;
  const widths = /\/W \[0 \[([^\]]*)\]\]/.exec(descendant)![1]!.split(' ').map(Number);
  const map = object(reference(font, 'ToUnicode')).stream.toString('latin1');
  const characters = new Map<number, string>();
  for (const [, code, hex] of map.matchAll(/<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>/g)) {
    characters.set(parseInt(code!, 16), Buffer.from(hex!, 'hex').swap16().toString('utf16le'));
  }
  return { name: /\/BaseFont \/[A-Z]{6}\+(\w+)/.exec(font)![1]!, widths, characters };
}

function readPage(
  dictionary: string,
  object: (id: number) => PdfObject,
  fontOf: (id: number) => PdfFont,
): PdfPageRead {
  const content = object(reference(dictionary, 'Contents')).stream.toString('latin1');
  const resources = object(reference(dictionary, 'Resources')).dictionary;
  const names = new Map(
    [...(/\/Font <<([^>]*)>>/.exec(resources)?.[1] ?? '').matchAll(/\/(\w+) (\d+) 0 R/g)].map(
      ([, name, id]) => [name!, Number(id)],
    ),
  );
  const spans = [...content.matchAll(/BT (.*?) ET/g)].map(([, block]) =>
    readBlock(block!, (name) => fontOf(names.get(name)!)),
  );
  return { spans, text: spans.map((span) => span.text).join('\n'), content };
}

function readBlock(block: string, fontOf: (name: string) => PdfFont): TextSpan {
  const [, x, y] = /1 0 0 -1 (\S+) (\S+) Tm/.exec(block)!;
  const tracking = Number(/(\S+) Tc 1 0 0/.exec(block)?.[1] ?? 0);
  let text = '';
  let width = 0;
  const used = new Set<string>();
  let size = 0;
  for (const [, name, points, hex] of block.matchAll(/\/(\w+) (\S+) Tf <([0-9a-f]*)> Tj/g)) {
    const font = fontOf(name!);
    used.add(font.name);
    size = Number(points);
    for (const code of hex!.match(/.{4}/g) ?? []) {
      const number = parseInt(code, 16);
      const character = font.characters.get(number);
      if (character === undefined) throw new Error(`Code ${code} of ${font.name} has no character`);
      text += character;
      width += (font.widths[number]! * size) / 1000 + tracking;
    }
  }
  return { text, font: [...used].join('+'), size, x: Number(x), y: Number(y), width: width - tracking };
}

function readString(object: string): string {
  const inside = object
    .trim()
    .replace(/^\(|\)$/g, '')
    .replace(/\\(.)/gs, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign);
  const bytes = Buffer.from(inside, 'latin1');
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : inside;
}

/** Pairs of texts whose boxes cover each other, as messages; empty when nothing overlaps. */
export function overlaps(spans: readonly TextSpan[]): string[] {
  const boxes = spans
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, x, y, width, size }) => ({
      text,
      left: x,
      right: x + width,
      top: y - size * 0.8,
      bottom: y + size * 0.1,
    }));
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) =>
          a.left < b.right - 0.1 &&
          b.left < a.right - 0.1 &&
          a.top < b.bottom - 0.1 &&
          b.top < a.bottom - 0.1,
      )
      .map((b) => `${a.text} / ${b.text}`),
  );
}

/** The QR code drawn in page content, as rows of booleans. */
export function readQrModules(content: string): boolean[][] {
  const drawn = /cm 0 g ((?:\d+ \d+ \d+ 1 re ?)+)f/.exec(content)![1]!;
  const runs = [...drawn.matchAll(/(\d+) (\d+) (\d+) 1 re/g)].map(
    ([, x, y, width]) => [Number(x), Number(y), Number(width)] as const,
  );
  const size = Math.max(...runs.map(([x, , width]) => x + width));
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [x, y, width] of runs) modules[y]!.fill(true, x, x + width);
  return modules;
}
