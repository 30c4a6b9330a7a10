import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection } from '../../src/embedded-db/catalog/catalog-types.ts';
import { checkCollection } from '../../src/embedded-db/check-indexes.ts';
import { Engine } from '../../src/embedded-db/engine.ts';
import { encodeValue } from '../../src/embedded-db/keys/encode.ts';
import { tableKey } from '../../src/embedded-db/keys/table-key.ts';
import { encode } from '../../src/embedded-db/query/bson.ts';
import { operation } from '../../src/embedded-db/session/operation.ts';
import { insertDocument, withIdFirst } from '../../src/embedded-db/writes/insert-document.ts';

describe('embedded-db/check-indexes', () => {
  let dir: string;
  let engine: Engine;
  let collection: Collection;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-test-'));
    engine = new Engine({ dir, address: 'unused', durable: false });
    collection = engine.catalog.create('db', 'c');
    for (const spec of [{ key: { a: 1 }, unique: true }, { key: { tags: 1 } }]) {
      engine.catalog.finishIndex(collection, engine.catalog.addIndex(collection, spec));
    }
    for (const _id of [1, 2, 3]) {
      await engine.writer.submit(
        insertDocument(operation(engine, 'db'), collection, withIdFirst({ _id, a: _id, tags: ['x', _id] })),
      );
    }
  });
  afterEach(async () => {
    await engine.close();
    rmSync(dir, { recursive: true });
  });

  const table = (i: number): number => collection.indexes[i]?.table ?? 0;
  const id = (n: number): Buffer => encodeValue(n);
  const tampered = (change: () => void): readonly string[] => {
    engine.store.write(change);
    return checkCollection(engine.store.view, collection).errors;
  };

  it('finds nothing wrong with what the server wrote', () => {
    expect(checkCollection(engine.store.view, collection)).to.deep.equal({
      documents: 3,
      unreadable: 0,
      entries: 9,
      errors: [],
    });
  });

  it('names an entry that is missing', () => {
    const errors = tampered(() => engine.store.view.remove(tableKey(table(1), encodeValue('x'), id(2))));
    expect(errors).to.have.length(1);
    expect(errors[0]).to.include('db.c.tags_1: missing entry');
  });

  it('names an entry that no document has', () => {
    const errors = tampered(() => engine.store.view.put(tableKey(table(1), encodeValue('y'), id(2)), id(2)));
    expect(errors[0]).to.include('db.c.tags_1: surplus entry');
  });

  it('names a unique key held twice, and an entry pointing elsewhere', () => {
    const errors = tampered(() => engine.store.view.put(tableKey(table(0), encodeValue(1), id(2)), id(2)));
    expect(errors.join('\n')).to.include('db.c.a_1: unique key twice');
    expect(
      tampered(() => engine.store.view.put(tableKey(table(0), encodeValue(3), id(3)), id(1))).join('\n'),
    ).to.include('points to another document');
  });

  it('names a document that cannot be read, or lies under another _id', () => {
    const unreadable = tampered(() =>
      engine.store.view.put(tableKey(collection.table, id(3)), Buffer.from('rubbish')),
    );
    expect(unreadable.join('\n')).to.include('cannot be read');
    const moved = tampered(() =>
      engine.store.view.put(
        tableKey(collection.table, id(3)),
        Buffer.from(encode({ _id: 9, a: 3, tags: ['x', 3] })),
      ),
    );
    expect(moved.join('\n')).to.include('lies under another _id');
  });
});
