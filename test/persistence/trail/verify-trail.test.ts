import { expect } from 'chai';
import type { Deps } from '../../../src/deps.ts';
import type { Seal } from '../../../src/domain/trail/chain.ts';
import { runForRequest } from '../../../src/persistence/request-facts.ts';
import { verifyTrail } from '../../../src/persistence/trail/verify-trail.ts';
import { sealAll } from '../../../src/sealer.ts';
import { openWorld, type World } from '../../support/world.ts';

type Stored = Record<string, unknown> & { _id: string };
interface Batch {
  _id: number;
  ids: string[];
  hashes: Buffer;
}
const count = 6;

describe('persistence/trail/verify-trail', function () {
  this.timeout(60_000);
  let world: World;
  let deps: Deps;
  let whole: readonly Stored[];
  let batches: readonly Batch[];
  let seals: readonly Seal[];
  let head: Record<string, unknown>;
  const db = () => deps.people.model.db.db!;
  const events = () => db().collection<Stored>('events');
  const kept = () => db().collection<Batch>('trailSeals');
  const heads = () => db().collection<{ _id: string }>('trailHeads');
  const verify = (witnessed: readonly Seal[] = []) =>
    verifyTrail(deps.people.model.db, { witnessed, now: new Date() });
  /** The number and event a fault is found at. */
  const found = async (witnessed: readonly Seal[] = []) => (await verify(witnessed)).fault;
  const put = async (some: readonly Batch[]) => {
    await kept().deleteMany({});
    if (some.length > 0) await kept().insertMany(some.map((one) => ({ ...one })));
  };

  before(async () => {
    world = await openWorld();
    ({ deps } = world);
    for (let at = 0; at < count; at += 1) {
      await runForRequest('192.0.2.7', () =>
        deps.transaction(() =>
          deps.events.record({
            what: 'thing.changed',
            who: { accountId: 'a1', name: '张三' },
            about: { kind: 'thing', id: `t${at}` },
            when: deps.now(),
            before: { state: 'draft', on: null, days: ['2021-03-01', '2021-03-02'] },
            after: {
              state: 'filed',
              count: 3,
              share: 0.5,
              late: false,
              at: new Date(7),
              deep: { list: [{ a: 1 }] },
            },
            reason: '更正',
          }),
        ),
      );
      if (at % 2 === 1) await sealAll(deps);
    }
    batches = (await kept().find({}).sort({ _id: 1 }).toArray()).map(({ hashes, ...batch }) => ({
      ...batch,
      hashes: Buffer.from((hashes as unknown as { buffer: Uint8Array }).buffer),
    }));
    expect(batches.map(({ _id }) => _id)).to.deep.equal([1, 3, 5]);
    const stored = new Map((await events().find({}).toArray()).map((one) => [one._id, one]));
    whole = batches.flatMap(({ ids }) => ids.map((id) => stored.get(id)!));
    seals = batches.flatMap(({ _id, hashes }) =>
      [0, 1].map((at) => ({ number: _id + at, hash: hashes.toString('hex', 32 * at, 32 * at + 32) })),
    );
    head = (await heads().findOne({}))!;
  });
  after(() => world.close());
  afterEach(async () => {
    await events().deleteMany({});
    await events().insertMany(whole.map((one) => ({ ...one })));
    await put(batches);
    await heads().replaceOne({ _id: 'events' }, head);
  });

  it('finds nothing wrong with what the product wrote', async () => {
    expect(await verify(seals)).to.deep.equal({
      read: count,
      last: seals.at(-1)!,
      fault: null,
      headGone: false,
      late: null,
      astray: null,
      unaccounted: [],
    });
  });

  it('finds one change in any field of any event, and a field more or less', async () => {
    const paths = leavesOf(whole[0]!);
    expect(paths).to.include.members([
      '_id',
      'what',
      'who.name',
      'when',
      'address',
      'after.deep.list.0.a',
      'reason',
      'sealBatch',
    ]);
    expect(paths).to.have.length.above(19);
    for (const [index, path] of paths.entries()) {
      const event = whole[index % count]!;
      const number = (index % count) + 1;
      const altered = structuredClone(event);
      flip(altered, path);
      await events().deleteOne({ _id: event._id });
      await events().insertOne(altered);
      expect(await found(), path).to.deep.equal(
        path === '_id'
          ? { kind: 'missing', number, until: number }
          : { kind: 'altered', number, eventId: event._id },
      );
      await events().deleteOne({ _id: altered._id });
      await events().insertOne({ ...event });
    }
    const [third] = whole.slice(2);
    for (const change of [
      { $unset: { reason: 1 } },
      { $unset: { sealBatch: 1 } },
      { $set: { more: null } },
      { $set: { unsealedSince: new Date() } },
    ]) {
      await events().updateOne({ _id: third!._id }, change as never);
      expect(await found()).to.deep.equal({ kind: 'altered', number: 3, eventId: third!._id });
      await events().replaceOne({ _id: third!._id }, { ...third! });
    }
  });

  it('finds one byte changed in any hash, and a seal more or less', async () => {
    for (let byte = 0; byte < 32 * count; byte += 1) {
      const at = Math.floor(byte / 64);
      const hashes = Buffer.from(batches[at]!.hashes);
      hashes[byte % 64]! ^= 1;
      await put(batches.with(at, { ...batches[at]!, hashes }));
      expect((await found())!.number, `byte ${byte}`).to.equal(Math.floor(byte / 32) + 1);
    }
    const [first, second, third] = batches as [Batch, Batch, Batch];
    const { _id, ids, hashes } = second;
    const inOfThird = { kind: 'altered', number: 3, eventId: whole[2]!._id };
    for (const [changed, fault] of [
      [{ ...second, hashes: hashes.subarray(0, 63) }, inOfThird],
      [{ ...second, hashes: Buffer.concat([hashes, hashes]) }, inOfThird],
      [{ ...second, hashes: null }, inOfThird],
      [{ ...second, more: 1 }, inOfThird],
      [
        { _id, ids: ids.slice(0, 1), hashes: hashes.subarray(0, 32) },
        { kind: 'missing', number: 4, until: 4 },
      ],
      [
        { _id, ids: [], hashes: Buffer.of() },
        { kind: 'missing', number: 3, until: 4 },
      ],
      [
        { _id, hashes },
        { kind: 'missing', number: 3, until: 4 },
      ],
    ] as const) {
      await put([first, changed as Batch, third]);
      expect(await found()).to.deep.equal(fault);
    }
  });

  it('finds one event taken out, wherever, with its seal or without', async () => {
    for (const [at, { _id }] of whole.entries()) {
      const number = at + 1;
      await events().deleteOne({ _id });
      expect(await found()).to.deep.equal({ kind: 'missing', number, until: number });
      await events().insertOne({ ...whole[at]! });
    }
    for (const [at, { _id }] of batches.entries()) {
      await put(batches.toSpliced(at, 1));
      const kind = at === 2 ? 'truncated' : 'missing';
      expect(await found()).to.deep.equal({ kind, number: _id, until: _id + 1 });
    }
  });

  it('finds one event put in, whatever it says of its seal', async () => {
    for (const marks of [
      {},
      { sealBatch: 1 },
      { sealBatch: 7 },
      { sealBatch: 'x' },
      { seal: { number: 7 } },
      { unsealedSince: new Date(0) },
    ]) {
      await events().insertOne({ ...withoutMark(whole[3]!), _id: 'alien', ...marks });
      expect(await verify()).to.deep.include({ fault: null, astray: { count: 1, firstId: 'alien' } });
      await events().deleteOne({ _id: 'alien' });
    }
  });

  it('finds one event put in with a seal: beyond the end, under a number that is none, or in between', async () => {
    const alien = (number: unknown, hash = seals[3]!.hash) =>
      ({ _id: number, ids: ['alien'], hashes: Buffer.from(hash, 'hex') }) as Batch;
    await events().insertOne({ ...whole[3]!, _id: 'alien', sealBatch: count + 1 });
    const inserted = { kind: 'inserted', eventId: 'alien' };
    for (const number of [count + 1, 3.5, 0]) {
      await put([...batches, alien(number)]);
      expect(await found()).to.deep.equal({ ...inserted, number });
    }
    await put([...batches, alien('7')]);
    expect(await found()).to.deep.include(inserted);
    const [first, second, third] = batches as [Batch, Batch, Batch];
    await put([
      first,
      {
        _id: 3,
        ids: ['alien', ...second.ids],
        hashes: Buffer.concat([second.hashes.subarray(32), second.hashes]),
      },
      { ...third, _id: 6 },
    ]);
    expect(await found()).to.deep.equal({ ...inserted, number: 3 });
  });

  it('finds two events exchanged, near and far', async () => {
    for (const [one, other] of [
      [1, 2],
      [0, 5],
      [2, 4],
      [2, 3],
    ] as const) {
      const ids = whole.map(({ _id }) => _id);
      [ids[one], ids[other]] = [ids[other]!, ids[one]!];
      await put(batches.map((batch) => ({ ...batch, ids: ids.slice(batch._id - 1, batch._id + 1) })));
      expect(await found()).to.deep.equal({
        kind: 'reordered',
        number: one + 1,
        eventId: whole[other]!._id,
        otherId: whole[one]!._id,
      });
    }
  });

  it('finds a cut end by the sealer’s note, and by a checkpoint where the note was set back', async () => {
    await events().deleteMany({ _id: { $in: whole.slice(4).map(({ _id }) => _id) } });
    expect(await found()).to.deep.equal({ kind: 'missing', number: 5, until: count });
    await put(batches.slice(0, 2));
    expect(await found()).to.deep.equal({ kind: 'truncated', number: 5, until: count });
    await heads().updateOne({ _id: 'events' }, { $set: { ...seals[3]! } });
    expect(await found()).to.equal(null);
    expect(await found([seals[4]!])).to.deep.equal({ kind: 'truncated', number: 5, until: 5 });
    await heads().deleteMany({});
    expect(await verify()).to.deep.include({ fault: null, headGone: true, astray: null });
  });

  it('finds a trail written anew by a checkpoint', async () => {
    await events().updateMany({}, {
      $unset: { sealBatch: 1 },
      $set: { unsealedSince: new Date(), reason: '改' },
    } as never);
    await kept().deleteMany({});
    await heads().deleteMany({});
    await sealAll(deps);
    expect(await found()).to.equal(null);
    expect(await found([seals[3]!])).to.deep.equal({ kind: 'rewritten', number: 4 });
  });

  it('counts events that wait for their seal longer than ten seconds', async () => {
    const unsealed = withoutMark(whole[0]!);
    const waiting = (ago: number) => ({
      ...unsealed,
      _id: `w${ago}`,
      unsealedSince: new Date(Date.now() - ago),
    });
    await events().insertMany([waiting(11_000), waiting(12_000), waiting(0)] as never[]);
    expect(await verify()).to.deep.include({
      fault: null,
      astray: null,
      late: { count: 2, firstId: 'w12000' },
    });
  });
});

function withoutMark(event: Stored): object {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'sealBatch'));
}

/** The paths of all values that hold no others. */
function leavesOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [at];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, at === '' ? name : `${at}.${name}`));
}

/** Changes the value at a path by as little as it can be changed. */
function flip(event: Record<string, unknown>, path: string): void {
  const names = path.split('.');
  const last = names.pop()!;
  const holder = names.reduce<Record<string, unknown>>(
    (one, name) => one[name] as Record<string, unknown>,
    event,
  );
  const value = holder[last];
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    const at = bytes.length - 1;
    bytes[at]! ^= 1;
    holder[last] = bytes.toString();
  } else if (typeof value === 'number') holder[last] = value + 2 ** -20;
  else if (value instanceof Date) holder[last] = new Date(value.getTime() + 1);
  else holder[last] = value === null ? false : !(value as boolean);
}
