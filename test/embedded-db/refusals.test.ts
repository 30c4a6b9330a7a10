// Everything of MongoDB that is out of scope: refused with a code of MongoDB's and a sentence that names it and the way out.
import { expect } from 'chai';
import { Decimal128 } from '../support/bson.ts';
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
  ['text', 115, index({ a: 1 }, { weights: { a: 2 } })],
  ['wildcard', 115, index({ a: 1 }, { wildcardProjection: { b: 1 } })],
  ['geospatial', 115, index({ a: 1 }, { '2dsphereIndexVersion': 3 })],
  ['text', 67, index({ a: 'text' }, { weights: { a: 2 }, default_language: 'french' })],
  ['2dsphere', 67, index({ a: '2dsphere' })],
  ['2d', 67, index({ a: '2d' })],
  ['hashed', 67, index({ a: 'hashed' })],
  ['wildcard', 67, index({ '$**': 1 })],
  ['wildcard', 67, index({ 'a.$**': 1 })],
  ['hidden', 115, index({ a: 1 }, { hidden: true })],
  ['create with capped', 115, create({ capped: true, size: 1000 })],
  ['create with timeseries', 115, create({ timeseries: { timeField: 't' } })],
  ['create with viewOn', 115, create({ viewOn: 'c', pipeline: [] })],
  ['create with validator', 115, create({ validator: { a: 1 } })],
  ['create with clusteredIndex', 115, create({ clusteredIndex: { key: { _id: 1 }, unique: true } })],
  [
    'create with changeStreamPreAndPostImages',
    115,
    create({ changeStreamPreAndPostImages: { enabled: true } }),
  ],
  ['create with encryptedFields', 115, create({ encryptedFields: { fields: [] } })],
  ['create with size', 115, create({ size: 1000 })],
  ['create with expireAfterSeconds', 115, create({ expireAfterSeconds: 60 })],
  ['create with storageEngine', 115, create({ storageEngine: {} })],
];

const queries: readonly Refusal[] = [
  ['tailable', 115, find({}, { tailable: true })],
  ['min', 115, find({}, { min: { a: 1 }, hint: { a: 1 } })],
  ['max', 115, find({}, { max: { a: 1 }, hint: { a: 1 } })],
  ['returnKey', 115, find({}, { returnKey: true })],
  ['showRecordId', 115, find({}, { showRecordId: true })],
  ['$meta', 2, find({}, { sort: { score: { $meta: 'textScore' } } })],
  ['positional', 115, find({ a: 'x' }, { projection: { 'a.$': 1 } })],
  ['possessive', 115, find({ a: { $regex: 'a++' } })],
  ['option x', 115, find({ a: { $regex: 'a', $options: 'x' } })],
  ['(?i', 115, find({ a: { $regex: '(?i)a' } })],
  ['(*', 115, find({ a: { $regex: '(*UTF8)a' } })],
  ['\\b', 115, find({ a: { $regex: 'a\\b' } })],
  ['\\1', 115, find({ a: { $regex: '(a)\\1' } })],
  ['[[:alpha:]]', 115, find({ a: { $regex: '[[:alpha:]]' } })],
  ['\\W', 115, find({ a: { $regex: '[\\W]' } })],
  ['find with awaitData', 115, find({}, { awaitData: true })],
  ['find with collectionUUID', 115, find({}, { collectionUUID: 'x' })],
  ['aggregate with explain', 115, { ...aggregate(), explain: true }],
  ['noCursorTimeout', 115, find({}, { noCursorTimeout: true })],
  ['the log global', 115, { getLog: 'global' }],
  ['the log *', 115, { getLog: '*' }],
  ['a parameter', 115, { getParameter: 1, logLevel: 1 }],
  ['a scale', 115, { collStats: 'c', scale: 1024 }],
  ['a scale', 115, aggregate({ $collStats: { storageStats: { scale: 1024 } } })],
  ['$collStats with count', 115, aggregate({ $collStats: { count: {} } })],
  ['$collStats with latencyStats', 115, aggregate({ $collStats: { latencyStats: {} } })],
];

const each = (names: string, refusal: (name: string) => Refusal): readonly Refusal[] =>
  names.trim().split(/\s+/).map(refusal);

const conditions = [
  ...each(
    `$all $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $geoIntersects $geoWithin $maxDistance $minDistance $mod
     $size $within $geoNear`,
    (name) => [name, 2, find({ a: { [name]: [1] } })],
  ),
  ...each('$near $nearSphere', (name) => [name, 291, find({ a: { [name]: point } })]),
  ...each('$alwaysFalse $alwaysTrue $jsonSchema $sampleRate $where', (name) => [
    name,
    2,
    find({ [name]: 1 }),
  ]),
  ['$text', 27, find({ $text: { $search: 'x' } })] as Refusal,
  ...each('$elemMatch $meta $slice', (name) => [name, 115, find({}, { projection: { a: { [name]: 1 } } })]),
];

const one = Decimal128.fromString('1');
const decimals: readonly Refusal[] = [
  ['Decimal128', 115, { update: 'c', updates: [{ q: {}, u: { $inc: { _id: one } } }] }],
  ['Decimal128', 115, computed({ $add: [1, one] })],
  ['Decimal128', 115, grouped({ $sum: one })],
  ['Decimal128', 115, grouped({ $avg: one })],
];

const updates = each('$bit $currentDate $mul $pop $pullAll $rename', (name) => [
  name,
  9,
  { update: 'c', updates: [{ q: {}, u: { [name]: { a: 1 } } }] },
]);

const stages = each(
  `$bucket $bucketAuto $changeStreamSplitLargeEvent $currentOp $densify $facet $fill $geoNear $graphLookup $indexStats
   $listSampledQueries $listSearchIndexes $listSessions $planCacheStats $redact $sample $search $searchMeta
   $setWindowFields $shardedDataDistribution $sortByCount $vectorSearch`,
  (name) => [name, 115, aggregate({ [name]: {} })],
);

const accumulators = each(
  `$accumulator $addToSet $bottom $bottomN $count $firstN $last $lastN $maxN $median $mergeObjects $minN $percentile
   $stdDevPop $stdDevSamp $top $topN`,
  (name) => [name, 115, grouped({ [name]: '$a' })],
);

const expressions = each(
  `$abs $accumulator $acos $acosh $allElementsTrue $anyElementTrue $arrayToObject $asin $asinh $atan $atan2 $atanh $avg
   $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize $ceil $concat $const $convert $cos $cosh $createUUID $dateAdd
   $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth $dayOfWeek
   $dayOfYear $degreesToRadians $divide $exp $first $firstN $floor $function $getField $hour $indexOfArray $indexOfBytes
   $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $ln $log $log10 $ltrim $map $max
   $maxN $median $mergeObjects $meta $millisecond $min $minN $minute $mod $month $multiply $objectToArray $percentile
   $pow $radiansToDegrees $range $reduce $regexFind $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray
   $round $rtrim $sampleRate $second $setDifference $setEquals $setIntersection $setIsSubset $sin $sinh $size $slice
   $sortArray $split $sqrt $stdDevPop $stdDevSamp $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP
   $subtract $sum
   $switch $tan $tanh $toBool $toDate $toDecimal $toDouble $toHashedIndexKey $toInt $toLong $toLower $toObjectId
   $toString $toUpper $trim $trunc $tsIncrement $tsSecond $type $unsetField $week $year $zip`,
  (name) => [name, 115, computed({ [name]: '$a' })],
);

const pipelines: readonly Refusal[] = [
  ['$changeStream', 40573, aggregate({ $changeStream: {} })],
  ['$changeStream', 40573, { aggregate: 1, pipeline: [{ $changeStream: {} }], cursor: {} }],
  ['$currentOp', 115, { aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {} }],
  ['$filter with limit', 115, computed({ $filter: { input: [], cond: true, limit: 1 } })],
  ['$$CLUSTER_TIME', 115, computed({ $eq: ['$$CLUSTER_TIME', 1] })],
  ['$$USER_ROLES', 115, computed({ $eq: ['$$USER_ROLES', 1] })],
  ['time-series', 115, aggregate({ $out: { coll: 'x', timeseries: { timeField: 't' } } })],
];

const commands: readonly Refusal[] = [
  'mapReduce', 'collMod', 'renameCollection', 'currentOp', 'bulkWrite', 'convertToCapped', 'reIndex', 'compact',
  'createUser', 'profile', 'fsync', 'createSearchIndexes', 'cloneCollectionAsCapped', 'planCacheClear', 'eval',
  'connectionStatus', 'dbStats', 'hostInfo', 'killAllSessions', 'killSessions', 'refreshSessions', 'replSetGetStatus', 'serverStatus',
  'startSession', 'validate', 'whatsmyuri',
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

  const tables = {
    collations,
    kinds,
    queries,
    conditions,
    decimals,
    updates,
    stages,
    accumulators,
    expressions,
    pipelines,
    commands,
  };
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
