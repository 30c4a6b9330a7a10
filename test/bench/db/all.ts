// npm run bench:db [-- NAME… --documents N --write]: the embedded database against lmdb and bson used plainly, in turns
// of one run; with --million a million documents through a cursor, an index build and a sort instead.
import { inOneLine, writeTable } from '../table.ts';
import type { Measured } from '../measure.ts';
import { benchMillion } from './million.ts';
import { openPlace, type Place } from './place.ts';
import { benchCount, benchFindOne, benchGroup, benchRanges, fillForReads } from './reads.ts';
import { benchStalls } from './stalls.ts';
import { benchInsertMany, benchTransaction, benchWriters } from './writes.ts';

const TURNS = 7;
const given = process.argv.slice(2);
const valueOf = (name: string) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined);
const wanted = given.filter((one, at) => !one.startsWith('--') && !given[at - 1]?.startsWith('--'));
const documents = Number(valueOf('--documents') ?? 100_000);
const say = (line: string) => process.stdout.write(`${line}\n`);

const writing: Record<string, (place: Place) => Promise<Measured[]>> = {
  batches: (place) => benchInsertMany(place, TURNS),
  writers: async (place) => [await benchWriters(place, 16, TURNS), await benchWriters(place, 64, TURNS)],
  transactions: async (place) => [await benchTransaction(place, TURNS)],
};
const reading: Record<string, (place: Place) => Promise<Measured[]>> = {
  one: (place) => benchFindOne(place, documents, 500),
  ranges: (place) => benchRanges(place, TURNS),
  counts: async (place) => [await benchCount(place, TURNS)],
  groups: async (place) => [await benchGroup(place, documents, TURNS)],
  stalls: (place) => benchStalls(place, documents),
};

async function run(): Promise<void> {
  const known = [...Object.keys(writing), ...Object.keys(reading)];
  const unknown = wanted.filter((one) => !known.includes(one));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: known are ${known.join(', ')}.`);
  const chosen = (benches: typeof writing) =>
    Object.entries(benches).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const results: Measured[] = [];
  if (given.includes('--million')) {
    for (const one of await benchMillion(Number(valueOf('--documents') ?? 1_000_000), say))
      say(inOneLine(one));
    return;
  }
  const measure = async (benches: typeof writing, place: Place) => {
    for (const [, bench] of chosen(benches))
      for (const one of await bench(place)) {
        results.push(one);
        say(inOneLine(one));
      }
  };
  const place = await openPlace();
  try {
    await measure(writing, place);
    if (chosen(reading).length > 0) await fillForReads(place, documents);
    await measure(reading, place);
  } finally {
    await place.close();
  }
  if (given.includes('--write'))
    writeTable('measured database', `${documents} certificates of 400 bytes`, results);
}

await run();
