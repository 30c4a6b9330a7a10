// Works through queued jobs one at a time while the process serves; what is left at a stop goes on at the next start.
import type { Deps } from './deps.ts';
import type { Job } from './persistence/jobs.ts';

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
    for (
      let job = await deps.jobs.takeNext(new Date());
      job !== null && !isStopping();
      job = await deps.jobs.takeNext(new Date())
    ) {
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
  const { id } = job;
  try {
    if (work === undefined) throw new Error(`No work is known for jobs of kind ${job.kind}`);
    await work(deps, job, async (done) => (await deps.jobs.advance(id, done, new Date())) && !isStopping());
    if (isStopping()) return;
    const alive = await deps.jobs.advance(id, job.total, new Date());
    if (alive) await deps.jobs.finish(id, 'done', new Date());
  } catch (error) {
    deps.log.error(
      {
        job: id,
        kind: job.kind,
        name: (error as Error).name,
        stack: (error as Error).stack?.split('\n').slice(1, 8).join('\n'),
      },
      'A job failed',
    );
    await deps.jobs.finish(id, 'failed', new Date());
  }
}
