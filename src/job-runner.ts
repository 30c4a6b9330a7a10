// Works through queued jobs one at a time while the process serves; what is left at a stop goes on at the next start.
import type { Deps } from './deps.ts';
import type { Job } from './persistence/jobs.ts';
import { statusOfError } from './web/middleware/handle-errors.ts';

/** Does a job; calls `advance` with the pieces done so far and stops when it answers false. */
export type JobWork = (deps: Deps, job: Job, advance: (done: number) => Promise<boolean>) => Promise<void>;

export interface JobRunner {
  /** Looks for work now rather than at the next tick. */
  wake(): void;
  stop(): Promise<void>;
}

/** Starts looking for jobs every second; `works` names the work of each kind. */
export function startJobRunner(deps: Deps, works: Readonly<Record<string, JobWork>>): JobRunner {
  let stopping = false;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const turn = () => {
    if (busy || stopping) return;
    busy = true;
    running = workThrough(deps, works, () => stopping).finally(() => {
      busy = false;
    });
  };
  const timer = setInterval(turn, 1_000);
  timer.unref();
  return {
    wake: turn,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function workThrough(
  deps: Deps,
  works: Readonly<Record<string, JobWork>>,
  isStopping: () => boolean,
): Promise<void> {
  try {
    while (!isStopping()) {
      const job = await deps.jobs.takeNext(new Date());
      if (job === null) return;
      await workOn(deps, works[job.kind], job, isStopping);
    }
  } catch (error) {
    deps.log.warn({ name: (error as Error).name }, 'The job runner could not reach its jobs; it tries again');
  }
}

async function workOn(
  deps: Deps,
  work: JobWork | undefined,
  job: Job,
  isStopping: () => boolean,
): Promise<void> {
  const advance = async (done: number) => (await deps.jobs.advance(job, done, new Date())) && !isStopping();
  try {
    if (work === undefined) throw new Error(`No work is known for jobs of kind ${job.kind}`);
    if (!isStopping()) await work(deps, job, advance);
    if (isStopping()) await deps.jobs.letGo(job);
    else if (await advance(job.total)) await deps.jobs.finish(job, 'done', new Date());
  } catch (error) {
    // Without its database no job is done anywhere: this one goes on when its lease is over.
    if (statusOfError(error) === 503) throw error;
    deps.log.error(
      {
        job: job.id,
        kind: job.kind,
        name: (error as Error).name,
        stack: (error as Error).stack?.split('\n').slice(1, 8).join('\n'),
      },
      'A job failed',
    );
    await deps.jobs.finish(job, 'failed', new Date());
  }
}
