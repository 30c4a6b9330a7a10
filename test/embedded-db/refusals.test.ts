// Everything of MongoDB that is out of scope: refused with a code of MongoDB's and a sentence that names it and the way out.
import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

type Refusal = readonly [feature: string, code: number, command: object];

const zh = { collation: { locale: 'zh' } };
const find = (filter: object, more: object = {}): object => ({ find: 'c', filter, ...more });
const aggregate = (...pipeline: object[]): object => ({ aggregate: 'c', pipeline, cursor: {} });
const computed = (expression: object): object => aggregate({ $project: { r: expression } });
const grouped = (accumulator: object): object => aggregate({ $group: { _id: null, r: accumulator } });
const index = (key: object, more: object = {}): object => ({
  createIndexes: 'c',
  indexes: [{ key, name: 'i', ...more }],
});
const create = (options: object): object => ({ create: 'new', ...options });
const point = { type: 'Point', coordinates: [1, 1] };

const collations: readonly Refusal[] = [
  ['collation', 115, find({}, zh)],
  ['collation', 115, { count: 'c', ...zh }],
  ['collation', 115, { distinct: 'c', key: 'a', ...zh }],
  ['collation', 115, { ...aggregate(), ...zh }],
  ['collation', 115, { findAndModify: 'c', remove: true, ...zh }],
  ['collation', 115, { update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, ...zh }] }],
  ['collation', 115, { delete: 'c', deletes: [{ q: {}, limit: 0, ...zh }] }],
  ['collation', 115, create(zh)],
  ['collation', 115, index({ a: 1 }, zh)],
];

const kinds: readonly Refusal[] = [
  ['text', 67, index({ a: 'text' })],
  ['2dsphere', 67, index({ a: '2dsphere' })],
  ['2d', 67, index({ a: '2d' })],
  ['hashed', 67, index({ a: 'hashed' })],
  ['wildcard', 67, index({ '$**': 1 })],
  ['wildcard', 67, index({ 'a.$**': 1 })],
  ['hidden', 115, index({ a: 1 }, { hidden: true })],
  ['capped', 115, create({ capped: true, size: 1000 })],
  ['time-series', 115, create({ timeseries: { timeField: 't' } })],
  ['view', 115, create({ viewOn: 'c', pipeline: [] })],
  ['validator', 115, create({ validator: { a: 1 } })],
  ['clustered', 115, create({ clusteredIndex: { key: { _id: 1 }, unique: true } })],
  ['change streams', 115, create({ changeStreamPreAndPostImages: { enabled: true } })],
  ['encrypted', 115, create({ encryptedFields: { fields: [] } })],
];

const queries: readonly Refusal[] = [
  ['$where', 2, find({ $where: 'true' })],
  ['$text', 27, find({ $text: { $search: 'x' } })],
  ['$jsonSchema', 2, find({ $jsonSchema: {} })],
  ['$sampleRate', 2, find({ $sampleRate: 0.5 })],
  ['$near', 291, find({ a: { $near: point } })],
  ['$nearSphere', 291, find({ a: { $nearSphere: point } })],
  ['$geoWithin', 2, find({ a: { $geoWithin: { $center: [[0, 0], 1] } } })],
  ['$geoIntersects', 2, find({ a: { $geoIntersects: { $geometry: point } } })],
  ['$meta', 115, find({}, { projection: { score: { $meta: 'textScore' } } })],
  ['$meta', 2, find({}, { sort: { score: { $meta: 'textScore' } } })],
  ['tailable', 115, find({}, { tailable: true })],
  ['min', 115, find({}, { min: { a: 1 }, hint: { a: 1 } })],
  ['max', 115, find({}, { max: { a: 1 }, hint: { a: 1 } })],
  ['returnKey', 115, find({}, { returnKey: true })],
  ['showRecordId', 115, find({}, { showRecordId: true })],
  ['possessive', 115, find({ a: { $regex: 'a++' } })],
  ['explain', 115, { ...aggregate(), explain: true }],
];

const stages: readonly Refusal[] = [
  '$bucketAuto', '$currentOp', '$densify', '$fill', '$geoNear', '$graphLookup', '$indexStats', '$listSessions',
  '$planCacheStats', '$redact', '$sample', '$search', '$searchMeta', '$setWindowFields', '$vectorSearch',
].map((name): Refusal => [name, 115, aggregate({ [name]: {} })]); // prettier-ignore

const expressions: readonly Refusal[] = [
  '$function', '$accumulator', '$meta', '$sampleRate', '$toHashedIndexKey', '$tsSecond', '$tsIncrement', '$bsonSize',
  '$binarySize', '$exp', '$ln', '$log', '$log10', '$sin', '$cos', '$tan', '$asin', '$acos', '$atan', '$atan2', '$sinh',
  '$cosh', '$tanh', '$asinh', '$acosh', '$atanh', '$degreesToRadians', '$radiansToDegrees', '$bitAnd', '$bitOr', '$bitXor',
  '$bitNot', '$median', '$percentile',
].map((name): Refusal => [name, 115, computed({ [name]: {} })]); // prettier-ignore

const pipelines: readonly Refusal[] = [
  ['$changeStream', 40573, aggregate({ $changeStream: {} })],
  ['$changeStream', 40573, { aggregate: 1, pipeline: [{ $changeStream: {} }], cursor: {} }],
  ['$currentOp', 115, { aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {} }],
  ['$accumulator', 115, grouped({ $accumulator: {} })],
  ['$median', 115, grouped({ $median: { input: '$a', method: 'approximate' } })],
  ['$percentile', 115, grouped({ $percentile: { input: '$a', p: [0.5], method: 'approximate' } })],
  ['$$CLUSTER_TIME', 115, computed({ $eq: ['$$CLUSTER_TIME', 1] })],
  ['$$USER_ROLES', 115, computed({ $eq: ['$$USER_ROLES', 1] })],
  ['time-series', 115, aggregate({ $out: { coll: 'x', timeseries: { timeField: 't' } } })],
];

const commands: readonly Refusal[] = [
  'mapReduce', 'collMod', 'renameCollection', 'currentOp', 'bulkWrite', 'convertToCapped', 'reIndex', 'compact',
  'createUser', 'profile', 'fsync', 'createSearchIndexes', 'cloneCollectionAsCapped', 'planCacheClear', 'eval',
].map((name): Refusal => [name, 59, { [name]: 'c' }]); // prettier-ignore

const inTransactions: readonly Refusal[] = [
  ['create', 263, { create: 'new' }],
  ['createIndexes', 263, index({ a: 1 })],
];

describe('embedded-db/refusals', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
    await db.collection('c').insertOne({ _id: 1, a: 'x' } as never);
    await db.collection('c').createIndex({ a: 1 });
  });
  after(() => opened.close());

  async function wrong([feature, code, command]: Refusal, options: object = {}): Promise<string[]> {
    const error = await failure(db.command(command, options).then(throwWriteError));
    const said = `${JSON.stringify(command)}: ${String(error['code'])} ${error.message}`;
    const named = error.message.toLowerCase().includes(feature.toLowerCase());
    return error['code'] === code && named && error.message.includes('MONGODB_URI') ? [] : [said];
  }

  const tables = { collations, kinds, queries, stages, expressions, pipelines, commands };
  for (const [name, refusals] of Object.entries(tables))
    it(`${name}: each by its name, with the way out, and nothing changes`, async () => {
      const said = [];
      for (const refusal of refusals) said.push(...(await wrong(refusal)));
      expect(said).to.deep.equal([]);
      expect(await db.collection('c').find().toArray()).to.deep.equal([{ _id: 1, a: 'x' }]);
      expect(await db.collection('c').indexes()).to.have.length(2);
      expect(await db.listCollections().toArray()).to.have.length(1);
    });

  it('collections and indexes in transactions', async () => {
    for (const refusal of inTransactions)
      await opened.client.withSession(async (session) => {
        session.startTransaction();
        expect(await wrong(refusal, { session })).to.deep.equal([]);
        await session.abortTransaction();
      });
  });
});

// The error of a statement comes beside an `ok`.
function throwWriteError(reply: { writeErrors?: { code: number; errmsg: string }[] }): void {
  const [error] = reply.writeErrors ?? [];
  if (error) throw Object.assign(new Error(error.errmsg), { code: error.code });
}
