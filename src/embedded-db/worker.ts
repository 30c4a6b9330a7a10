// Entry of the worker thread: runs the server so that the application's own thread never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { DoorNotOpened } from './door.ts';
import { runServer, type ServerOptions } from './server.ts';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

try {
  const server = await runServer(workerData as ServerOptions, (progress) => port.postMessage({ progress }));
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
