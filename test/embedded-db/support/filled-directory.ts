// A data directory as a server leaves it, for the tests of what works on its file; and ways to damage that file.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFile } from '../../../src/embedded-db/maintenance/check.ts';
import { openPageFile, type PageFile } from '../../../src/embedded-db/pages/page-file.ts';
import { pageView } from '../../../src/embedded-db/pages/page-view.ts';
import { readTreePage } from '../../../src/embedded-db/pages/page.ts';
import { storedCollections } from '../../../src/embedded-db/maintenance/stored-collections.ts';
import { tableEntries } from '../../../src/embedded-db/storage/view.ts';
import { open } from './open.ts';

export const PEOPLE = 3000;
export const FILES = 40;

/** Fills `dir`: people with three indexes, files too long for one page, free pages, a dropped collection. */
export async function fillDirectory(): Promise<string> {
  const { dir, db, client, server } = await open();
  const people = db.collection<{ _id: string }>('people');
  await people.createIndexes([
    { key: { serial: 1 }, unique: true },
    { key: { tags: 1, n: -1 } },
    { key: { state: 1 }, partialFilterExpression: { state: 'open' } },
  ]);
  const person = (n: number) => ({
    _id: `person ${n}`,
    serial: `S${n}`,
    tags: [`t${n % 7}`, `u${n % 3}`],
    state: n % 2 ? 'open' : 'closed',
    n,
    note: 'note '.repeat(20),
  });
  for (let n = 0; n < PEOPLE + 1000; n += 500)
    await people.insertMany(Array.from({ length: 500 }, (_, i) => person(n + i)));
  await db
    .collection('files')
    .insertMany(
      Array.from({ length: FILES }, (_, i) => ({ name: `file ${i}`, bytes: Buffer.alloc(30_000, i) })),
    );
  await db.collection('passing').insertMany(Array.from({ length: 500 }, (_, i) => ({ i })));
  await db.collection('passing').drop();
  await people.deleteMany({ n: { $gte: PEOPLE } } as never);
  await client.close();
  await server.stop();
  return dir;
}

/** Overwrites pages with zeros. */
export function blank(dir: string, pages: Iterable<number>): void {
  const descriptor = openSync(join(dir, 'data.mdb'), 'r+');
  for (const page of pages) writeSync(descriptor, Buffer.alloc(8192), 0, 8192, page * 8192);
  closeSync(descriptor);
}

/** Replaces the first `before` in the file, which must be there, by as many bytes. */
export function overwrite(dir: string, before: Buffer, after: Buffer): void {
  const at = readFileSync(join(dir, 'data.mdb')).indexOf(before);
  if (at < 0 || before.length !== after.length) throw new Error('nothing to overwrite');
  overwriteAt(dir, at, after);
}

/** Replaces what lies at that place in the file. */
export function overwriteAt(dir: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(join(dir, 'data.mdb'), 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

/** Where the newest head page begins in the file. */
export const newestHeadOf = (dir: string): number => {
  const [first, second] = [0, 8192].map((at) =>
    withFile(dir, (file) => file.read(at / 8192).readBigUInt64LE(152)),
  );
  return first! > second! ? 0 : 8192;
};

/** Copies nothing but the data file to a new directory beside `dir`. */
export function copyOf(dir: string, name: string): string {
  const copy = join(dirname(dir), `${dir.split('/').at(-1)}-${name}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  const bytes = readFileSync(join(dir, 'data.mdb'));
  const descriptor = openSync(join(copy, 'data.mdb'), 'w');
  writeSync(descriptor, bytes);
  closeSync(descriptor);
  return copy;
}

/** Cuts the file after so many bytes. */
export function cut(dir: string, bytes: number): void {
  truncateSync(join(dir, 'data.mdb'), bytes);
}

/** Runs `work` on the file as it lies there, without LMDB. */
export function withFile<T>(dir: string, work: (file: PageFile) => T): T {
  const file = openPageFile(dir);
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** What a check finds in the file. */
export const checked = (dir: string): ReturnType<typeof checkFile> => withFile(dir, checkFile);

/** Every document by collection: key in hex to its bytes. */
export function documentsIn(dir: string): Map<string, Map<string, string>> {
  return withFile(dir, (file) => {
    const view = pageView(file, file.heads[0]);
    return new Map(
      storedCollections(view).collections.map(({ ns, table }) => [
        ns,
        new Map(
          [...tableEntries(view, table)].map(({ key, value }) => [
            key.toString('hex', 4),
            value.toString('hex'),
          ]),
        ),
      ]),
    );
  });
}

/** The pages that each document of a collection lies on, its leaf first. */
export function pagesOf(dir: string, ns: string): Map<string, number[]> {
  return withFile(dir, (file) => {
    const [head] = file.heads;
    const table = storedCollections(pageView(file, head)).collections.find((one) => one.ns === ns)?.table;
    const found = new Map<string, number[]>();
    const visit = (page: number): void => {
      const read = readTreePage(file, page);
      if (read.kind === 'branch') return read.children.forEach((child) => visit(child.page));
      for (const { key, overflow } of read.entries) {
        if (key.readUInt32BE(0) !== table) continue;
        const long = overflow ? Array.from({ length: overflow.count }, (_, i) => overflow.page + i) : [];
        found.set(key.toString('hex', 4), [page, ...long]);
      }
    };
    if (head?.root !== undefined) visit(head.root);
    return found;
  });
}
