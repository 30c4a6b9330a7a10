import { expect } from 'chai';
import mongoose, { Schema, type ClientSession, type Connection } from 'mongoose';
import { createTransaction } from '../../src/persistence/connection.ts';
import { createSubmissions } from '../../src/persistence/submissions.ts';
import { openTestDatabase } from '../support/database.ts';
import { codeOf } from '../use-cases/races/race.ts';

describe('persistence/submissions', () => {
  let connection: Connection;
  let drop: () => Promise<void>;
  before(async () => {
    ({ connection, drop } = await openTestDatabase());
  });
  after(() => drop());

  it('writes once where the commit came through and the server forgot it before it said so', async () => {
    const { ClientSession: Session, MongoServerError } = mongoose.mongo;
    const { commitTransaction } = Session.prototype;
    const notes = connection.model('Note', new Schema({ _id: String }, { collection: 'notes' }));
    let runs = 0;
    Session.prototype.commitTransaction = async function (this: ClientSession) {
      Session.prototype.commitTransaction = commitTransaction;
      await commitTransaction.call(this);
      const errorLabels = ['TransientTransactionError'];
      throw new MongoServerError({ message: 'No such transaction', code: 251, errorLabels });
    };
    const sent = createSubmissions(connection).under('k1', () =>
      createTransaction(connection)(async () => {
        runs += 1;
        await notes.create([{ _id: `note ${runs}` }]);
      }),
    );
    expect(await sent.then(() => null, codeOf)).to.equal('shared.repeatedSubmission');
    expect(runs).to.equal(1);
    expect(await notes.countDocuments({})).to.equal(1);
  });
});
