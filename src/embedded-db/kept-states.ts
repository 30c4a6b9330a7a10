// States of the data that are kept for readers of the file. Such a reader calls at the socket beside the lock and says something;
// from the answer until it hangs up no page of the newest state is used again. Whatever else it says is answered as long as
// that is so.
//
//   reader's process ── socket ──▶ main thread ── port ──▶ worker: a snapshot
import type { Socket } from 'node:net';
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Snapshot, Store } from './storage/store.ts';

export type KeptStates = ReturnType<typeof keptStates>;

/** In the worker: the states that are kept, none at first. */
export function keptStates(store: Store) {
  const kept = new Map<MessagePort, Snapshot>();
  const end = (reader: MessagePort): void => {
    kept.get(reader)?.release();
    kept.delete(reader);
    reader.close();
  };
  return {
    /** Answers whoever is at the other end of `reader`, which closes when the state is kept no more. */
    keepFor(reader: MessagePort): void {
      reader.on('message', () => {
        try {
          if (!kept.has(reader)) kept.set(reader, store.snapshot());
          reader.postMessage('kept');
        } catch {
          // The file is just being opened anew: the reader calls again.
          end(reader);
        }
      });
      reader.on('close', () => end(reader));
    },
    /** Lets go of all of them; their readers are hung up on. */
    endAll(): void {
      for (const reader of kept.keys()) end(reader);
    },
  };
}

/** In the thread that started `worker`: passes on what a caller says, and hangs up when the worker ends. */
export function passOn(caller: Socket, worker: Worker): void {
  const { port1: port, port2: readers } = new MessageChannel();
  worker.postMessage(readers, [readers]);
  caller.on('data', () => port.postMessage('keep'));
  port.on('message', () => caller.write('.'));
  port.on('close', () => caller.destroy());
  caller.on('error', () => caller.destroy());
  caller.on('close', () => port.close());
  caller.unref();
  port.unref();
}
