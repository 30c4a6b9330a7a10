import { expect } from 'chai';
import type { Deps } from '../../../src/deps.ts';
import type { Seal } from '../../../src/domain/trail/chain.ts';
import { runForRequest } from '../../../src/persistence/request-facts.ts';
import { verifyTrail } from '../../../src/persistence/trail/verify-trail.ts';
import { sealAll } from '../../../src/sealer.ts';
import { openWorld, type World } from '../../support/world.ts';

type Stored = Record<string, unknown> & { _id: string; seal: Seal };
const count = 6;

describe('persistence/trail/verify-trail', function () {
  this.timeout(60_000);
  let world: World;
  let deps: Deps;
  let whole: readonly Stored[];
  let head: Record<string, unknown>;
  const db = () => deps.people.model.db.db!;
  const events = () => db().collection<Stored>('events');
  const heads = () => db().collection<{ _id: string }>('trailHeads');
  const verify = (witnessed: readonly Seal[] = []) =>
    verifyTrail(deps.people.model.db, { witnessed, now: new Date() });
  /** The number and event a fault is found at. */
  const found = async (witnessed: readonly Seal[] = []) => (await verify(witnessed)).fault;

  before(async () => {
    world = await openWorld();
    ({ deps } = world);
    for (let at = 0; at < count; at += 1)
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
    await sealAll(deps);
    whole = await events().find({}).sort({ 'seal.number': 1 }).toArray();
    head = (await heads().findOne({}))!;
  });
  after(() => world.close());
  afterEach(async () => {
    await events().deleteMany({});
    await events().insertMany(whole.map((one) => ({ ...one })));
    await heads().replaceOne({ _id: 'events' }, head);
  });

  it('finds nothing wrong with what the product wrote', async () => {
    expect(await verify(whole.map((one) => one.seal))).to.deep.equal({
      read: count,
      last: whole.at(-1)!.seal,
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
    ]);
    expect(paths).to.have.length.above(20);
    for (const [index, path] of paths.entries()) {
      const event = whole[index % count]!;
      const { number } = event.seal;
      const changed = structuredClone(event);
      flip(changed, path);
      await events().deleteOne({ _id: event._id });
      await events().insertOne(changed);
      const fault = (await found())!;
      expect(Math.floor(fault.number), path).to.equal(number);
      if (!path.startsWith('seal.number'))
        expect(fault, path).to.deep.equal({ kind: 'altered', number, eventId: changed._id });
      await events().deleteOne({ _id: changed._id });
      await events().insertOne({ ...event });
    }
    const [third] = whole.slice(2);
    for (const change of [
      { $unset: { reason: 1 } },
      { $set: { more: null } },
      { $set: { unsealedSince: new Date() } },
    ]) {
      await events().updateOne({ _id: third!._id }, change as never);
      expect(await found()).to.deep.equal({ kind: 'altered', number: 3, eventId: third!._id });
      await events().replaceOne({ _id: third!._id }, { ...third! });
    }
  });

  it('finds one event taken out, wherever', async () => {
    for (const { _id, seal } of whole) {
      await events().deleteOne({ _id });
      const kind = seal.number === count ? 'truncated' : 'missing';
      expect(await found()).to.deep.equal({ kind, number: seal.number, until: seal.number });
      await events().insertOne({ ...whole[seal.number - 1]! });
    }
    await events().updateOne({ _id: whole[1]!._id }, { $unset: { seal: 1 } });
    expect(await verify()).to.deep.include({
      fault: { kind: 'missing', number: 2, until: 2 },
      astray: { count: 1, firstId: whole[1]!._id },
    });
  });

  it('finds one event put in: beyond the end, with a number that is none, or with none at all', async () => {
    const alien = { ...whole[3]!, _id: 'alien' };
    await events().insertOne({ ...alien, seal: { number: count + 1, hash: alien.seal.hash } });
    expect(await found()).to.deep.equal({ kind: 'inserted', number: count + 1, eventId: 'alien' });
    await events().replaceOne({ _id: 'alien' }, { ...alien, seal: { number: 3.5, hash: alien.seal.hash } });
    expect(await found()).to.deep.equal({ kind: 'inserted', number: 3.5, eventId: 'alien' });
    for (const seal of [undefined, { number: '4', hash: alien.seal.hash }, { number: NaN, hash: '' }]) {
      const unsealed = withoutSeal(alien);
      await events().replaceOne(
        { _id: 'alien' },
        (seal === undefined ? unsealed : { ...alien, seal }) as never,
      );
      expect(await verify()).to.deep.include({ fault: null, astray: { count: 1, firstId: 'alien' } });
    }
  });

  it('finds one event put in between, the later ones numbered anew', async () => {
    await events().deleteMany({ 'seal.number': { $gte: 4 } });
    const later = whole
      .slice(3)
      .map((one) => ({ ...one, seal: { ...one.seal, number: one.seal.number + 1 } }));
    await events().insertMany([{ ...whole[3]!, _id: 'alien' }, ...later]);
    expect(await found()).to.deep.equal({ kind: 'inserted', number: 4, eventId: 'alien' });
  });

  it('finds two events exchanged, near and far', async () => {
    for (const [one, other] of [
      [whole[1]!, whole[2]!],
      [whole[0]!, whole[5]!],
      [whole[2]!, whole[4]!],
    ] as const) {
      await events().deleteMany({ _id: { $in: [one._id, other._id] } });
      await events().insertMany([
        { ...one, seal: other.seal },
        { ...other, seal: one.seal },
      ]);
      expect(await found()).to.deep.equal({
        kind: 'reordered',
        number: one.seal.number,
        eventId: other._id,
        otherId: one._id,
      });
      await events().deleteMany({ _id: { $in: [one._id, other._id] } });
      await events().insertMany([{ ...one }, { ...other }]);
    }
  });

  it('finds a cut end by the sealer’s note, and by a checkpoint where the note was set back', async () => {
    await events().deleteMany({ 'seal.number': { $gt: 4 } });
    expect(await found()).to.deep.equal({ kind: 'truncated', number: 5, until: count });
    await heads().updateOne({ _id: 'events' }, { $set: { ...whole[3]!.seal } });
    expect(await found()).to.equal(null);
    expect(await found([whole[4]!.seal])).to.deep.equal({ kind: 'truncated', number: 5, until: 5 });
    await heads().deleteMany({});
    expect(await verify()).to.include({ headGone: true });
  });

  it('finds a trail written anew by a checkpoint', async () => {
    await events().updateMany({}, {
      $unset: { seal: 1 },
      $set: { unsealedSince: new Date(), reason: '改' },
    } as never);
    await heads().deleteMany({});
    await sealAll(deps);
    expect(await found()).to.equal(null);
    expect(await found([whole[3]!.seal])).to.deep.equal({ kind: 'rewritten', number: 4 });
  });

  it('counts events that wait for their seal longer than ten seconds', async () => {
    const unsealed = withoutSeal(whole[0]!);
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

function withoutSeal(event: Stored): object {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'seal'));
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
