// The one writer: commands that wait at the same moment share one LMDB transaction and one flush to disk.
import { QueryError } from '../query/errors.ts';
import type { LockOwner } from './locks.ts';
import type { Store } from './store.ts';
import type { WriteGate } from './write-gate.ts';

/** Why a write pauses: for a lock, or (`undefined`) to let others in and commit what it has done so far. */
export type Pause = { readonly waitFor: LockOwner } | undefined;

/** A write in steps. Each step leaves documents and their index entries whole, so that it may be committed alone. */
export type WriteWork<T> = Generator<Pause, T, void>;

export interface Writer {
  /** Runs `work` inside LMDB write transactions; settles when all of it is on disk. */
  submit<T>(work: WriteWork<T>): Promise<T>;
  /** Resolves when nothing is queued any more. */
  idle(): Promise<void>;
}

interface Job {
  readonly work: WriteWork<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** After so long a work lets others in. */
export const SLICE_MS = 50;
const LONGEST_GATHER_MS = 4;
/** A flush that costs less than the commands that share it: waiting for more of them gains nothing. */
const QUICK_FLUSH_MS = 4;

/** `beforeCommit` runs inside each LMDB transaction before it ends; `afterAbort` after one that left nothing behind: what it promises, writes wait for. */
export function startWriter(
  store: Store,
  gate: WriteGate,
  beforeCommit: () => void,
  afterAbort: () => Promise<void> | undefined,
): Writer {
  let queue: Job[] = [];
  let active = 0;
  let scheduled = false;
  let broken: unknown;
  let gathering: NodeJS.Timeout | undefined;
  let company = 0;
  let patience = 0;
  let idleWaiters: (() => void)[] = [];

  const begin = (): void => {
    clearTimeout(gathering);
    gathering = undefined;
    scheduled = true;
    setImmediate(runBatch);
  };

  // Writers that were answered together write again together: half a slow flush of waiting saves each a flush of its own.
  const schedule = (): void => {
    if (scheduled || queue.length === 0) return;
    if (queue.length >= company || patience < 1) begin();
    else gathering ??= setTimeout(begin, patience);
  };

  const settle = (): void => {
    active -= 1;
    if (active > 0) return;
    for (const waiter of idleWaiters) waiter();
    idleWaiters = [];
  };

  const refuse = (jobs: readonly Job[], error: unknown): void => {
    for (const job of jobs) {
      job.reject(error);
      settle();
    }
  };

  const runBatch = (): void => {
    scheduled = false;
    if (!gate.enter()) return;
    const batch = queue;
    queue = [];
    const replies: (() => void)[] = [];
    const touched: Job[] = [];
    const paused: Job[] = [];
    let flushing = 0;
    try {
      store.write(() => {
        const until = performance.now() + SLICE_MS;
        for (const job of batch) {
          if (touched.length > 0 && performance.now() > until) queue.push(job);
          else {
            touched.push(job);
            runJob(job, until, replies, paused);
          }
        }
        beforeCommit();
        flushing = performance.now();
      });
      gate.leave();
    } catch (error) {
      gate.leave();
      // Nothing of this LMDB transaction exists: whoever took part must not be told otherwise.
      queue = queue.filter((job) => !touched.includes(job));
      const recovery = afterAbort();
      refuse(touched, error);
      if (!recovery) return schedule();
      refuse(queue.splice(0), error);
      broken = error;
      return void recovery.then(() => (broken = undefined));
    }
    // Behind those that have not had a turn yet: a long work must not keep others waiting until its end.
    queue.push(...paused);
    company = replies.length + queue.length;
    const flush = performance.now() - flushing;
    patience = flush < QUICK_FLUSH_MS ? 0 : Math.min(flush / 2, LONGEST_GATHER_MS);
    for (const reply of replies) reply();
    schedule();
  };

  const runJob = (job: Job, until: number, replies: (() => void)[], paused: Job[]): void => {
    try {
      for (;;) {
        const step = job.work.next();
        if (step.done) {
          replies.push(() => {
            job.resolve(step.value);
            settle();
          });
          return;
        }
        const pause = step.value;
        if (pause) {
          replies.push(() => void pause.waitFor.finished.then(() => requeue(job)));
          return;
        }
        if (performance.now() > until) return void paused.push(job);
      }
    } catch (error) {
      if (!isAnswer(error)) throw error;
      replies.push(() => {
        job.reject(error);
        settle();
      });
    }
  };

  const requeue = (job: Job): void => {
    queue.push(job);
    schedule();
  };

  return {
    submit: <T>(work: WriteWork<T>) =>
      new Promise<T>((resolve, reject) => {
        if (broken !== undefined) return reject(broken as Error);
        active += 1;
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      }),
    idle: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve))),
  };
}

// These are raised before anything of their document was written; any other error is a fault of storage or program.
function isAnswer(error: unknown): boolean {
  return error instanceof QueryError;
}
