// Plays random commands on one collection with indexes and on one without, and says where the answers part.
import fc from 'fast-check';
import { OURSELVES } from '../../../src/embedded-db/auth/caller.ts';
import { checkCollection } from '../../../src/embedded-db/check-indexes.ts';
import type { Engine } from '../../../src/embedded-db/engine.ts';
import {
  Binary,
  Decimal128,
  decode,
  docOf,
  Double,
  encode,
  isDoc,
  keysOf,
  type Doc,
  type Value,
} from '../../../src/embedded-db/query/bson.ts';
import { dispatch } from '../../../src/embedded-db/session/dispatch.ts';
import { HERE, step, type Step } from './steps.ts';
import { document, indexes, type IndexSpec } from './values.ts';

export interface Game {
  readonly docs: readonly Doc[];
  readonly indexes: readonly IndexSpec[];
  readonly steps: readonly Step[];
  /** All of it in one transaction, committed at the end. */
  readonly inTransaction: boolean;
}

/** How many commands a game has on average. */
export const STEPS = 40;

export const game: fc.Arbitrary<Game> = fc.record({
  docs: fc.array(document, { minLength: 1, maxLength: 20 }),
  indexes,
  steps: fc.array(step, { minLength: 1, maxLength: 2 * STEPS, size: 'max' }),
  inTransaction: fc.boolean(),
});

const SIDES = ['bare', 'indexed'] as const;
type Side = (typeof SIDES)[number];
const DB = 'differential';
/** What only an index minds, two arrays side by side or one key twice: the collections are no longer alike. */
const OF_INDEXES = new Set<number | null>([171, 11000]);

let games = 0n;

/** Null, or what differs. Afterwards every index entry is compared with the documents. */
export async function play(engine: Engine, given: Game): Promise<string | null> {
  const ask = (command: Doc): Promise<Doc> => run(engine, { ...command, $db: DB });
  await ask({ dropDatabase: 1 });
  if (!(await lay(ask, given))) return null;
  games += 1n;
  const session = { lsid: { id: new Binary(Buffer.alloc(16, 7), 4) }, txnNumber: games, autocommit: false };
  let begun = false;
  const inside = (): Doc => {
    if (!given.inTransaction) return {};
    const started = begun;
    begun = true;
    return started ? session : { ...session, startTransaction: true };
  };
  for (const one of given.steps) {
    const answers = new Map<Side, Doc>();
    // MongoDB has no `count` in transactions.
    if (given.inTransaction && 'count' in one.command) continue;
    for (const side of SIDES) {
      answers.set(side, await ask({ ...(on(side, one.command) as Doc), ...inside() }));
      // An error ends a transaction.
      if (given.inTransaction && side === 'bare' && codeOf(answers.get(side)!) !== null)
        return wrongEntries(engine);
    }
    const [bare, indexed] = SIDES.map((side) => answers.get(side)!) as [Doc, Doc];
    if (OF_INDEXES.has(codeOf(indexed)) && codeOf(bare) === null) return wrongEntries(engine);
    const [expected, found] = [told(bare, one), told(indexed, one)];
    if (expected !== found) return `${shown(one.command)}: ${expected} without indexes, ${found} with`;
  }
  if (begun) await run(engine, { commitTransaction: 1, ...session, $db: 'admin' });
  const all: Doc = { find: HERE, filter: {}, batchSize: 1000 };
  const [expected, found] = await Promise.all(SIDES.map((side) => ask(on(side, all) as Doc)));
  const whole: Step = { command: all, ordered: false };
  if (told(expected!, whole) !== told(found!, whole)) return 'the documents left differ';
  return wrongEntries(engine);
}

async function lay(ask: (command: Doc) => Promise<Doc>, { docs, indexes }: Game): Promise<boolean> {
  const specs = indexes.map(
    ({ key, options }, at) => ({ key, name: `i${at}`, ...options }) as unknown as Doc,
  );
  const made = await ask({ createIndexes: 'indexed', indexes: specs });
  if (codeOf(made) !== null) throw new Error(shown(made));
  for (const [_id, fields] of docs.entries()) {
    const doc = { _id, ...fields };
    const answer = await ask({ insert: 'indexed', documents: [doc] });
    if (OF_INDEXES.has(codeOf(answer))) continue;
    await ask({ insert: 'bare', documents: [doc] });
  }
  return true;
}

async function run(engine: Engine, command: Doc): Promise<Doc> {
  const body = decode(encode(command));
  const name = keysOf(body)[0]!;
  const documents = name === 'insert' ? (body['documents'] as Doc[]).map(encode) : undefined;
  return decode(await dispatch(engine, OURSELVES, { name, body, documents }));
}

function on(side: Side, value: Value): Value {
  if (value === HERE) return side;
  if (Array.isArray(value)) return value.map((each) => on(side, each));
  return isDoc(value) ? docOf(keysOf(value).map((key) => [key, on(side, value[key]!)])) : value;
}

function codeOf(reply: Doc): number | null {
  const [error] = (reply['writeErrors'] ?? []) as Doc[];
  const code = error?.['code'] ?? reply['code'];
  return code === undefined ? null : Number(code);
}

// What is the same whatever the way to it: documents in their order or as a set, counts, the code of a refusal.
function told(reply: Doc, { command, ordered }: Step): string {
  const code = codeOf(reply);
  if (code !== null) return `error ${code}`;
  const { firstBatch } = (reply['cursor'] ?? {}) as { firstBatch?: Doc[] };
  const timeless = docOf(Object.entries(reply).filter(([name]) => name !== 'operationTime'));
  const docs = (firstBatch ?? [timeless]).map((doc) =>
    showsOneOfEqual(command) ? (plainNumbers(doc) as Doc) : doc,
  );
  const bytes = docs.map((doc) => Buffer.from(encode(doc)).toString('latin1'));
  return (ordered ? bytes : bytes.sort()).join('|');
}

// Of equal numbers of several types a group or a distinct shows the one met first, which depends on the way to the documents.
function showsOneOfEqual(command: Doc): boolean {
  const { pipeline } = command;
  if ('distinct' in command) return true;
  return Array.isArray(pipeline) && pipeline.some((stage) => keysOf(stage as Doc)[0] === '$group');
}

function plainNumbers(value: Value): Value {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double || value instanceof Decimal128) return Number(value.toString());
  if (Array.isArray(value)) return value.map(plainNumbers);
  return isDoc(value) ? docOf(keysOf(value).map((key) => [key, plainNumbers(value[key]!)])) : value;
}

function wrongEntries(engine: Engine): string | null {
  const collection = engine.catalog.find(`${DB}.indexed`)!;
  const { errors } = checkCollection(engine.store.view, collection);
  return errors.length > 0 ? errors.join('; ') : null;
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${String(each)}n` : each));
