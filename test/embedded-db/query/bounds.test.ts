// Commands that would take the memory, or the time of all others: each is small enough to end without its bound.
import { expect } from 'chai';
import { openEngine, type OpenedEngine, type Reply } from '../support/engine.ts';

describe('embedded-db/query: what one client cannot make others pay for', () => {
  let opened: OpenedEngine;
  before(async () => {
    opened = openEngine();
    const list = Array.from({ length: 250 }, (_, at) => at);
    await opened.run({ insert: 'one', documents: [{ _id: 1, a: 1, list, text: `${'a'.repeat(28)}b` }] });
  });
  after(() => opened.close());
  const aggregate = (pipeline: object[], more = {}): Promise<Reply> =>
    opened.run({ aggregate: 'one', pipeline, cursor: {}, ...more });
  const times = (count: number, stage: object): object[] => Array.from({ length: count }, () => stage);

  it('a document that doubles with each stage', async () => {
    const doubling = times(26, { $set: { a: ['$a', '$a'] } });
    expect(await aggregate([...doubling, { $unset: 'a' }])).to.include({ ok: 0, code: 10334 });
    const update = { update: 'one', updates: [{ q: {}, u: [...doubling, { $unset: 'a' }] }] };
    expect(((await opened.run(update))['writeErrors'] as object[])[0]).to.include({ code: 10334 });
    expect(await aggregate(times(12, { $set: { a: ['$a', '$a'] } }))).to.include({ ok: 1 });
  });

  it('an array that one expression makes of many', async () => {
    const ten = { $concatArrays: Array(10).fill('$list') };
    const ones = (n: number): object[] => [{ $set: { list: { $concatArrays: Array(n).fill('$list') } } }];
    expect(await aggregate([{ $set: { list: ten } }, ...ones(7_000), { $unset: 'list' }])).to.include({
      ok: 0,
      code: 10334,
    });
  });

  it('a pattern whose search does not end', async () => {
    const find = (text: object) => opened.run({ find: 'one', filter: { text } });
    const endless = await find({ $regex: '^(a+)+$' });
    expect(endless).to.include({ ok: 0, code: 115 });
    expect(endless['errmsg']).to.include('/^(a+)+$/').and.include('MONGODB_URI');
    expect(await find({ $regex: 'a'.repeat(32_765) })).to.include({ ok: 0, code: 2 });
    for (const [pattern, found] of [
      ['^(a+)+b$', 1],
      ['^(a|b)*$', 1],
      ['^(ab)+$', 0],
      ['a.*a.*a.*b', 1],
    ] as const)
      expect((await find({ $regex: pattern })).cursor.firstBatch, pattern).to.have.length(found);
  });

  it('a write by a pattern that runs out of stack is refused alone', async () => {
    await opened.run({ insert: 'long', documents: [{ text: 'ab'.repeat(7_000_000) }] });
    const q = { text: { $regex: '^(a|b)*c' } };
    const [insert, update] = await Promise.all([
      opened.run({ insert: 'one', documents: [{ _id: 'beside' }] }),
      opened.run({ update: 'long', updates: [{ q, u: { $set: { b: 1 } } }] }),
    ]);
    expect(insert).to.include({ ok: 1, n: 1 });
    expect((update['writeErrors'] as object[])[0]).to.include({ code: 115 });
  }).timeout(10_000);

  it('a pipeline of more than 1,000 stages', async () => {
    expect(await aggregate(times(1000, { $set: { x: 1 } }))).to.include({ ok: 1 });
    expect(await aggregate(times(1001, { $set: { x: 1 } }))).to.include({ ok: 0, code: 7749501 });
  });

  it('stages that make many documents of one, past maxTimeMS', async () => {
    const unwinds = ['a', 'b', 'c'].map((path) => ({ $unwind: `$${path}` }));
    const pipeline = [{ $set: { a: '$list', b: '$list', c: '$list' } }, ...unwinds, { $match: { a: -1 } }];
    expect(await aggregate(pipeline.slice(0, 3), { maxTimeMS: 10_000 })).to.include({ ok: 1 });
    expect(await aggregate(pipeline, { maxTimeMS: 50 })).to.include({ ok: 0, code: 50 });
  }).timeout(60_000);
});
