// A field that a command has not is a mistake of who sends it (40415), and so is one that is missing (40414): as MongoDB 7.0's
// parser of commands says, and nothing changes.
import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

const statement = { q: { _id: 1 }, u: { $set: { a: 2 } } };
const CASES: readonly (readonly [field: string, command: object])[] = [
  ['find.fitler', { find: 'c', fitler: { _id: 7 } }],
  ['count.filter', { count: 'c', filter: { _id: 7 } }],
  ['distinct.hint', { distinct: 'c', key: 'a', hint: '_id_' }],
  ['aggregate.sort', { aggregate: 'c', pipeline: [], cursor: {}, sort: { a: 1 } }],
  ['insert.document', { insert: 'c', documents: [{ _id: 2 }], document: {} }],
  ['update.updates.sort', { update: 'c', updates: [{ ...statement, sort: { a: 1 } }] }],
  ['update.upsert', { update: 'c', updates: [statement], upsert: true }],
  ['update.updates.limit', { update: 'c', updates: [statement, { ...statement, limit: 1 }] }],
  ['delete.deletes.multi', { delete: 'c', deletes: [{ q: {}, limit: 0, multi: false }] }],
  ['delete.limit', { delete: 'c', deletes: [{ q: {}, limit: 0 }], limit: 1 }],
  ['findAndModify.filter', { findAndModify: 'c', filter: { _id: 7 }, remove: true }],
  ['create.unique', { create: 'new', unique: true }],
  ['createIndexes.unique', { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a' }], unique: true }],
  ['dropIndexes.name', { dropIndexes: 'c', index: '*', name: 'a' }],
  ['drop.force', { drop: 'c', force: true }],
  ['dropDatabase.name', { dropDatabase: 1, name: 'x' }],
  ['listCollections.name', { listCollections: 1, name: 'c' }],
  ['find.fitler', { explain: { find: 'c', fitler: {} } }],
];

const MISSING: readonly (readonly [field: string, command: object])[] = [
  ['delete.deletes.q', { delete: 'c', deletes: [{ limit: 0 }] }],
  ['delete.deletes.q', { delete: 'c', deletes: [{ q: null, limit: 0 }] }],
  ['delete.deletes.limit', { delete: 'c', deletes: [{ q: {} }] }],
  ['update.updates.q', { update: 'c', updates: [{ q: null, u: { $set: { a: 2 } }, multi: true }] }],
  ['update.updates.u', { update: 'c', updates: [{ q: {} }] }],
];

describe('embedded-db/fields of commands', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
    await db.collection('c').insertOne({ _id: 1, a: 1 } as never);
  });
  after(() => opened.close());

  for (const [field, command] of CASES)
    it(`${field}${'explain' in command ? ' in explain' : ''}`, async () => {
      const error = await failure(db.command(command));
      expect(error['code']).to.equal(40415);
      expect(error.message).to.equal(`BSON field '${field}' is an unknown field.`);
      expect(await db.collection('c').find().toArray()).to.deep.equal([{ _id: 1, a: 1 }]);
      expect(await db.listCollections().toArray()).to.have.length(1);
      expect(await db.collection('c').indexes()).to.have.length(1);
    });

  for (const [field, command] of MISSING)
    it(`${field} is missing, or null: 40414`, async () => {
      const error = await failure(db.command(command));
      expect(error['code']).to.equal(40414);
      expect(error.message).to.equal(`BSON field '${field}' is missing but a required field`);
      expect(await db.collection('c').find().toArray()).to.deep.equal([{ _id: 1, a: 1 }]);
    });

  it('the name of another command is one too', async () => {
    const error = await failure(db.command({ find: 'c', count: 'c' }));
    expect(error.message).to.equal("BSON field 'find.count' is an unknown field.");
  });

  it('numbers are taken by their whole part, and not below zero', async () => {
    await db.collection('three').insertMany([{}, {}, {}]);
    const found = await db.command({ find: 'three', skip: 0.9, limit: 2.5 });
    expect(found['cursor'].firstBatch).to.have.length(2);
    expect(await db.command({ count: 'three', limit: 2.5 })).to.include({ n: 2 });
    expect(await db.command({ count: 'three', limit: -2 })).to.include({ n: 2 });
    for (const command of [
      { find: 'three', skip: -1 },
      { find: 'three', limit: -1 },
      { find: 'three', batchSize: -1 },
      { count: 'three', skip: -1 },
      { aggregate: 'three', pipeline: [], cursor: { batchSize: -1 } },
    ])
      expect(await failure(db.command(command))).to.include({ code: 51024 });
    await db.collection('three').drop();
  });

  it('fields that every command may have pass', async () => {
    const general = { comment: 'x', maxTimeMS: 1000, readConcern: { level: 'local' } };
    expect(await db.command({ count: 'c', ...general })).to.include({ n: 1 });
  });
});
