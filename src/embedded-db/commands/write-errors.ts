// Collects what went wrong in a batch of writes: an ordered batch stops at the first error, an unordered one goes on.
import { CommandError } from '../errors.ts';
import { QueryError } from '../query/errors.ts';
import type { WriteWork } from '../storage/writer.ts';
import { describeError } from '../wire/reply.ts';

export interface BatchOutcome {
  readonly writeErrors: readonly Record<string, unknown>[];
}

/** Runs `each` over the items. In a transaction an error ends the command, so that the transaction is aborted. */
export function* runBatch<T>(
  items: readonly T[],
  options: { readonly ordered: boolean; readonly inTransaction: boolean },
  each: (item: T, index: number) => WriteWork<void>,
): WriteWork<BatchOutcome> {
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
      if (options.ordered || options.inTransaction) break;
    }
  }
  return { writeErrors };
}

/** The fields of a write command's answer. */
export function writeErrorFields({ writeErrors }: BatchOutcome): Record<string, unknown> {
  return writeErrors.length > 0 ? { writeErrors } : {};
}
