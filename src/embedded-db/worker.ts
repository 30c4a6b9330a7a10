// Entry of the worker thread: runs the server so that the application's own thread never waits for it. What fails ends it.
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import { runServer, type ServerOptions } from './server.ts';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const server = await runServer({
  ...(workerData as ServerOptions),
  report: (progress) => port.postMessage({ progress }),
});
port.on('message', (said: 'stop' | MessagePort) => {
  if (said instanceof MessagePort) return server.keepFor(said);
  void server.stop().then(() => process.exit());
});
port.postMessage({ address: server.address });
