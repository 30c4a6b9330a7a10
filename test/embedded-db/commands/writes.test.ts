import { expect } from 'chai';
import { openEngine, type OpenedEngine } from '../support/engine.ts';

describe('embedded-db/commands/writes', () => {
  let opened: OpenedEngine;
  beforeEach(() => (opened = openEngine()));
  afterEach(() => opened.close());

  it('takes 100,000 statements and refuses one more, as hello says', async () => {
    const statements = (count: number) =>
      Array.from({ length: count }, (_, _id) => ({ q: { _id }, limit: 1 }));
    expect(await opened.run({ delete: 'none', deletes: statements(100_000) })).to.include({ ok: 1, n: 0 });
    expect(await opened.run({ delete: 'none', deletes: statements(100_001) })).to.include({
      ok: 0,
      code: 16,
    });
  }).timeout(20_000);
});
