// Keeps the process from ending in the middle of an LMDB transaction: a worker thread torn down there never lets go.

const WRITING = 0;
const CLOSED = 1;
const LONGEST_WAIT_MS = 5000;

/** Runs a write and says true; false once the process is ending: then nothing may be written any more. */
export type WriteGate = (write: () => void) => boolean;

/** Memory that the worker thread and the thread that started it share. */
export function gateMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(8);
}

/** The worker's side of the gate. */
export function writeGate(memory: SharedArrayBuffer): WriteGate {
  const state = new Int32Array(memory);
  return (write) => {
    Atomics.store(state, WRITING, 1);
    try {
      if (Atomics.load(state, CLOSED) !== 0) return false;
      write();
      return true;
    } finally {
      Atomics.store(state, WRITING, 0);
      Atomics.notify(state, WRITING);
    }
  };
}

/** Closes the gate and waits until a transaction under way is over; for the moment before the process ends. */
export function closeGate(memory: SharedArrayBuffer): void {
  const state = new Int32Array(memory);
  Atomics.store(state, CLOSED, 1);
  Atomics.wait(state, WRITING, 1, LONGEST_WAIT_MS);
}
