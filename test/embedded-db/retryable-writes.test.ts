import { Long, UUID } from '../support/bson.ts';
import { expect } from 'chai';
import { open, type Opened } from './support/open.ts';
import { wireClient, type WireClient } from './support/wire-client.ts';

describe('embedded-db/retryable writes', () => {
  let opened: Opened;
  let client: WireClient;
  before(async () => {
    opened = await open();
    client = wireClient(opened.server.uri);
  });
  after(async () => {
    client.close();
    await opened.close();
  });

  const session = () => ({ lsid: { id: new UUID() }, $db: 'test' });

  it('gives the first reply again instead of writing twice', async () => {
    const common = { ...session(), txnNumber: Long.fromNumber(1) };
    const update = {
      update: 'c',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      ...common,
    };
    const first = await client.command(update);
    expect(await client.command(update)).to.deep.equal(first);
    expect(await opened.db.collection('c').findOne()).to.deep.equal({ _id: 1, n: 1 });
  });

  it('waits for the first attempt where that is still running', async () => {
    const insert = { insert: 'd', documents: [{ _id: 1 }], ...session(), txnNumber: Long.fromNumber(7) };
    const other = wireClient(opened.server.uri);
    const [one, two] = await Promise.all([client.command(insert), other.command(insert)]);
    other.close();
    expect(one).to.deep.equal(two);
    expect(one).to.include({ n: 1, ok: 1 });
  });

  it('refuses a number that is behind, and takes the next one', async () => {
    const common = session();
    const insert = (n: number): Promise<Record<string, unknown>> =>
      client.command({ insert: 'e', documents: [{ n }], ...common, txnNumber: Long.fromNumber(n) });
    expect(await insert(5)).to.include({ n: 1 });
    expect(await insert(4)).to.include({ ok: 0, code: 225 });
    expect(await insert(6)).to.include({ n: 1 });
  });

  it('gives back an error as it was', async () => {
    await opened.db.collection<{ _id: number }>('f').insertOne({ _id: 1 });
    const insert = { insert: 'f', documents: [{ _id: 1 }], ...session(), txnNumber: Long.fromNumber(1) };
    const first = await client.command(insert);
    await opened.db.collection<{ _id: number }>('f').deleteOne({ _id: 1 });
    expect(await client.command(insert)).to.deep.equal(first);
    expect(first['writeErrors'][0]).to.include({ code: 11000, index: 0 });
  });
});
