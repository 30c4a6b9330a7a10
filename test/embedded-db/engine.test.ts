import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCollection } from '../../src/embedded-db/check-indexes.ts';
import { Engine } from '../../src/embedded-db/engine.ts';
import { newDoc } from '../../src/embedded-db/query/bson.ts';
import { operation } from '../../src/embedded-db/session/operation.ts';
import type { WriteWork } from '../../src/embedded-db/storage/writer.ts';
import { insertDocument, withIdFirst } from '../../src/embedded-db/writes/insert-document.ts';

describe('embedded-db/engine', () => {
  let dir: string;
  let engine: Engine;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-engine-'));
    engine = new Engine({ dir, address: 'unused', durable: false });
  });
  afterEach(async () => {
    await engine.close();
    rmSync(dir, { recursive: true });
  });

  function* fill(): WriteWork<void> {
    const people = engine.catalog.create('test', 'people');
    const spec = Object.assign(newDoc(), { key: Object.assign(newDoc(), { n: 1 }), name: 'n_1' });
    engine.catalog.finishIndex(people, engine.catalog.addIndex(people, spec));
    for (let n = 0; n < 20; n++) {
      const prepared = withIdFirst(Object.assign(newDoc(), { _id: n, n }));
      yield* insertDocument(operation(engine, 'test'), people, prepared);
    }
  }
  function* dropIndex(): WriteWork<void> {
    const people = engine.catalog.find('test.people')!;
    engine.catalog.dropIndex(people, people.indexes[0]!);
    engine.reclaim();
  }
  function* fail(): WriteWork<never> {
    throw new Error('the disk is full');
  }
  const people = () => checkCollection(engine.store.view, engine.catalog.find('test.people')!);

  it('takes the entries of a dropped index away, but not where the drop could not be committed', async () => {
    await engine.writer.submit(fill());
    const whole = people();
    expect(whole).to.deep.include({ documents: 20, entries: 20, errors: [] });
    const told = await Promise.allSettled([dropIndex(), fail()].map(engine.writer.submit));
    expect(told.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    await engine.writer.idle();
    expect(people()).to.deep.equal(whole);

    const { table } = engine.catalog.find('test.people')!.indexes[0]!;
    await engine.writer.submit(dropIndex());
    await engine.writer.idle();
    expect(people()).to.deep.include({ documents: 20, entries: 0, errors: [] });
    expect(engine.catalog.garbage()).not.to.include(table);
  });
});
