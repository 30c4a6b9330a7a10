// The session of work of work.ts, by mongosh: mongosh ADDRESS --quiet work.mongosh.js; prints what each step answered.
/* global db, EJSON, NumberDecimal, NumberLong, print */
const people = db.people;
const certificates = db.certificates;
const steps = {};

function codeOf(work) {
  try {
    work();
    return null;
  } catch (error) {
    return error.code;
  }
}

steps.collections = db.getCollectionNames().sort();
steps.found = people
  .find({ areaId: 'donghu', hours: { $gt: 20 } }, { name: 1, hours: 1, enrolledAt: 1 })
  .sort({ hours: -1, _id: 1 })
  .batchSize(50)
  .toArray();
steps.byArea = people
  .aggregate([
    {
      $group: { _id: '$areaId', hours: { $sum: '$hours' }, score: { $avg: '$score' }, people: { $sum: 1 } },
    },
    { $sort: { _id: 1 } },
  ])
  .toArray();
steps.joined = certificates
  .aggregate(
    [
      { $match: { number: { $lte: 'S000000000009' } } },
      { $lookup: { from: 'people', localField: 'personId', foreignField: '_id', as: 'holder' } },
      { $unwind: '$holder' },
      {
        $project: {
          _id: 0,
          number: 1,
          fee: 1,
          flow: 1,
          holder: '$holder.name',
          no: '$holder.address.floors',
        },
      },
      { $sort: { number: 1 } },
    ],
    { cursor: { batchSize: 3 } },
  )
  .toArray();
const inserted = people.insertMany([
  { _id: 9001, name: '新学员', hours: 1, tags: ['new'] },
  { _id: 9002, name: '新学员二', hours: 2, tags: [], score: NumberDecimal('1.10') },
  { _id: 9003, name: '新学员三', hours: 3, tags: [], flow: NumberLong('9007199254740995') },
]);
steps.inserted = Object.values(inserted.insertedIds).length;
const updated = people.updateMany(
  { areaId: 'nangang', tags: 'farmer' },
  { $inc: { hours: 5 }, $push: { tags: 'seen' }, $set: { 'address.checked': true } },
);
steps.updated = [updated.matchedCount, updated.modifiedCount];
steps.upserted = people.updateOne({ _id: 9100 }, { $set: { hours: 9 } }, { upsert: true }).insertedId;
steps.duplicate = codeOf(() => certificates.insertOne({ number: 'S000000000001' }));
people.createIndex({ name: 1, _id: -1 }, { name: 'byName', unique: true });
people.dropIndex('tags_1');
steps.indexes = people
  .getIndexes()
  .map(({ name }) => name)
  .sort();
steps.counted = [people.countDocuments({ hours: { $gte: 100 } }), people.estimatedDocumentCount()];
steps.different = people.distinct('tags').sort();
steps.modified = people.findOneAndUpdate(
  { _id: 9001 },
  { $set: { hours: 40 }, $addToSet: { tags: 'old' } },
  { returnDocument: 'after' },
);
const session = db.getMongo().startSession();
const inside = session.getDatabase(db.getName()).people;
session.withTransaction(() => {
  inside.updateOne({ _id: 1 }, { $set: { hours: 1000 } });
  inside.insertOne({ _id: 9200, hours: 1, tags: [] });
});
session.startTransaction();
inside.deleteMany({});
session.abortTransaction();
session.endSession();
steps.afterTransactions = [people.countDocuments(), people.findOne({ _id: 1 }, { hours: 1 }).hours];
const bulk = people.bulkWrite([
  { insertOne: { document: { _id: 9300, hours: 0, tags: [] } } },
  { updateMany: { filter: { hours: { $lt: 10 } }, update: { $set: { short: true } } } },
  { replaceOne: { filter: { _id: 9002 }, replacement: { hours: 7, tags: ['replaced'] } } },
  { deleteOne: { filter: { _id: 9003 } } },
]);
steps.bulk = [bulk.insertedCount, bulk.modifiedCount, bulk.deletedCount];
steps.deleted = people.deleteMany({ areaId: 'beicheng', hours: { $gt: 110 } }).deletedCount;
db.empty.drop();
steps.refused = codeOf(() => people.find({}).collation({ locale: 'zh' }).toArray());
print(EJSON.stringify(steps, { relaxed: false }));
