import { expect } from 'chai';
import type { Doc } from '../../../src/embedded-db/query/bson.ts';
import { compileFilter } from '../../../src/embedded-db/query/filter.ts';
import { runPipeline } from '../../../src/embedded-db/query/pipeline.ts';

describe('embedded-db/query/stages/lookup', () => {
  it('asks the collection for what an index can look up, with the variables of each document', () => {
    const others: Doc[] = [
      { _id: 7, owner: 1, kind: 'a' },
      { _id: 8, owner: 2, kind: 'a' },
      { _id: 9, owner: 2, kind: 'b' },
    ];
    const asked: Doc[] = [];
    const collection = () => ({
      find: (filter: Doc) => {
        asked.push(filter);
        return others.filter(compileFilter(filter));
      },
    });
    const match = { kind: 'a', $expr: { $and: [{ $eq: ['$owner', '$$me'] }, { $ne: ['$_id', null] }] } };
    const lookup = { from: 'others', let: { me: '$_id' }, pipeline: [{ $match: match }], as: 'found' };
    const found = runPipeline([{ _id: 1 }, { _id: 2 }], [{ $lookup: lookup }], {
      now: new Date(0),
      collection,
    });
    expect([...found].map((doc) => (doc['found'] as Doc[]).map((one) => one['_id']))).to.deep.equal([
      [7],
      [8],
    ]);
    for (const [at, filter] of asked.entries())
      expect(JSON.stringify(filter))
        .to.include(`{"owner":{"$eq":${at + 1}}}`)
        .and.include('"kind":"a"');
  });

  it('refuses to join one document with more than 100 MB (4568), in both forms', () => {
    const text = 'x'.repeat(1_000_000);
    const others = Array.from({ length: 105 }, (_, at): Doc => ({ _id: at, owner: 1, text }));
    const collection = () => ({ find: (filter: Doc) => others.filter(compileFilter(filter)) });
    const joined = (spec: Doc): Doc[] => [
      ...runPipeline([{ _id: 1 }], [{ $lookup: { from: 'others', as: 'found', ...spec } }], {
        now: new Date(0),
        collection,
      }),
    ];
    const byField = { localField: '_id', foreignField: 'owner' };
    const few = (most: number) => ({ pipeline: [{ $match: { _id: { $lt: most } } }] });
    expect(() => joined(byField))
      .to.throw('Total size of documents')
      .with.property('code', 4568);
    expect(() => joined(few(105)))
      .to.throw('Total size of documents')
      .with.property('code', 4568);
    expect(joined(few(104))[0]!['found']).to.have.length(104);
  });
});
