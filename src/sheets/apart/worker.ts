// The thread apart: one task after another, each answered by its value or by why not.
import { parentPort } from 'node:worker_threads';
import { SheetError } from '../sheet-error.ts';
import { tasks, type Ordered, type Reply } from './tasks.ts';

const reply = (message: Reply): void => parentPort!.postMessage(message);

parentPort!.on('message', ({ task, args }: Ordered) => {
  reply({ kind: 'started' });
  const run = tasks[task] as (...args: unknown[]) => Promise<unknown>;
  run(...args).then(
    (value) => reply({ kind: 'done', value }),
    (error: unknown) =>
      reply(
        error instanceof SheetError
          ? { kind: 'refused', code: error.code, details: error.details }
          : { kind: 'failed', message: error instanceof Error ? error.name : typeof error },
      ),
  );
});
