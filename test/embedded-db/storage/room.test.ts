// Room is taken before a commit needs it, and a file that cannot grow stays as it was.
import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRoom } from '../../../src/embedded-db/storage/room.ts';

describe('embedded-db/storage/room', () => {
  const root = mkdtempSync(join(tmpdir(), 'skillroll-room-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const stats = (pages: number) => ({
    pageSize: 8192,
    treeBranchPageCount: 10,
    treeLeafPageCount: 1_000,
    lastPageNumber: pages - 1,
  });

  it('takes two pages a change and all of a large value, a mebibyte ahead, nothing twice, and gives the rest back', () => {
    const path = join(root, 'file');
    writeFileSync(path, '');
    const room = openRoom(path);
    for (let change = 0; change < 100; change += 1) room.note(100);
    room.note(1_000_000);
    room.take(stats(50), false);
    const first = statSync(path).size;
    expect(first).to.be.at.least(50 * 8192 + 100 * 2 * 8192 + 1_000_000);
    expect(first).to.be.below(50 * 8192 + 110 * 2 * 8192 + 1_100_000 + 2 ** 20);
    room.clear();
    room.note(100);
    room.take(stats(60), false);
    expect(statSync(path).size).to.equal(first);
    room.close(stats(70));
    expect(statSync(path).size).to.equal(70 * 8192);
  });

  it('never needs more pages than the tree has, however many changes there are', () => {
    const path = join(root, 'many');
    writeFileSync(path, '');
    const room = openRoom(path);
    for (let change = 0; change < 100_000; change += 1) room.note(10);
    room.take(stats(1_100), false);
    expect(statSync(path).size).to.be.below((1_100 + 1_010 + 20) * 8192 + 2 ** 20);
    room.close(stats(1_100));
  });

  it('writes one page behind the room that is needed, each time, and nothing before it', () => {
    const path = join(root, 'tried');
    writeFileSync(path, Buffer.alloc(400 * 8192, 1));
    const room = openRoom(path);
    room.note(100);
    room.take(stats(50), true);
    const behind = (50 + 2 + 8) * 8192;
    const written = readFileSync(path);
    expect(written.length).to.equal(400 * 8192);
    const zeros = [written.indexOf(0), written.lastIndexOf(0) + 1];
    expect(zeros).to.deep.equal([behind, behind + 8192]);
  });
});
