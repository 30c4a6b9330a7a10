// The errors of commands: those of queries, with the labels and details that drivers act on.
import { QueryError } from './query/errors.ts';

export { unsupported } from './query/errors.ts';

/** An answer `{ ok: 0, code, codeName, errmsg }`, or a write error inside a batch; `details` are added to it. */
export class CommandError extends QueryError {
  readonly labels: readonly 'TransientTransactionError'[];
  readonly details: Record<string, unknown>;

  constructor(
    code: number,
    message: string,
    labels: readonly 'TransientTransactionError'[] = [],
    details: Record<string, unknown> = {},
  ) {
    super(code, message);
    this.labels = labels;
    this.details = details;
  }
}

/** The loser of two transactions that touch one document; the driver runs the whole transaction again. */
export function writeConflict(): CommandError {
  return new CommandError(
    112,
    'WriteConflict: another transaction changed this document first; run the transaction again',
    ['TransientTransactionError'],
  );
}
