// Runs one operation of a unified test through the official driver and gives what the format calls its result.
import type { FailPoint } from './fail-point-door.ts';
import type { Client, Entities } from './entities.ts';
import { NotCovered, type Fields } from './match.ts';
import { runsOf } from './object-operations.ts';
import { testRuns } from './runner-operations.ts';

export interface Operation {
  readonly name: string;
  readonly object: string;
  readonly arguments?: Fields;
  readonly expectResult?: unknown;
  readonly expectError?: Fields;
  readonly saveResultAsEntity?: string;
  readonly ignoreResultAndError?: boolean;
}

export interface Surroundings {
  readonly entities: Entities;
  /** A client of the test's own, for looking without leaving traces. */
  readonly own: Client;
  setFailPoint(point: FailPoint): void;
  /** The error it was expected to fail with, if any. */
  run(operation: Operation): Promise<Error | null>;
}

/** The operation's result; throws what the driver throws, or NotCovered. */
export async function runOperation(operation: Operation, around: Surroundings): Promise<unknown> {
  const given = operation.arguments ?? {};
  if (operation.object === 'testRunner') {
    const run = testRuns[operation.name];
    if (!run) throw new NotCovered(`the operation ${operation.name}`);
    return run(given, around);
  }
  const target = around.entities.get<object>(operation.object);
  const run = runsOf(target)[operation.name];
  if (!run) throw missing(operation.name);
  const options: Fields = { ...given };
  if (typeof given['session'] === 'string') options['session'] = around.entities.get(given['session']);
  return plainResult(await run(target as never, given, options, around));
}

// Not in the driver's interface: the format leaves it to each driver whether to have them.
const notInDriver = new Set(['listCollectionObjects', 'listDatabaseObjects']);

function missing(name: string): NotCovered {
  return new NotCovered(notInDriver.has(name) ? `the driver has no ${name}` : `the operation ${name}`);
}

/** The driver's results are objects with getters; of an unacknowledged write only that is known. */
function plainResult(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('insertedCount' in result)) return result;
  return bulkResult(result as Fields);
}

const counts = ['insertedCount', 'matchedCount', 'modifiedCount', 'deletedCount', 'upsertedCount'];

/** What a bulk write did, in plain fields. */
export function bulkResult(result: Fields): Fields {
  const known = [...counts, 'insertedIds', 'upsertedIds'].filter((key) => result[key] !== undefined);
  const unacknowledged = (result as { isOk?: () => boolean; result?: { ok?: number } }).result?.ok === 0;
  if (unacknowledged) return { acknowledged: false };
  return Object.fromEntries(known.map((key) => [key, result[key]]));
}
