import { expect } from 'chai';
import fc from 'fast-check';
import { createDeps, type Deps } from '../../../src/deps.ts';
import { canonicalBytes, type StoredEvent } from '../../../src/domain/trail/canonical-bytes.ts';
import { connect } from '../../../src/persistence/connection.ts';
import { leaseMilliseconds, LostLease } from '../../../src/persistence/trail/trail.ts';
import { verifyTrail } from '../../../src/persistence/trail/verify-trail.ts';
import { runForRequest } from '../../../src/persistence/request-facts.ts';
import { sealAll, startSealer } from '../../../src/sealer.ts';
import { events as drawnEvents } from '../../domain/trail/random-events.ts';
import { openWorld } from '../../support/world.ts';

const who = { accountId: 'a1', name: 'Somebody' };
const wholeTrail = {
  actorId: null,
  kind: null,
  id: null,
  what: null,
  address: null,
  from: null,
  until: null,
};
const later = (milliseconds: number) => new Date(Date.now() + milliseconds);

/** Records events the way use-cases do, several to a transaction. */
function record(deps: Deps, ids: readonly string[]): Promise<void> {
  return deps.transaction(async () => {
    for (const id of ids)
      await deps.events.record({ what: 'thing.done', who, about: { kind: 'thing', id }, when: deps.now() });
  });
}

describe('persistence/trail/trail', function () {
  this.timeout(60_000);
  let world: Awaited<ReturnType<typeof openWorld>>;
  let deps: Deps;
  beforeEach(async () => {
    world = await openWorld();
    deps = world.deps;
  });
  afterEach(() => world.close());

  const connection = () => deps.people.model.db;
  const collection = () => connection().collection<{ _id: string }>('events');
  const verify = () => verifyTrail(connection(), { witnessed: [], now: new Date() });
  const read = async () => (await deps.reads.trailEvents.page(wholeTrail, null, 2_000)).events;
  const sealedAll = async (count: number) => {
    const numbers = (await read()).map(({ seal }) => seal?.number ?? 0);
    expect(numbers.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: count }, (_, at) => at + 1));
    expect(await verify()).to.deep.include({
      read: count,
      fault: null,
      late: null,
      astray: null,
      headGone: false,
    });
  };

  it('keeps an event unsealed, with the address it came from, until the sealer comes', async () => {
    await runForRequest('::ffff:192.0.2.7', () => record(deps, ['t1']));
    await record(deps, ['t2']);
    const [first] = await deps.events.about('thing', 't1');
    expect(first).to.include({ address: '192.0.2.7' });
    expect((await read()).map(({ seal }) => seal)).to.deep.equal([undefined, undefined]);
    expect((await deps.events.about('thing', 't2'))[0]!.address).to.equal(null);
    expect(await sealAll(deps)).to.equal(2);
    const [sealed] = await deps.events.about('thing', 't1');
    expect((await read()).find(({ id }) => id === sealed!.id)!.seal).to.include({ number: 1 });
    expect(sealed).not.to.have.property('unsealedSince');
    await sealedAll(2);
  });

  it('gives a stored event the bytes it had before', async () => {
    await fc.assert(
      fc.asyncProperty(drawnEvents, async (event) => {
        const raw = connection().collection<{ _id: string }>('rounds');
        await raw.insertOne(event as never);
        await raw.updateOne({ _id: event._id }, { $set: { unsealedSince: new Date() } });
        const back = (await raw.findOneAndDelete({ _id: event._id })) as unknown as StoredEvent;
        expect(Buffer.from(canonicalBytes(back)).equals(canonicalBytes(event))).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('stores of an event what it will read back, and refuses what it could not', async () => {
    const about = { kind: 'thing', id: 't' };
    const after = { gone: undefined, list: [undefined, 1], at: new Date(5), none: null };
    const event = { what: 'thing.done', who, about, when: deps.now(), after, reason: undefined };
    await deps.transaction(() => deps.events.record(event));
    const [read] = await deps.events.about('thing', 't');
    expect(read).not.to.have.property('reason');
    expect(read!.after).to.deep.equal({ list: [null, 1], at: new Date(5), none: null });
    let refused: unknown = null;
    await deps
      .transaction(() => deps.events.record({ ...event, after: { big: 1n } }))
      .catch((error: unknown) => (refused = error));
    expect(refused).to.be.instanceOf(TypeError);
    expect(await deps.events.about('thing', 't')).to.have.length(1);
  });

  it('seals what many write at once, two processes sealing, without a gap or a number twice', async () => {
    const second = await connect(world.uri, connection().name);
    const other = await createDeps(deps.config, second, {
      cipher: deps.cipher,
      log: deps.log,
      now: deps.now,
    });
    const sealers = [startSealer(deps), startSealer(other)];
    const [writers, rounds] = [16, 12];
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let round = 0; round < rounds; round += 1)
          await record(writer % 2 === 0 ? deps : other, [`${writer}-${round}-a`, `${writer}-${round}-b`]);
      }),
    );
    while ((await collection().countDocuments({ unsealedSince: { $exists: true } })) > 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(sealers.map((sealer) => sealer.stop()));
    await second.close();
    await sealedAll(2 * writers * rounds);
  });

  it('lets one seal at a time, and another only when the lease ran out or was given back', async () => {
    const first = await deps.trail.takeLease('first', new Date());
    expect(first).to.be.a('number');
    expect(await deps.trail.takeLease('second', new Date())).to.equal(null);
    await deps.trail.releaseLease(first!);
    const second = await deps.trail.takeLease('second', new Date());
    expect(second).to.equal(first! + 1);
    expect(await deps.trail.takeLease('first', later(leaseMilliseconds - 1_000))).to.equal(null);
    expect(await deps.trail.takeLease('first', later(leaseMilliseconds + 1_000))).to.equal(second! + 1);
  });

  it('goes on after a holder that died, which can write nothing when it comes back', async () => {
    await record(deps, ['t1', 't2']);
    const dead = (await deps.trail.takeLease('dead', new Date()))!;
    await deps.trail.sealBatch(dead, new Date());
    await record(deps, ['t3']);
    const heir = (await deps.trail.takeLease('heir', later(leaseMilliseconds + 1)))!;
    const refusal = async (work: Promise<unknown>) =>
      expect(await work.then(() => null).catch((error: unknown) => error)).to.be.instanceOf(LostLease);
    await refusal(deps.trail.sealBatch(dead, new Date()));
    await refusal(deps.trail.renewLease(dead, new Date()));
    expect(await collection().countDocuments({ unsealedSince: { $exists: true } })).to.equal(1);
    expect(await deps.trail.sealBatch(heir, new Date())).to.deep.equal({
      count: 1,
      more: false,
      unsealable: [],
    });
    await deps.trail.releaseLease(dead);
    expect(await deps.trail.takeLease('third', new Date()), 'the dead cannot give away the lease').to.equal(
      null,
    );
    await sealedAll(3);
  });

  it('holds together when a holder seals on while another takes over, many times', async () => {
    const rounds = 25;
    let now = Date.now();
    let term = (await deps.trail.takeLease('0', new Date(now)))!;
    for (let round = 1; round <= rounds; round += 1) {
      await record(deps, [`${round}-a`, `${round}-b`, `${round}-c`]);
      now += 2 * leaseMilliseconds;
      const stale = term;
      const [outcome, heir] = await Promise.all([
        deps.trail.sealBatch(stale, new Date(now - 2 * leaseMilliseconds)).catch((error: unknown) => error),
        takeOver(String(round), now),
      ]);
      if (outcome instanceof Error) expect(outcome).to.be.instanceOf(LostLease);
      term = heir;
    }
    await deps.trail.sealBatch(term, new Date(now));
    await sealedAll(3 * rounds);

    /** A batch of the holder moves the end of its lease; who takes over then comes later still. */
    async function takeOver(holder: string, at: number): Promise<number> {
      const taken = await deps.trail.takeLease(holder, new Date(at));
      if (taken === null) return takeOver(holder, at + leaseMilliseconds);
      await deps.trail.sealBatch(taken, new Date(at));
      return taken;
    }
  });

  it('seals more than one batch, and leaves aside what cannot be sealed', async () => {
    await deps.transaction(() =>
      deps.events.recordMany(
        Array.from({ length: 1_100 }, (_, at) => ({
          what: 'thing.done',
          who,
          about: { kind: 'thing', id: String(at) },
          when: new Date(at),
        })),
      ),
    );
    await collection().insertOne({ _id: 'by hand', unsealedSince: new Date(1), after: /x/ } as never);
    const term = (await deps.trail.takeLease('one', new Date()))!;
    expect(await deps.trail.sealBatch(term, new Date())).to.deep.equal({
      count: 499,
      more: true,
      unsealable: ['by hand'],
    });
    await deps.trail.releaseLease(term);
    expect(await sealAll(deps)).to.equal(601);
    expect(await verify()).to.deep.include({
      read: 1_100,
      fault: null,
      late: { count: 1, firstId: 'by hand' },
    });
    expect((await read()).find(({ seal }) => seal?.number === 2)!.when).to.deep.equal(new Date(1));
  });

  it('seals in order of time what was recorded before there was a sealer', async () => {
    await record(deps, ['t1', 't2']);
    await collection().updateMany({}, { $unset: { unsealedSince: 1 } });
    expect(await sealAll(deps)).to.equal(2);
    await sealedAll(2);
  });
});
