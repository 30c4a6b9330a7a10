// The session of work that every client does: here by the Node driver, in work.py by PyMongo, in work.mongosh.js by mongosh.
import { canonical, type Client, type Db } from './office.ts';
import mongoose from 'mongoose';

const { Decimal128, Long } = mongoose.mongo;

/** Does the work on `db`; what each step answered, by step, every type spelt out. */
export async function workByNodeDriver(client: Client, db: Db): Promise<Record<string, unknown>> {
  const people = db.collection<{ _id: number; hours: number; tags: string[] }>('people');
  const certificates = db.collection('certificates');
  const steps: Record<string, unknown> = {};

  steps['collections'] = (await db.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .sort();
  steps['found'] = await people
    .find({ areaId: 'donghu', hours: { $gt: 20 } }, { projection: { name: 1, hours: 1, enrolledAt: 1 } })
    .sort({ hours: -1, _id: 1 })
    .batchSize(50)
    .toArray();
  steps['byArea'] = await people
    .aggregate([
      {
        $group: {
          _id: '$areaId',
          hours: { $sum: '$hours' },
          score: { $avg: '$score' },
          people: { $sum: 1 },
        },
      },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  steps['joined'] = await certificates
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
      { batchSize: 3 },
    )
    .toArray();
  const inserted = await people.insertMany([
    { _id: 9001, name: '新学员', hours: 1, tags: ['new'] },
    { _id: 9002, name: '新学员二', hours: 2, tags: [], score: Decimal128.fromString('1.10') },
    { _id: 9003, name: '新学员三', hours: 3, tags: [], flow: Long.fromString('9007199254740995') },
  ] as never);
  steps['inserted'] = Object.values(inserted.insertedIds).length;
  const updated = await people.updateMany({ areaId: 'nangang', tags: 'farmer' }, {
    $inc: { hours: 5 },
    $push: { tags: 'seen' },
    $set: { 'address.checked': true },
  } as never);
  steps['updated'] = [updated.matchedCount, updated.modifiedCount];
  const upserted = await people.updateOne({ _id: 9100 }, { $set: { hours: 9 } }, { upsert: true });
  steps['upserted'] = upserted.upsertedId;
  steps['duplicate'] = await codeOf(certificates.insertOne({ number: 'S000000000001' }));
  await people.createIndex({ name: 1, _id: -1 }, { name: 'byName', unique: true });
  await people.dropIndex('tags_1');
  steps['indexes'] = (await people.listIndexes().toArray()).map(({ name }) => String(name)).sort();
  steps['counted'] = [
    await people.countDocuments({ hours: { $gte: 100 } }),
    await people.estimatedDocumentCount(),
  ];
  steps['different'] = (await people.distinct('tags')).sort();
  steps['modified'] = await people.findOneAndUpdate(
    { _id: 9001 },
    { $set: { hours: 40 }, $addToSet: { tags: 'old' } },
    { returnDocument: 'after' },
  );
  await client.withSession(async (session) => {
    await session.withTransaction(async () => {
      await people.updateOne({ _id: 1 }, { $set: { hours: 1000 } }, { session });
      await people.insertOne({ _id: 9200, hours: 1, tags: [] }, { session });
    });
    session.startTransaction();
    await people.deleteMany({}, { session });
    await session.abortTransaction();
  });
  steps['afterTransactions'] = [
    await people.countDocuments(),
    (await people.findOne({ _id: 1 }, { projection: { hours: 1 } }))!.hours,
  ];
  const bulk = await people.bulkWrite([
    { insertOne: { document: { _id: 9300, hours: 0, tags: [] } } },
    { updateMany: { filter: { hours: { $lt: 10 } }, update: { $set: { short: true } } as never } },
    { replaceOne: { filter: { _id: 9002 }, replacement: { hours: 7, tags: ['replaced'] } } },
    { deleteOne: { filter: { _id: 9003 } } },
  ]);
  steps['bulk'] = [bulk.insertedCount, bulk.modifiedCount, bulk.deletedCount];
  steps['deleted'] = (await people.deleteMany({ areaId: 'beicheng', hours: { $gt: 110 } })).deletedCount;
  await db.collection('empty').drop();
  steps['refused'] = await codeOf(people.find({}, { collation: { locale: 'zh' } }).toArray());
  return canonical(steps) as Record<string, unknown>;
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
