// Collects what went wrong in a batch of writes: an ordered batch stops at the first error, an unordered one goes on.
import { CommandError } from '../errors.ts';
import type { Doc } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { describeError } from '../wire/reply.ts';

/** Runs `each` over the items; the fields of the answer that tell of errors. In a transaction an error ends the command. */
export function* runBatch<T>(
  op: Operation,
  body: Doc,
  items: readonly T[],
  each: (item: T, index: number) => WriteWork<void>,
): WriteWork<Record<string, unknown>> {
  if (items.length === 0)
    throw new CommandError(16, 'Write batch sizes must be between 1 and 100000. Got 0 operations.');
  const writeErrors: Record<string, unknown>[] = [];
  for (const [index, item] of items.entries()) {
    try {
      yield* each(item, index);
      yield undefined;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const transient = error instanceof CommandError && error.labels.includes('TransientTransactionError');
      if (transient) throw error;
      writeErrors.push({ index, ...describeError(error) });
      if (body['ordered'] !== false || op.transaction !== undefined) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}
