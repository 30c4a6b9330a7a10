// `npm run differential -- --cases N [--seed S]`: random commands with and without indexes, and every index entry against its
// document, in as many processes as there are cores.
import fc from 'fast-check';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../../../src/cli/arguments.ts';
import { loaderOptions } from '../../support/program.ts';
import { Engine } from '../../../src/embedded-db/engine.ts';
import { game, play, STEPS } from './play.ts';

const given = readArguments(process.argv.slice(2), ['cases', 'seed', 'lane']);
const cases = given.number('cases') ?? 100_000;
const seed = given.number('seed') ?? Date.now() % 2 ** 31;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (given.flag('lane')) await playLane();
else await playAll();

/** Plays its share and sends how many commands that were. */
async function playLane(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-differential-'));
  const engine = new Engine({ dir, address: 'unused', durable: false });
  let played = 0;
  let found = false;
  for (let round = seed; played < cases && !found; round += 1000) {
    const result = await fc.check(
      fc.asyncProperty(game, async (one) => {
        played += one.steps.length;
        const wrong = await play(engine, one);
        if (wrong !== null) throw new Error(wrong);
      }),
      { numRuns: Math.ceil((cases - played) / STEPS), seed: round },
    );
    found = result.failed;
    if (!found) continue;
    say(`seed ${round}: ${String((result.errorInstance as Error).message)}`);
    say(fc.stringify(result.counterexample?.[0]));
  }
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
  process.send?.(played);
  process.exitCode = found ? 1 : 0;
}

async function playAll(): Promise<void> {
  const lanes = Math.min(4, availableParallelism());
  const began = Date.now();
  const ends = Array.from({ length: lanes }, (_, lane) => {
    const share = [`--cases`, String(Math.ceil(cases / lanes)), '--seed', String(seed + lane), '--lane'];
    const child = fork(fileURLToPath(import.meta.url), share, { execArgv: [...loaderOptions] });
    let played = 0;
    child.on('message', (count) => (played = Number(count)));
    return new Promise<{ played: number; failed: boolean }>((resolve) =>
      child.on('exit', (code) => resolve({ played, failed: code !== 0 })),
    );
  });
  const done = await Promise.all(ends);
  const played = done.reduce((sum, one) => sum + one.played, 0);
  const failed = done.filter((one) => one.failed).length;
  const seconds = Math.round((Date.now() - began) / 1000);
  say(`${played} cases in ${seconds} s, ${failed === 0 ? '0 differences' : 'differences'} (seed ${seed})`);
  if (failed > 0) process.exitCode = 1;
}
