// Entry of the worker thread: runs the server so that the application's own thread never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { DoorNotOpened } from './door.ts';
import type { BuildProgress } from './indexes/build-index.ts';
import { runServer, type ServerOptions } from './server.ts';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

try {
  const report = (progress: BuildProgress): void => port.postMessage({ progress });
  const server = await runServer({ ...(workerData as ServerOptions), report });
  port.on('message', () => {
    server.stop().then(
      () => port.postMessage({ stopped: true }),
      (error: unknown) => port.postMessage({ failed: String(error) }),
    );
  });
  port.postMessage({ address: server.address });
} catch (error) {
  const failed = error instanceof Error ? error.message : String(error);
  port.postMessage({ failed, door: error instanceof DoorNotOpened });
}
