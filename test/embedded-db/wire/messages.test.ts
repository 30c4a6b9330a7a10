import { serialize, type Document } from 'bson';
import { expect } from 'chai';
import { connect } from 'node:net';
import { open, type Opened } from '../support/open.ts';
import { int32, message, opMsg, wireClient, type WireClient } from '../support/wire-client.ts';

const sequence = (name: string, documents: Document[]): Buffer => {
  const body = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((one) => serialize(one))]);
  return Buffer.concat([Buffer.of(1), int32(4 + body.length), body]);
};
const nested = (depth: number): Document => (depth === 0 ? {} : { a: nested(depth - 1) });
const insertOf = (collection: string, documents?: Document[]): Uint8Array =>
  serialize({ insert: collection, $db: 'test', ...(documents && { documents }) });

describe('embedded-db/wire/messages', () => {
  let opened: Opened;
  let client: WireClient;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());
  beforeEach(() => (client = wireClient(opened.server.uri)));
  afterEach(() => client.close());
  const isAnswered = async (bytes: Buffer, code: number): Promise<void> => {
    const [reply, ping] = await Promise.all([client.raw(bytes), client.command({ ping: 1, $db: 'test' })]);
    const answered = Buffer.concat([Buffer.from('\x10code\0'), int32(code)]);
    expect(reply?.includes(answered), `${code} in ${String(reply)}`).to.equal(true);
    expect(ping).to.include({ ok: 1 });
  };

  it('answers malformed BSON with InvalidBSON, and the connection goes on', async () => {
    const find = (filter: Document): Buffer => Buffer.from(serialize({ find: 'any', filter, $db: 'test' }));
    const text = find({ s: 'abc' });
    text[text.indexOf('abc')] = 0xff;
    const longer = find({ s: 'abc' });
    longer.writeInt32LE(400, longer.indexOf('abc') - 4);
    for (const bytes of [find(nested(300)), text, longer]) await isAnswered(opMsg(bytes), 22);
    await isAnswered(message(2013, Buffer.from([0, 0, 0, 0, 7, 5, 0, 0, 0, 0])), 22);
    await isAnswered(message(2013, Buffer.concat([int32(0), Buffer.of(0), int32(999), Buffer.alloc(8)])), 22);
    await isAnswered(opMsg(Buffer.concat([int32(12), Buffer.from([0x77, 0x61]), Buffer.alloc(6)])), 22);
  });

  it('refuses what a message says twice, of which one would be lost', async () => {
    const [one, other] = [[{ _id: 1 }], [{ _id: 2 }]];
    const twice = Buffer.concat([sequence('documents', one), sequence('documents', other)]);
    await isAnswered(opMsg(insertOf('twice'), 0, twice), 40431);
    await isAnswered(opMsg(insertOf('twice', one), 0, sequence('documents', other)), 40433);
    const another = Buffer.concat([Buffer.of(0), insertOf('twice', other)]);
    await isAnswered(opMsg(insertOf('twice', one), 0, another), 40430);
    expect(await opened.db.collection('twice').countDocuments()).to.equal(0);
  });

  it('does what came before bytes that are no message', async () => {
    const { length } = await new Promise<Buffer>((resolve) => {
      void client.raw(Buffer.concat([opMsg(insertOf('before', [{}])), Buffer.alloc(16)])).then((reply) => {
        resolve(reply ?? Buffer.alloc(0));
      });
    });
    expect(length).to.be.above(16);
    expect(await opened.db.collection('before').countDocuments()).to.equal(1);
  });

  it('takes no more from a client that does not read its replies, and goes on when it does', async () => {
    const waiting = opened.db.collection('waiting');
    await opened.db.collection('long').insertOne({ text: 'x'.repeat(10_000_000) });
    const path = decodeURIComponent(
      opened.server.uri.slice('mongodb://'.length, opened.server.uri.indexOf('/?')),
    );
    const socket = connect(path).pause();
    const find = opMsg(serialize({ find: 'long', $db: 'test' }));
    socket.write(Buffer.concat([find, find, opMsg(insertOf('waiting', [{}]))]));
    for (let i = 0; i < 20; i += 1) await opened.db.collection('long').findOne();
    expect(await waiting.countDocuments()).to.equal(0);
    let read = 0;
    await new Promise<void>((resolve) =>
      socket.on('data', (chunk: Buffer) => (read += chunk.length) > 20_000_300 && resolve()).resume(),
    );
    expect(await waiting.countDocuments()).to.equal(1);
    socket.destroy();
  });
});
