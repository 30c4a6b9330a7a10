// `npm run differential -- --cases N [--seed S]`: random commands with and without indexes, and every entry against its document.
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from '../../../src/cli/arguments.ts';
import { openEngine } from '../../../src/embedded-db/engine.ts';
import { game, play, STEPS } from './play.ts';

const given = readArguments(process.argv.slice(2), ['cases', 'seed']);
const cases = given.number('cases') ?? 100_000;
const seed = given.number('seed') ?? Date.now() % 2 ** 31;
const dir = mkdtempSync(join(tmpdir(), 'skillroll-differential-'));
const engine = openEngine({ dir, address: 'unused', durable: false });
const began = Date.now();
let played = 0;
const result = await fc.check(
  fc.asyncProperty(game, async (one) => {
    played += one.steps.length;
    const wrong = await play(engine, one);
    if (wrong !== null) throw new Error(wrong);
  }),
  { numRuns: Math.ceil(cases / STEPS), seed },
);
await engine.close();
rmSync(dir, { recursive: true, force: true });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(
  `${played} cases in ${Math.round((Date.now() - began) / 1000)} s, ${result.failed ? 'a difference' : '0 differences'} (seed ${seed})`,
);
if (result.failed) {
  say(String((result.errorInstance as Error).stack?.slice(0, 2000)));
  say(fc.stringify(result.counterexample?.[0]));
  process.exitCode = 1;
}
