import { expect } from 'chai';
import { Schema } from 'mongoose';
import { createFilterCheck } from '../../src/persistence/filter-check.ts';

describe('persistence/filter-check', () => {
  const check = createFilterCheck(
    new Schema({
      _id: String,
      day: String,
      at: Date,
      count: Number,
      tags: [String],
      changes: [new Schema({ to: String, at: Date }, { _id: false })],
      place: new Schema({ code: String }, { _id: false }),
      who: { _id: false, name: String },
      facts: Schema.Types.Mixed,
    }),
  );

  it('lets pass what the schema knows, with values of its kinds', () => {
    check({
      $and: [{ _id: 'a' }, { $or: [{ day: { $gte: '2021-01-01' } }, { day: null }] }],
      at: { $gt: new Date(0) },
      count: { $in: [1, 2] },
      tags: 'x',
      day: /^2021/,
      'changes.to': 'closed',
      'changes.at': { $lt: new Date() },
      'place.code': { $exists: true },
      'who.name': 'A',
      'facts.anything': 3,
    });
  });

  it('refuses a field the schema lacks, however deep the filter', () => {
    expect(() => check({ dya: '2021-01-01' })).to.throw('dya');
    expect(() => check({ $and: [{}, { $or: [{ 'who.nmae': 'A' }] }] })).to.throw('who.nmae');
  });

  it('refuses a value of another kind, inside operators too', () => {
    expect(() => check({ at: '2021-01-01' })).to.throw('at');
    expect(() => check({ at: { $gt: '2021-01-01' } })).to.throw('at');
    expect(() => check({ count: { $in: [1, '2'] } })).to.throw('count');
    expect(() => check({ day: 20210101 })).to.throw('day');
    expect(() => check({ 'changes.at': { $lte: 'now' } })).to.throw('changes.at');
  });
});
