import { expect } from 'chai';
import { indexesBy, numbered, openEngine, type OpenedEngine } from '../support/engine.ts';

describe('embedded-db/commands/cursors', () => {
  let opened: OpenedEngine;
  beforeEach(() => (opened = openEngine()));
  afterEach(() => opened.close());

  it('a cursor ends with an error: asked again it does not seem to be at its end', async () => {
    await opened.run({ insert: 'people', documents: numbered(20) });
    await opened.run(indexesBy('people', ['n']));
    const { cursor } = await opened.run({ find: 'people', hint: 'n', batchSize: 2 });
    await opened.run({ dropIndexes: 'people', index: 'n' });
    const more = { getMore: cursor.id, collection: 'people' };
    expect(await opened.run(more)).to.include({ ok: 0, code: 175 });
    expect(await opened.run(more)).to.include({ ok: 0, code: 43 });
  });
});
