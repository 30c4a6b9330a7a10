// The operations of a unified test that the runner itself answers: fail points, and looking at sessions, events and collections.
import type { Session } from './entities.ts';
import type { FailPoint } from './fail-point-door.ts';
import { NotCovered, type Fields } from './match.ts';
import type { Surroundings } from './operations.ts';

const lastTwo = (around: Surroundings, client: string): unknown[] =>
  around.entities
    .watched(client)
    .heard.filter(({ kind }) => kind === 'commandStartedEvent')
    .slice(-2)
    .map(({ event }) => JSON.stringify((event['command'] as Fields)['lsid']));

/** The runner's own operations, by name. */
export const testRuns: Record<string, (given: Fields, around: Surroundings) => unknown> = {
  failPoint(given, around) {
    const point = given['failPoint'] as Fields;
    if (!['failCommand', 'onPrimaryTransactionalWrite'].includes(String(point['configureFailPoint'])))
      throw new NotCovered(`the fail point ${String(point['configureFailPoint'])}`);
    around.setFailPoint(point as unknown as FailPoint);
  },
  createEntities: (given, around) => around.entities.make(given['entities'] as Fields[]),
  async assertCollectionExists(given, around) {
    const found = await collectionNames(given, around);
    if (!found.includes(given['collectionName'])) throw new Error('the collection is missing');
  },
  async assertCollectionNotExists(given, around) {
    const found = await collectionNames(given, around);
    if (found.includes(given['collectionName'])) throw new Error('the collection is there');
  },
  async assertIndexExists(given, around) {
    if (!(await hasIndex(given, around))) throw new Error('the index is missing');
  },
  async assertIndexNotExists(given, around) {
    if (await hasIndex(given, around)) throw new Error('the index is there');
  },
  assertSameLsidOnLastTwoCommands(given, around) {
    const [one, two] = lastTwo(around, given['client'] as string);
    if (one !== two) throw new Error('the last two commands ran in two sessions');
  },
  assertDifferentLsidOnLastTwoCommands(given, around) {
    const [one, two] = lastTwo(around, given['client'] as string);
    if (one === two) throw new Error('the last two commands ran in one session');
  },
  assertSessionDirty: (given, around) => expectDirty(given, around, true),
  assertSessionNotDirty: (given, around) => expectDirty(given, around, false),
  assertSessionUnpinned: (given, around) => {
    if (around.entities.get<Session>(given['session'] as string).isPinned)
      throw new Error('the session is pinned');
  },
  assertNumberConnectionsCheckedOut: (given, around) => {
    const { heard } = around.entities.watched(given['client'] as string);
    const counted = (kind: string): number => heard.filter((one) => one.kind === kind).length;
    const out = counted('connectionCheckedOutEvent') - counted('connectionCheckedInEvent');
    if (out !== given['connections']) throw new Error(`${out} connections are checked out`);
  },
  assertSessionTransactionState: (given, around) => {
    const session = around.entities.get<{ transaction: { state: string } }>(given['session'] as string);
    const states: Record<string, string> = {
      none: 'NO_TRANSACTION',
      starting: 'STARTING_TRANSACTION',
      in_progress: 'TRANSACTION_IN_PROGRESS',
      committed: 'TRANSACTION_COMMITTED',
      aborted: 'TRANSACTION_ABORTED',
    };
    const wanted = states[given['state'] as string];
    if (session.transaction.state !== wanted)
      throw new Error(`the transaction is ${session.transaction.state}`);
  },
};

function expectDirty(given: Fields, around: Surroundings, dirty: boolean): void {
  const session = around.entities.get<{ serverSession: { isDirty: boolean } }>(given['session'] as string);
  if (session.serverSession.isDirty !== dirty) throw new Error(`the session is dirty: ${String(!dirty)}`);
}

async function collectionNames(given: Fields, around: Surroundings): Promise<unknown[]> {
  const found = await around.own
    .db(given['databaseName'] as string)
    .listCollections()
    .toArray();
  return found.map((one) => one.name);
}

async function hasIndex(given: Fields, around: Surroundings): Promise<boolean> {
  const db = around.own.db(given['databaseName'] as string);
  const found = await db
    .collection(given['collectionName'] as string)
    .indexes()
    .catch(() => []);
  return found.some((one) => one.name === given['indexName']);
}
