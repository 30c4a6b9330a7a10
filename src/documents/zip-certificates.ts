// Many files as one ZIP, streamed: PDFs are small already, so they are stored, and the next waits until one was taken.
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

// Entries carry this instant so that the same files give the same ZIP; the real days stand in the PDFs.
const entryDate = new Date(Date.UTC(2000, 0, 1));

/**
 * A ZIP of the entries as a stream; a name that comes twice gets a number. Entries are asked for one by one as the reader
 * takes bytes, and not again once it has left. What the entries throw, the stream fails with.
 */
export function zipCertificates(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
  const output = new PassThrough();
  pour(entries, output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function pour(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  output: PassThrough,
): Promise<void> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  zip.on('error', (error) => output.destroy(error));
  zip.outputStream.pipe(output);
  const names = new Set<string>();
  for await (const { name, bytes } of entries) {
    if (output.destroyed) return;
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), freeName(names, name), {
      compress: false,
      mtime: entryDate,
      mode: 0o100644,
    });
    // yazl writes without looking at how much waits, so the pace is set here.
    await roomIn(zip.outputStream as PassThrough, output);
  }
  zip.end();
}

async function roomIn(source: PassThrough, output: PassThrough): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  while (source.writableNeedDrain && !output.destroyed) {
    const left = new AbortController();
    await Promise.race([
      once(source, 'drain', { signal: left.signal }),
      once(output, 'close', { signal: left.signal }),
    ]).finally(() => left.abort());
  }
}

function freeName(names: Set<string>, wanted: string): string {
  const name = wanted.replace(/[\\/:*?"<>|]/g, '-').replace(/^\.+/, '');
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let number = 2; names.has(free); number += 1) free = `${stem} (${number})${extension}`;
  names.add(free);
  return free;
}
