// Writes the day's checkpoint of the trail while the process serves, once a day whoever of several processes comes first.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from './deps.ts';
import { dayOf } from './domain/shared/calendar-day.ts';
import { writeCheckpoint } from './persistence/trail/checkpoint-files.ts';
import { openSigner } from './persistence/trail/signing-key.ts';

export interface CheckpointWriter {
  stop(): Promise<void>;
}

const tick = 10 * 60_000;

/** Starts looking every ten minutes, now first, whether the day has its checkpoint; nothing without a folder for them. */
export function startCheckpointWriter(
  deps: Pick<Deps, 'trail' | 'log' | 'config' | 'now'>,
): CheckpointWriter {
  const turn = async (): Promise<void> => {
    try {
      await writeDaysCheckpoint(deps);
    } catch (error) {
      deps.log.error(
        { name: (error as Error).name },
        "The day's checkpoint of the trail could not be written",
      );
    }
  };
  let running = turn();
  const timer = setInterval(() => {
    running = running.then(turn);
  }, tick);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** The path of the day's checkpoint, written unless it is there; null without a folder, or while nothing is sealed. */
export async function writeDaysCheckpoint(
  deps: Pick<Deps, 'trail' | 'config' | 'now'>,
): Promise<string | null> {
  const { checkpointDir, keyFile } = deps.config;
  if (checkpointDir === null) return null;
  const now = deps.now();
  const name = `checkpoint-${dayOf(now)}`;
  const path = join(checkpointDir, `${name}.json`);
  if (existsSync(path)) return path;
  const head = await deps.trail.head();
  if (head === null || head.number === 0) return null;
  return writeCheckpoint(checkpointDir, name, { signer: openSigner(keyFile), head, now });
}
