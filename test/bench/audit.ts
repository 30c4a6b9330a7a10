// What sealing costs those who write, and how fast and in how much memory a trail is verified.
import { verifyTrail } from '../../src/persistence/trail/verify-trail.ts';
import { sealAll, startSealer } from '../../src/sealer.ts';
import { anOrganisation } from '../support/builders.ts';
import { openWorld } from '../support/world.ts';
import { median, ms, timed, type Measured } from './measure.ts';

const who = { accountId: '01dxf6dt00f8a5ztrf1pnb2jgs', name: '张三' };
const facts = { before: { status: 'submitted' }, after: { status: 'approved', on: '2021-04-20' } };
const writers = 8;

/** Transactions of one record and its event, by eight writers at once; with sealing counts until the last event is sealed. */
export async function benchAuditAppend(count: number, turns = 25): Promise<Measured> {
  const world = await openWorld('2021-04-20');
  const { deps } = world;
  const write = async () => {
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let at = 0; at < count / writers; at += 1)
          await deps.transaction(async () => {
            const { id } = await anOrganisation(deps);
            const about = { kind: 'organisation', id };
            await deps.events.record({
              what: 'organisation.registered',
              who,
              about,
              when: deps.now(),
              ...facts,
            });
          });
      }),
    );
  };
  try {
    await timed(write);
    await sealAll(deps);
    const times: { sealed: number[]; unsealed: number[] } = { sealed: [], unsealed: [] };
    const alone = async () => {
      times.unsealed.push(await timed(write));
      await sealAll(deps);
    };
    const beside = async () => {
      const spent = await timed(async () => {
        const sealer = startSealer(deps);
        await write();
        await sealer.stop();
      });
      times.sealed.push(spent);
    };
    for (let turn = 0; turn < turns; turn += 1)
      for (const one of turn % 2 === 0 ? [alone, beside] : [beside, alone]) await one();
    const [sealed, unsealed] = [median(times.sealed), median(times.unsealed)];
    const share = unsealed / sealed;
    return {
      name: `${count} events written and sealed`,
      result: `${Math.round((1_000 * count) / sealed)} a second`,
      baseline: `${Math.round((1_000 * count) / unsealed)} a second without a sealer`,
      ratio: `${share.toFixed(2)} of it`,
      goal: 'at least 0.9',
      met: share >= 0.9,
    };
  } finally {
    await world.close();
  }
}

const goalRate = 5_000_000 / 600;

/** A trail of that many events, so many of them sealed at once, verified from end to end. */
export async function benchAuditVerify(count: number, atOnce = 1_000): Promise<Measured> {
  const world = await openWorld('2021-04-20');
  const { deps } = world;
  try {
    for (let from = 0; from < count; from += atOnce) {
      await deps.transaction(() =>
        deps.events.recordMany(
          Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => ({
            what: 'trainingSession.approved',
            who,
            about: { kind: 'trainingSession', id: `01dxf6dt00f8a5ztr${String(from + at).padStart(9, '0')}` },
            when: new Date(deps.now().getTime() + from + at),
            ...facts,
          })),
        ),
      );
      // As it goes, as the application does: events long written would be looked up all over the file.
      await sealAll(deps);
    }
    const idle = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
    let read = 0;
    const spent = await timed(async () => {
      const report = await verifyTrail(deps.people.model.db, { witnessed: [], now: new Date() });
      if (report.fault !== null || report.astray !== null) throw new Error(JSON.stringify(report));
      ({ read } = report);
    });
    clearInterval(watch);
    if (read !== count) throw new Error(`${read} of ${count} events were read`);
    const rate = (1_000 * count) / spent;
    return {
      name: `trail of ${count} events, sealed by ${atOnce}, verified`,
      result: `${Math.round(rate)} a second, ${Math.round(Math.max(0, most - idle) / 1_048_576)} MB above idle`,
      baseline: `${ms(spent)}; 5,000,000 would take ${Math.round(5_000_000 / rate / 60)} minutes`,
      ratio: `${(rate / goalRate).toFixed(2)} of the goal`,
      goal: '5,000,000 in 10 minutes',
      met: rate >= goalRate,
    };
  } finally {
    await world.close();
  }
}
