// Asks the server that runs on a directory to keep the newest state of its file from being written over while somebody reads it.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { holderSockets } from '../lock-file.ts';
import { callIn } from '../presence.ts';

/** A server that does not answer may be stopped, or have no time. */
const ANSWER_MS = 5_000;

/** Keeps the newest state until it ends. */
export interface Keeper {
  /** False when the state was not kept all the time. */
  hasKept(): Promise<boolean>;
  end(): void;
}

/** Whoever keeps the state that `dir` has now; undefined where no server runs, or none that answers. */
export async function findKeeper(dir: string): Promise<Keeper | undefined> {
  for (const name of holderSockets(dir)) {
    const holder = await callIn(dir, name);
    if (typeof holder === 'string') continue;
    holder.on('error', () => undefined);
    if (await isKept(holder)) return { hasKept: () => isKept(holder), end: () => void holder.destroy() };
    holder.destroy();
  }
  return undefined;
}

async function isKept(holder: Socket): Promise<boolean> {
  if (holder.destroyed || !holder.writable) return false;
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = once(holder, 'data', { signal }).then(
    () => true,
    () => false,
  );
  const end = once(holder, 'close', { signal }).then(
    () => false,
    () => false,
  );
  holder.write('.');
  return Promise.race([answer, end]);
}
