// The one writer: commands that wait at the same moment share one LMDB transaction and one flush to disk.
import { QueryError } from '../query/errors.ts';
import type { LockOwner } from './locks.ts';
import type { Store } from './store.ts';
import type { WriteGate } from './write-gate.ts';

/** Why a write pauses: for what another one has to finish, or (`undefined`) to let others in and commit what it has done so far. */
export type Pause = { readonly waitFor: Pick<LockOwner, 'finished'> } | undefined;

/** A write in steps. Each step leaves documents and their index entries whole, so that it may be committed alone. */
export type WriteWork<T> = Generator<Pause, T, void>;

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

export type Writer = ReturnType<typeof startWriter>;

/** `beforeCommit` runs inside each LMDB transaction before it ends; `afterAbort` after one that left nothing behind: what it promises, writes wait for. */
export function startWriter(
  store: Store,
  gate: WriteGate,
  beforeCommit: () => void,
  afterAbort: () => Promise<void> | undefined,
) {
  let queue: Job[] = [];
  const unanswered = new Set<Promise<unknown>>();
  let scheduled = false;
  let broken: unknown;
  let gathering: NodeJS.Timeout | undefined;
  let company = 0;
  let patience = 0;

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

  // Also one that waited for a lock: what is broken has ended every transaction.
  const enqueue = (job: Job): void => {
    if (broken !== undefined) return job.reject(broken);
    queue.push(job);
    schedule();
  };

  const runBatch = (): void => {
    scheduled = false;
    const batch = queue;
    if (batch.length === 0) return;
    queue = [];
    const replies: (() => void)[] = [];
    let turns = 0;
    let flushing = 0;
    const write = (): void => {
      const until = performance.now() + SLICE_MS;
      while (turns < batch.length && (turns === 0 || performance.now() <= until)) {
        turns += 1;
        replies.push(takeTurn(batch[turns - 1]!, until));
      }
      beforeCommit();
      flushing = performance.now();
    };
    try {
      if (!gate(() => store.write(write))) return;
    } catch (error) {
      // Nothing of this LMDB transaction exists: whoever took part must not be told otherwise.
      const took = batch.splice(0, Math.max(turns, 1));
      queue.unshift(...batch);
      const recovery = afterAbort();
      refuse(took, error);
      if (!recovery) return schedule();
      refuse(queue.splice(0), error);
      broken = error;
      return void recovery.then(() => (broken = undefined));
    }
    queue.unshift(...batch.slice(turns));
    company = replies.length + queue.length;
    const flush = performance.now() - flushing;
    patience = flush < QUICK_FLUSH_MS ? 0 : Math.min(flush / 2, LONGEST_GATHER_MS);
    for (const reply of replies) reply();
    schedule();
  };

  // What is to be done about a job once its steps so far are on disk. A long work goes on behind those that wait already.
  const takeTurn = (job: Job, until: number): (() => void) => {
    try {
      for (;;) {
        const step = job.work.next();
        if (step.done) return () => job.resolve(step.value);
        const pause = step.value;
        if (pause) return () => void pause.waitFor.finished.then(() => enqueue(job));
        if (performance.now() > until) return () => enqueue(job);
      }
    } catch (error) {
      // Answers are raised before anything of their document was written; any other error is a fault of storage or program.
      if (!(error instanceof QueryError)) throw error;
      return () => job.reject(error);
    }
  };

  return {
    /** Runs `work` inside LMDB write transactions; settles when all of it is on disk. */
    submit<T>(work: WriteWork<T>): Promise<T> {
      const answer = new Promise<T>((resolve, reject) =>
        enqueue({ work, resolve: resolve as (value: unknown) => void, reject }),
      );
      const forget = (): void => void unanswered.delete(answer);
      unanswered.add(answer);
      answer.then(forget, forget);
      return answer;
    },
    /** Resolves when nothing is queued any more. */
    async idle(): Promise<void> {
      while (unanswered.size > 0) await Promise.allSettled(unanswered);
    },
  };
}

function refuse(jobs: readonly Job[], error: unknown): void {
  for (const job of jobs) job.reject(error);
}
