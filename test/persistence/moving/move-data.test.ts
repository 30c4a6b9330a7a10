import { expect } from 'chai';
import { mongo, type Connection } from 'mongoose';
import { connect } from '../../../src/persistence/connection.ts';
import { moveData, type Move } from '../../../src/persistence/moving/move-data.ts';
import { indexesOf } from '../../../src/persistence/moving/survey.ts';
import { openTestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/training.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;

const names = (db: mongo.Db) =>
  db
    .listCollections()
    .toArray()
    .then((all) => all.map(({ name }) => name).sort());

/** The bytes of every document by id, in hexadecimal. */
async function bytesOf(db: mongo.Db, name: string): Promise<string[]> {
  const found = await db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray();
  return found.map((one) => Buffer.from(one as unknown as Uint8Array).toString('hex'));
}

const smallBatch = { documents: 50, bytes: 1_000_000 };

describe('persistence/moving/move-data', () => {
  let from: TestDatabase;
  let into: TestDatabase;
  let source: mongo.Db;
  let target: mongo.Db;
  const move = (given: Partial<Move> = {}) =>
    moveData({ source, target, from: 'there', intoExisting: false, ...given });
  /** Runs a move until a batch of people was copied so many times. */
  const interrupted = (batches: number, given: Partial<Move> = {}) => {
    let seen = 0;
    return refusalOf(
      move({
        batch: smallBatch,
        ...given,
        onProgress: (_, name) => {
          if (name === 'people' && (seen += 1) === batches) throw new Error('stop');
        },
      }),
    );
  };
  const people = (count: number, first = 0) =>
    Array.from({ length: count }, (_, index) => ({ _id: first + index, serial: first + index }) as object);

  beforeEach(async () => {
    [from, into] = [await openTestDatabase(), await openTestDatabase()];
    [source, target] = [from, into].map(({ connection }) => connection.db!) as [mongo.Db, mongo.Db];
    await source.collection('people').insertMany(people(250));
    await source
      .collection('people')
      .createIndex({ serial: 1, name: -1 }, { name: 'by serial', unique: true });
    await source.collection('visits').createIndex({ at: 1 }, { expireAfterSeconds: 86_400 });
    await source
      .collection('visits')
      .createIndex({ who: 1 }, { partialFilterExpression: { who: { $type: 'string' } } });
    await source
      .collection<{ _id: string }>('visits')
      .insertOne({ _id: 'a', at: new Date(), who: '王' } as never);
    await source.command({ create: 'empty' });
  });
  afterEach(async () => {
    await from.drop();
    await into.drop();
  });

  it('brings every document byte for byte, whatever its types and the order of its fields, with all indexes', async () => {
    const odd = new Map<string, unknown>([
      ['_id', new mongo.ObjectId()],
      ['b', new mongo.Double(1)],
      ['2021', new mongo.Long(7)],
      [
        '1',
        [
          new Map<string, unknown>([
            ['z', 1],
            ['0', null],
          ]),
          [mongo.Decimal128.fromString('1.50')],
        ],
      ],
      ['at', new Date(-1)],
      ['bytes', new mongo.Binary(Buffer.from('ab'), 5)],
      ['pattern', new mongo.BSONRegExp('^a', 'ix')],
      ['stamp', new mongo.Timestamp({ t: 4, i: 2 })],
      ['least', new mongo.MinKey()],
      ['code', new mongo.Code('x', { y: 1 })],
    ]);
    await source.command({
      insert: 'odd',
      documents: [odd as never, { _id: null }, { _id: { b: 1 }, a: -0 }],
    });
    const { collections } = await move();
    expect(collections.map(({ name, digest }) => `${name} ${digest.count}`)).to.deep.equal([
      'empty 0',
      'odd 3',
      'people 250',
      'visits 1',
    ]);
    expect(await names(target)).to.deep.equal(['empty', 'odd', 'people', 'visits']);
    for (const name of ['odd', 'people', 'visits']) {
      expect(await bytesOf(target, name)).to.deep.equal(await bytesOf(source, name));
      expect(await indexesOf(target, name)).to.deep.equal(await indexesOf(source, name));
    }
    expect((await indexesOf(target, 'visits')).map(({ name }) => name)).to.deep.equal(['at_1', 'who_1']);
  });

  it('goes on where it was interrupted; until then nobody opens the half of it', async () => {
    const stopAt = (share: number) => (done: number) => {
      if (done >= share) throw new Error('pulled the plug');
    };
    const batch = smallBatch;
    expect((await refusalOf(move({ batch, onProgress: stopAt(0.2) }))).message).to.equal('pulled the plug');
    expect(await target.collection('people').countDocuments({})).to.be.within(50, 249);
    const opened = await refusalOf(connect(into.uri, into.connection.name));
    expect(opened.message).to.include('a move from there that is not finished');
    expect((await refusalOf(move({ from: 'elsewhere' }))).message).to.include('unfinished move from there');
    expect(
      (await refusalOf(moveData({ source: target, target: source, from: 'half', intoExisting: true })))
        .message,
    ).to.include('half holds an unfinished move itself');

    const copied: string[] = [];
    const { resumedAt } = await move({ batch, onProgress: (_, name) => void copied.push(name) });
    expect(resumedAt).to.be.within(50, 249);
    expect(await bytesOf(target, 'people')).to.deep.equal(await bytesOf(source, 'people'));
    const reopened: Connection = await connect(into.uri, into.connection.name);
    await reopened.close();
  });

  it('copies a collection once more whose source changed between interruption and resumption', async () => {
    await interrupted(3);
    await source.collection<{ _id: number }>('people').updateOne({ _id: 3 }, { $set: { serial: -3 } });
    await source.collection<{ _id: number }>('people').deleteOne({ _id: 7 });
    await move({ batch: smallBatch });
    expect(await bytesOf(target, 'people')).to.deep.equal(await bytesOf(source, 'people'));
    expect(await indexesOf(target, 'people')).to.deep.equal(await indexesOf(source, 'people'));
  });

  it('begins a collection anew whose source took in a document among those that had been copied', async () => {
    await interrupted(3);
    await source.collection<{ _id: number }>('people').insertOne({ _id: -1 });
    await source.collection<{ _id: number }>('people').updateOne({ _id: 240 }, { $set: { serial: -3 } });
    await move({ batch: smallBatch });
    expect(await bytesOf(target, 'people')).to.deep.equal(await bytesOf(source, 'people'));
    expect(await indexesOf(target, 'people')).to.deep.equal(await indexesOf(source, 'people'));
  });

  it('never touches what the target held before, also when the source gets a collection of that name', async () => {
    await target.collection('others').insertOne({ kept: true });
    await interrupted(3, { intoExisting: true });
    await source.collection('others').insertMany([{ a: 1 }, { a: 2 }]);
    const refused = await refusalOf(move({ intoExisting: true }));
    expect(refused.message).to.include("The target's others holds other documents than the source's");
    expect(await target.collection('others').find().toArray())
      .to.have.length(1)
      .and.to.have.nested.property('[0].kept', true);
    await target.dropCollection('others');
    await move({ intoExisting: true });
    expect(await bytesOf(target, 'others')).to.deep.equal(await bytesOf(source, 'others'));
  });

  it('names what an interrupted move brought and the source has no more, as when another one lies at its place', async () => {
    await interrupted(3);
    await source.dropCollection('people');
    expect((await refusalOf(move())).message).to.include('The target holds people, and the source does not.');
    await target.dropCollection('people');
    await move();
    expect(await names(target)).to.deep.equal(await names(source));
  });

  it('copies once more what expired in the source meanwhile', async () => {
    await source.collection('visits').insertOne({ at: new Date(0) });
    let expired = false;
    await move({
      onProgress: (share) => {
        if (share < 0.5 || expired) return;
        expired = true;
        void source.collection('visits').deleteOne({ at: new Date(0) });
      },
    });
    expect(await bytesOf(target, 'visits'))
      .to.deep.equal(await bytesOf(source, 'visits'))
      .and.have.length(1);
  });

  for (const [what, write] of [
    [
      'a document of what is verified already',
      () => source.collection<{ _id: number }>('people').insertOne({ _id: -5 }),
    ],
    ['a new collection', () => source.collection('later').insertOne({})],
    [
      'the lease of an application that only seals',
      () => source.collection('trailHeads').updateOne({}, { $set: { leaseUntil: new Date(6_000) } }),
    ],
  ] as const)
    it(`refuses a move whose source is written to before it ends: ${what}`, async () => {
      await source.collection('trailHeads').insertOne({ leaseUntil: new Date(5_000) });
      let written = false;
      const refused = await refusalOf(
        move({
          onProgress: (share) => {
            if (share < 1 || written) return;
            written = true;
            void write();
          },
        }),
      );
      expect(refused.message).to.include('there was written to while it was moved. Stop what works on it');
      expect(await names(target)).to.include('unfinishedMove');
      await move();
      expect(await names(target)).to.deep.equal(await names(source));
    });

  it('refuses a move whose source changes while it is verified, and stays marked', async () => {
    let changed = false;
    const refused = await refusalOf(
      move({
        onProgress: (share) => {
          if (share < 0.5 || changed) return;
          changed = true;
          void source.collection<{ _id: number }>('people').insertOne({ _id: 900 });
        },
      }),
    );
    expect(refused.message).to.match(/people differs: 251 documents \(\w{16}\) in the source, 250 /);
    expect(await names(target)).to.include('unfinishedMove');
  });

  it('refuses a target that is not empty, and keeps what is there beside it when told to', async () => {
    await target.collection('others').insertOne({ kept: true });
    await target.collection<object>('people').insertMany(people(2));
    const refused = await refusalOf(move());
    expect(refused.message).to.include('it has 2 collections (others, people)');
    const mixed = await refusalOf(move({ intoExisting: true }));
    expect(mixed.message).to.include("The target's people holds other documents");
    expect(await target.collection('people').countDocuments({})).to.equal(2);

    await target.collection<object>('people').insertMany(people(248, 2));
    await move({ intoExisting: true });
    expect(await bytesOf(target, 'people')).to.deep.equal(await bytesOf(source, 'people'));
    expect(await target.collection('others').countDocuments({ kept: true })).to.equal(1);
    expect(await names(target)).to.deep.equal(['empty', 'others', 'people', 'visits']);
  });

  it('names an index of the target that the source lacks', async () => {
    await target.collection('empty').createIndex({ own: 1 });
    const refused = await refusalOf(move({ intoExisting: true }));
    expect(refused.message)
      .to.include('The options or indexes of empty differ: not in the source')
      .and.include('own_1')
      .and.include('Mend that in the target');
  });

  it('names the collection whose index the target cannot have', async () => {
    await target.collection('people').createIndex({ name: 1 }, { name: 'by serial' });
    expect((await refusalOf(move({ intoExisting: true }))).message).to.match(
      /The target does not take people with its options and indexes: .*same name.*Change that/,
    );
  });

  it('refuses a database in which there is nothing, as one whose name is mistyped', async () => {
    await source.dropDatabase();
    expect((await refusalOf(move())).message).to.include('There is nothing in there');
    expect(await names(target)).to.deep.equal([]);
  });
});
