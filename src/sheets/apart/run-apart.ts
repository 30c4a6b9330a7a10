// Files of others are read in a thread apart: whatever stands in them, pages are answered meanwhile, and neither memory nor
// time beyond the limits is spent. Two at once, the rest wait; an idle thread is kept for the next file.
import type { Worker } from 'node:worker_threads';
import type { Details } from '../../domain/shared/errors.ts';
import { SheetError, type SheetErrorCode } from '../sheet-error.ts';
import { startWorker } from './start-worker.ts';
import type { Ordered, Reply, TaskName, tasks } from './tasks.ts';

export interface ApartLimits {
  /** Most of the thread's heap, in MB. */
  readonly heapMegabytes: number;
  readonly seconds: number;
}

export const apartLimits: ApartLimits = { heapMegabytes: 512, seconds: 20 };

type Run<Name extends TaskName> = (typeof tasks)[Name];

const atOnce = 2;
const waitingLimit = 20;
let running = 0;
let idle: Worker | null = null;
const waiting: (() => void)[] = [];

/**
 * The task's result. Throws its SheetError, or sheets.tooSlow and sheets.unpacksTooLarge when it reached a limit of the
 * thread, or sheets.busy when twenty files wait already.
 */
export async function runApart<Name extends TaskName>(
  task: Name,
  args: Parameters<Run<Name>>,
  limits: ApartLimits = apartLimits,
): Promise<Awaited<ReturnType<Run<Name>>>> {
  if (running >= atOnce) {
    if (waiting.length >= waitingLimit) throw new SheetError('sheets.busy');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return (await order({ task, args }, limits)) as Awaited<ReturnType<Run<Name>>>;
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function order(ordered: Ordered, limits: ApartLimits): Promise<unknown> {
  const usual = limits === apartLimits;
  const worker = (usual ? idle : null) ?? startWorker({ maxOldGenerationSizeMb: limits.heapMegabytes });
  if (worker === idle) idle = null;
  worker.ref();
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (settle: () => void, keep: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
      worker.on('error', () => undefined);
      if (keep && usual && idle === null) {
        worker.unref();
        idle = worker;
        worker.once('exit', () => {
          if (idle === worker) idle = null;
        });
      } else void worker.terminate();
      settle();
    };
    const refuse = (code: SheetErrorCode, options?: ErrorOptions) =>
      finish(() => reject(new SheetError(code, {}, options)), false);
    worker.on('message', (reply: Reply) => {
      if (reply.kind === 'started')
        timer = setTimeout(() => refuse('sheets.tooSlow'), limits.seconds * 1_000);
      else if (reply.kind === 'done') finish(() => resolve(reply.value), true);
      else if (reply.kind === 'refused')
        finish(() => reject(new SheetError(reply.code as SheetErrorCode, reply.details as Details)), true);
      else finish(() => reject(new Error(`A sheet task failed: ${reply.message}`)), false);
    });
    worker.on('error', (cause: Error & { code?: string }) => {
      if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('sheets.unpacksTooLarge', { cause });
      else finish(() => reject(cause), false);
    });
    worker.on('exit', () => finish(() => reject(new Error('The sheet thread ended by itself')), false));
    worker.postMessage(ordered);
  });
}
