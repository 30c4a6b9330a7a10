// Seals the trail while the process serves: looks twice a second, and is the sealer as long as it holds the lease.
import { randomUUID } from 'node:crypto';
import type { Deps } from './deps.ts';
import { leaseMilliseconds, LostLease } from './persistence/trail/trail.ts';

export interface Sealer {
  stop(): Promise<void>;
}

const tick = 500;

/** Starts sealing; `stop` seals what waits once more, if the lease is at hand, and gives it back. */
export function startSealer(deps: Pick<Deps, 'trail' | 'log'>): Sealer {
  const holder = randomUUID();
  const known = new Set<string>();
  let lease: { term: number; renewedAt: number } | null = null;
  let stopping = false;
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  const hold = async (): Promise<number | null> => {
    const now = Date.now();
    if (lease === null) {
      const term = await deps.trail.takeLease(holder, new Date(now));
      if (term !== null) lease = { term, renewedAt: now };
    } else if (now - lease.renewedAt > leaseMilliseconds / 3) {
      await deps.trail.renewLease(lease.term, new Date(now));
      lease = { term: lease.term, renewedAt: now };
    }
    return lease?.term ?? null;
  };
  const turn = async (): Promise<void> => {
    try {
      // What was written meanwhile waits for the next look: a batch of a few costs as much as one of hundreds.
      for (let more = true; more;) {
        const term = await hold();
        if (term === null) return;
        const sealed = await deps.trail.sealBatch(term, new Date());
        ({ more } = sealed);
        const fresh = sealed.unsealable.filter((id) => !known.has(id));
        for (const id of fresh) known.add(id);
        if (fresh.length > 0) deps.log.error({ events: fresh }, 'Events of the trail cannot be sealed');
      }
    } catch (error) {
      if (error instanceof LostLease) lease = null;
      else deps.log.warn({ name: (error as Error).name }, 'The trail could not be sealed; it is tried again');
    }
  };
  const timer = setInterval(() => {
    if (busy || stopping) return;
    busy = true;
    running = turn().finally(() => {
      busy = false;
    });
  }, tick);
  timer.unref();
  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
      await turn();
      if (lease !== null) await deps.trail.releaseLease(lease.term).catch(() => {});
    },
  };
}

/** Seals all that waits, for the making of a demo and for tests; throws when another sealer is at work. */
export async function sealAll(deps: Pick<Deps, 'trail'>): Promise<number> {
  const term = await deps.trail.takeLease(randomUUID(), new Date());
  if (term === null) throw new LostLease('Another process seals the trail.');
  let all = 0;
  for (let more = true; more;) {
    const sealed = await deps.trail.sealBatch(term, new Date());
    all += sealed.count;
    ({ more } = sealed);
  }
  await deps.trail.releaseLease(term);
  return all;
}
