// One test of a unified file: entities, initial data, operations with what they give, and the documents left in the end.
import { createEntities, type Client, type Session } from './entities.ts';
import { wrongEvents, type ExpectedEvents } from './events.ts';
import { difference, NotCovered, type Fields, type Matching } from './match.ts';
import type { FailPointDoor } from './fail-point-door.ts';
import { bulkResult, runOperation, type Operation, type Surroundings } from './operations.ts';

export interface Requirement {
  readonly minServerVersion?: string;
  readonly maxServerVersion?: string;
  readonly topologies?: readonly string[];
  readonly auth?: boolean;
  readonly serverless?: string;
  readonly csfle?: unknown;
}

interface Data {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly documents: readonly Fields[];
  readonly createOptions?: Fields;
}

export interface UnifiedTest {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly skipReason?: string;
  readonly operations: readonly Operation[];
  readonly expectEvents?: readonly ExpectedEvents[];
  readonly outcome?: readonly Data[];
}

export interface UnifiedFile {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly createEntities?: readonly Fields[];
  readonly initialData?: readonly Data[];
  readonly tests: readonly UnifiedTest[];
}

const served = [7, 0, 0];

/** Why these requirements rule the server out, or null: it is the primary of a replica set of MongoDB 7.0. */
export function ruledOut(requirements: readonly Requirement[] | undefined): string | null {
  const wanting = (requirements ?? []).map(missing);
  if (wanting.length === 0 || wanting.includes(null)) return null;
  return wanting.find((one) => one !== 'requires another topology') ?? wanting[0]!;
}

function missing(need: Requirement): string | null {
  if (need.topologies !== undefined && !need.topologies.includes('replicaset'))
    return 'requires another topology';
  if (need.auth === true) return 'requires authentication';
  if (need.csfle !== undefined && need.csfle !== false) return 'requires encryption by the client';
  if (need.minServerVersion !== undefined && order(need.minServerVersion) > 0)
    return 'requires a newer server';
  if (need.maxServerVersion !== undefined && order(need.maxServerVersion) < 0)
    return 'requires an older server';
  return null;
}

function order(version: string): number {
  const parts = version.split('.').map(Number);
  const index = parts.findIndex((part, at) => part !== (served[at] ?? 0));
  return index < 0 ? 0 : parts[index]! - (served[index] ?? 0);
}

/** Runs a test; throws NotCovered, or what is wrong. */
export async function runTest(
  file: UnifiedFile,
  test: UnifiedTest,
  place: { uri: string; own: Client; door: FailPointDoor },
): Promise<void> {
  const entities = createEntities(place.uri);
  const around: Surroundings = {
    entities,
    own: place.own,
    setFailPoint: (point) => place.door.set(point),
    run: (operation) => perform(operation, around),
  };
  try {
    for (const data of file.initialData ?? []) await lay(place.own, data);
    await entities.make(file.createEntities ?? []);
    for (const operation of test.operations) await perform(operation, around);
    checkEvents(test, around);
    for (const data of test.outcome ?? []) {
      const collection = place.own.db(data.databaseName).collection(data.collectionName);
      const found = await collection.find({}, { sort: { _id: 1 } }).toArray();
      const wrong = difference({ documents: data.documents }, { documents: found }, matchingOf(around));
      if (wrong !== null) throw new Error(`outcome${wrong}`);
    }
  } finally {
    place.door.set({ mode: 'off' });
    for (const one of entities.all.values())
      if (typeof one === 'object' && one !== null && 'endSession' in one)
        await (one as Session).endSession().catch(() => undefined);
    await entities.close();
  }
}

function checkEvents(test: UnifiedTest, around: Surroundings): void {
  for (const expected of test.expectEvents ?? []) {
    const watched = around.entities.watched(expected.client);
    const wrong = wrongEvents(expected, watched.heard, watched, matchingOf(around));
    if (wrong !== null) throw new Error(wrong);
  }
}

const matchingOf = ({ entities }: Surroundings): Matching => ({
  entity: (id) => entities.get(id),
  lsid: (session) => entities.lsid(session),
});

async function lay(own: Client, data: Data): Promise<void> {
  const db = own.db(data.databaseName);
  await db.dropCollection(data.collectionName).catch(() => undefined);
  if (
    data.createOptions !== undefined &&
    Object.keys(data.createOptions).some((key) => key !== 'writeConcern')
  )
    throw new NotCovered(`collections with ${Object.keys(data.createOptions).join(', ')}`);
  if (data.documents.length === 0) await db.createCollection(data.collectionName);
  else await db.collection(data.collectionName).insertMany(data.documents as Fields[]);
}

/** Runs an operation and checks what it gives; an error it was expected to fail with comes back. */
async function perform(operation: Operation, around: Surroundings): Promise<Error | null> {
  const { name, expectError, expectResult, saveResultAsEntity } = operation;
  let result: unknown;
  try {
    result = await runOperation(operation, around);
  } catch (error) {
    if (error instanceof NotCovered || operation.object === 'testRunner') throw error;
    // A refusal by name is never the error that a test asks for.
    if (expectError === undefined || /MONGODB_URI/.test((error as Error).message)) {
      if (operation.ignoreResultAndError) return error as Error;
      throw error;
    }
    checkError(name, expectError, error as Fields & Error, matchingOf(around));
    return error as Error;
  }
  if (expectError !== undefined) throw new Error(`${name} should have failed`);
  if (expectResult !== undefined) {
    const wrong = difference(expectResult, result ?? null, matchingOf(around));
    if (wrong !== null) throw new Error(`${name}: ${wrong}`);
  }
  if (saveResultAsEntity !== undefined) around.entities.all.set(saveResultAsEntity, result);
  return null;
}

function checkError(name: string, expected: Fields, error: Fields & Error, matching: Matching): void {
  const fail = (what: string): never => {
    throw new Error(`${name} failed otherwise: ${what}; it said: ${error.message}`, { cause: error });
  };
  const labels = (expected['errorLabelsContain'] ?? []) as string[];
  const omitted = (expected['errorLabelsOmit'] ?? []) as string[];
  const has = (label: string): boolean =>
    (error as unknown as { hasErrorLabel?: (one: string) => boolean }).hasErrorLabel?.(label) ?? false;
  const contains = expected['errorContains'];
  if (typeof contains === 'string' && !error.message.toLowerCase().includes(contains.toLowerCase()))
    fail(`not with "${contains}"`);
  const code = expected['errorCode'];
  if (code !== undefined && Number(error['code']) !== Number(code))
    fail(`with code ${String(error['code'])}`);
  const codeName = expected['errorCodeName'];
  if (codeName !== undefined && error['codeName'] !== codeName) fail(`as ${String(error['codeName'])}`);
  const fromServer =
    /^Mongo(Server|BulkWrite|WriteConcern|ClientBulkWrite)/.test(error.name) && error['code'] !== undefined;
  const ofClient = expected['isClientError'];
  if (ofClient !== undefined && ofClient === fromServer) fail(`as ${error.name}`);
  if (expected['errorResponse'] !== undefined) {
    const wrong = difference(expected['errorResponse'], error['errorResponse'], matching);
    if (wrong !== null) fail(wrong);
  }
  for (const label of labels) if (!has(label)) fail(`without the label ${label}`);
  for (const label of omitted) if (has(label)) fail(`with the label ${label}`);
  if (expected['expectResult'] !== undefined) {
    const wrong = difference(
      expected['expectResult'],
      bulkResult((error['result'] ?? {}) as Fields),
      matching,
    );
    if (wrong !== null) fail(wrong);
  }
}
