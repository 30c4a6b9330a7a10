import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fromBuffer } from 'yauzl';
import { zipCertificates, type ZipEntry } from '../../src/documents/zip-certificates.ts';

interface Unzipped {
  readonly name: string;
  readonly bytes: Buffer;
  readonly compression: number;
}

function unzip(zip: Buffer): Promise<Unzipped[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (openError, file) => {
      if (openError) return reject(openError);
      const read: Unzipped[] = [];
      file.on('error', reject);
      file.on('end', () => resolve(read));
      file.on('entry', (entry) => {
        file.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          void buffer(stream).then((bytes) => {
            read.push({ name: entry.fileName, bytes, compression: entry.compressionMethod });
            file.readEntry();
          }, reject);
        });
      });
      file.readEntry();
    });
  });
}

async function* made(
  count: number,
  size: number,
  onAsk: (index: number) => void = () => {},
): AsyncGenerator<ZipEntry> {
  for (let index = 0; index < count; index += 1) {
    onAsk(index);
    yield { name: `证书-${index}.pdf`, bytes: Buffer.alloc(size, index + 1) };
  }
}

describe('documents/zip-certificates', () => {
  it('holds every file as it was given, stored, under its name', async () => {
    const files = await unzip(await buffer(zipCertificates(made(3, 5000))));
    expect(files.map(({ name }) => name)).to.deep.equal(['证书-0.pdf', '证书-1.pdf', '证书-2.pdf']);
    expect(files.every(({ compression }) => compression === 0)).to.equal(true);
    expect(files[1]!.bytes.equals(Buffer.alloc(5000, 2))).to.equal(true);
  });

  it('gives the same bytes for the same files, and an empty ZIP for none', async () => {
    const hash = async () =>
      createHash('sha256')
        .update(await buffer(zipCertificates(made(4, 900))))
        .digest('hex');
    expect(await hash()).to.equal(await hash());
    expect(await unzip(await buffer(zipCertificates([])))).to.deep.equal([]);
  });

  it('numbers a name that comes twice and keeps paths out', async () => {
    const entry = (name: string) => ({ name, bytes: Buffer.from('x') });
    const files = await unzip(
      await buffer(zipCertificates([entry('a.pdf'), entry('a.pdf'), entry('../b/c.pdf')])),
    );
    expect(files.map(({ name }) => name)).to.deep.equal(['a.pdf', 'a (2).pdf', '-b-c.pdf']);
  });

  it('asks for no further file while nobody reads', async () => {
    let asked = 0;
    const stream = zipCertificates(made(200, 50_000, () => (asked += 1)));
    await pause(60);
    expect(asked).to.be.at.most(6);
    const before = asked;
    stream.resume();
    await new Promise((resolve) => stream.on('end', resolve));
    expect(before).to.be.lessThan(200);
    expect(asked).to.equal(200);
  });

  it('asks for no further file once the reader has left', async () => {
    let asked = 0;
    const stream = zipCertificates(made(200, 50_000, () => (asked += 1)));
    stream.once('data', () => stream.destroy());
    await new Promise((resolve) => stream.on('close', resolve));
    await pause(40);
    expect(asked).to.be.at.most(8);
  });

  it('fails with what the files fail with', async () => {
    const failing = (async function* (): AsyncGenerator<ZipEntry> {
      yield { name: 'a.pdf', bytes: Buffer.from('x') };
      throw new Error('no key');
    })();
    let message = '';
    await buffer(zipCertificates(failing)).catch((error: Error) => (message = error.message));
    expect(message).to.equal('no key');
  });
});
