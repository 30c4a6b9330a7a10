// npm run crash -- --rounds N: kills the embedded database N times while it writes and says what the checks found.
import { readArguments } from '../../src/cli/arguments.ts';
import { crashRounds } from './support/crash-rounds.ts';

const rounds = readArguments(process.argv.slice(2), ['rounds']).number('rounds') ?? 50;
const began = Date.now();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { counts, faults, root } = await crashRounds(rounds, (round) => {
  if (round % 50 === 0) say(`${round} rounds, ${Math.round((Date.now() - began) / 1000)} s`);
});
for (const [what, times] of [...counts].sort()) say(`${what}: ${times}`);
say(`${faults.length} faults in ${Math.round((Date.now() - began) / 1000)} s`);
for (const fault of faults.slice(0, 20)) say(`- ${fault}`);
if (faults.length > 0) {
  say(`The data is left in ${root}.`);
  process.exitCode = 1;
}
