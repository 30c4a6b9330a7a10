import { expect } from 'chai';
import { Schema, type Connection } from 'mongoose';
import { createTransaction } from '../../src/persistence/connection.ts';
import { createGuards } from '../../src/persistence/guards.ts';
import { createRecordStore } from '../../src/persistence/record-store.ts';
import { openTestDatabase } from '../support/database.ts';

interface Box {
  readonly id: string;
  readonly version: number;
  readonly centreId: string;
  readonly label: string;
  readonly packedAt: Date;
  readonly note?: string | undefined;
}

const district = { kind: 'district' } as const;
const own = { kind: 'centre', centreId: 'c1' } as const;
const other = { kind: 'centre', centreId: 'c2' } as const;

describe('persistence/transaction-reads', () => {
  let connection: Connection;
  let drop: () => Promise<void>;
  let commands: string[];

  before(async () => {
    ({ connection, drop } = await openTestDatabase());
  });
  after(() => drop());

  const boxes = () => {
    const schema = new Schema(
      { _id: String, version: Number, centreId: String, label: String, packedAt: Date, note: String },
      { versionKey: false, collection: 'boxes' },
    );
    if (connection.models['Box'] !== undefined) connection.deleteModel('Box');
    return createRecordStore<Box>(connection, 'Box', schema, { centre: 'centreId' });
  };
  /** Which operations of the collection were sent to the database. */
  const noting = async (work: () => Promise<void>): Promise<string[]> => {
    commands = [];
    const note = ({ method, collectionName }: { method: string; collectionName: string }) =>
      commands.push(`${method} ${collectionName}`);
    connection.on('operation-start', note);
    await work();
    connection.off('operation-start', note);
    return commands;
  };
  const box = (id: string): Box => ({
    id,
    version: 0,
    centreId: 'c1',
    label: 'first',
    packedAt: new Date('2021-05-07T00:00:00Z'),
  });

  it('asks the same question once in a transaction, and again after a write', async () => {
    const store = boxes();
    const transaction = createTransaction(connection);
    await transaction(() => store.addMany([box('a1'), box('a2')]));
    const sent = await noting(async () => {
      await transaction(async () => {
        expect(await store.find(own, { label: 'first' })).to.have.length(2);
        expect(await store.find(own, { label: 'first' })).to.have.length(2);
        expect(await store.find(other, { label: 'first' })).to.have.length(0);
        await store.model.updateMany({ _id: 'a1' } as never, { $set: { label: 'second' } } as never);
        expect(await store.find(own, { label: 'first' })).to.have.length(1);
      });
      expect(await store.find(own, { label: 'first' })).to.have.length(1);
    });
    expect(sent).to.deep.equal(['find boxes', 'find boxes', 'updateMany boxes', 'find boxes', 'find boxes']);
  });

  it('has a record that was saved at hand as the database holds it, in scope only', async () => {
    const store = boxes();
    const transaction = createTransaction(connection);
    await transaction(() => store.add(box('b1')));
    const sent = await noting(() =>
      transaction(async () => {
        const saved = await store.save({ ...(await store.get(own, 'b1')), label: 'saved', note: undefined });
        expect(await store.get(district, 'b1')).to.deep.equal({ ...box('b1'), version: 1, label: 'saved' });
        const again = await store.save({ ...saved, label: 'again' });
        expect((await store.get(own, 'b1')).version).to.equal(again.version);
        expect(await store.findOne(other, { _id: 'b1' })).to.equal(null);
      }),
    );
    expect(sent).to.deep.equal(['find boxes', 'bulkWrite boxes', 'bulkWrite boxes', 'find boxes']);
    expect(await store.get(own, 'b1')).to.deep.equal({ ...box('b1'), version: 2, label: 'again' });
  });

  it('forgets with the transaction what it read, wrote and held', async () => {
    const store = boxes();
    const guards = createGuards(connection);
    const transaction = createTransaction(connection);
    await transaction(() => store.add(box('d1')));
    const failed = transaction(async () => {
      await store.save({ ...(await store.get(own, 'd1')), label: 'lost' });
      throw new Error('no');
    });
    expect(await failed.catch((error: unknown) => String(error))).to.contain('no');
    await transaction(async () => {
      expect((await store.get(own, 'd1')).label).to.equal('first');
    });
    const sent = await noting(async () => {
      await transaction(async () => {
        await guards.take('one', 'two');
        await guards.take('two');
        await guards.take('two', 'three');
      });
      await transaction(() => guards.take('one'));
    });
    expect(sent).to.deep.equal(['bulkWrite guards', 'bulkWrite guards', 'bulkWrite guards']);
  });
});
