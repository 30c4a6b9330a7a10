// How long the application's own thread stands still while the database works for it.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured } from '../measure.ts';
import { certificatesOf, type Place } from './place.ts';
import { READ } from './reads.ts';

interface Stall {
  /** The longest delay of the event loop by `perf_hooks`, in milliseconds. */
  readonly longest: number;
  /** The longest that the thread was busy itself, without the time it waited for a processor; equal where the system does not tell. */
  readonly busy: number;
}

/** The stalls of this thread while `work` is under way. */
async function stallsDuring(work: () => Promise<unknown>): Promise<Stall> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const ticks = watchTicks();
  delays.enable();
  await work();
  delays.disable();
  const busy = ticks.stop();
  const longest = delays.max / 1e6;
  return { longest, busy: busy ?? longest };
}

// Linux tells how long a thread stood in the queue for a processor, which no program can help.
function waited(): number | undefined {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return undefined;
  }
}

function watchTicks(): { stop(): number | undefined } {
  let longest = 0;
  let last = performance.now();
  let queued = waited();
  const timer = setInterval(() => {
    const now = performance.now();
    const since = waited();
    if (queued !== undefined && since !== undefined)
      longest = Math.max(longest, now - last - 1 - (since - queued));
    queued = since;
    last = performance.now();
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return queued === undefined ? undefined : longest;
    },
  };
}

/** The application's longest stall during a whole-collection `$group` and an index build, beside an idle one. */
export async function benchStalls({ client }: Place, stored: number): Promise<Measured[]> {
  const ours = certificatesOf(client, READ);
  const group = () =>
    ours
      .aggregate([{ $group: { _id: { centre: '$centre', day: '$issuedOn' }, hours: { $sum: '$hours' } } }])
      .toArray();
  const build = () => ours.createIndex({ personId: 1, issuedOn: -1 });
  await group();
  const found: Measured[] = [];
  const works: [string, () => Promise<unknown>][] = [
    [`a $group over ${stored}`, group],
    [`an index build over ${stored}`, build],
  ];
  for (const [name, work] of works) {
    const idle = await stallsDuring(() => sleep(1_000));
    const { longest, busy } = await stallsDuring(work);
    found.push({
      name: `application's longest stall in ${name}`,
      result: `${busy.toFixed(1)} ms busy, ${longest.toFixed(1)} ms with waiting for a processor`,
      baseline: `${idle.busy.toFixed(1)} and ${idle.longest.toFixed(1)} ms idle`,
      ratio: '',
      goal: 'at most 20 ms',
      met: busy <= 20,
    });
  }
  return found;
}
