// Runs a command of the product as a process of its own, with the settings given and no others.
import { spawn } from 'node:child_process';
import { programOf } from './program.ts';

export interface Ended {
  readonly code: number | null;
  /** What it wrote, standard output and errors together. */
  readonly out: string;
}

export interface Command {
  readonly ended: Promise<Ended>;
  /** Resolves when it has written the text; rejects with all it wrote if it ends or 60 s pass first. */
  wrote(text: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export function startCommand(
  script: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Command {
  const kept = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const child = spawn(process.execPath, [...programOf(script), ...args], {
    env: { ...kept, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (out += String(part)));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out })));
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    wrote: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (out.includes(text)) resolve(out);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(() => reject(new Error(out)));
        setTimeout(() => reject(new Error(out)), 60_000).unref();
      }),
  };
}

export const runCommand = (...given: Parameters<typeof startCommand>): Promise<Ended> =>
  startCommand(...given).ended;
