// npm run fuzz -- --cases 10000 [--seed N] [--kind form]: that many malformed requests and files of each kind, or of one.
import { malformedKinds, openTarget } from './send-malformed.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const value = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const cases = value('cases', 1_000);
const seed = value('seed', Math.floor(Math.random() * 2 ** 31));
if (!(cases >= 1) || !Number.isInteger(seed)) throw new Error('--cases and --seed need whole numbers.');

const at = process.argv.indexOf('--kind');
const kinds = malformedKinds.filter((kind) => at < 0 || kind === process.argv[at + 1]);
if (kinds.length === 0) throw new Error(`--kind is one of ${malformedKinds.join(', ')}.`);

say(`${cases} cases of each kind, seed ${seed}`);
const target = await openTarget();
try {
  for (const kind of kinds) {
    const tally = await target.send(kind, cases, seed);
    const answers = [...tally].sort(([, a], [, b]) => b - a).map(([answer, count]) => `${answer} ${count}`);
    say(`${kind}: ${answers.join(', ')}`);
  }
  say('No 500, no crash, no change by halves.');
} finally {
  await target.close();
}
process.exit(0);
