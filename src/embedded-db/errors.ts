// The errors the server answers with: MongoDB's code, code name, message and labels.

const CODE_NAMES: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  11: 'UserNotFound',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  16: 'InvalidLength',
  17: 'ProtocolError',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  24: 'LockTimeout',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  96: 'OperationFailed',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  125: 'CommandFailed',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  197: 'InvalidIndexSpecificationOption',
  206: 'NoSuchSession',
  225: 'TransactionTooOld',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  334: 'MechanismUnavailable',
  9001: 'SocketException',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  14031: 'OutOfDiskSpace',
  17280: 'KeyTooLong',
};

export type ErrorLabel =
  'TransientTransactionError' | 'UnknownTransactionCommitResult' | 'RetryableWriteError';

/** An answer `{ ok: 0, code, codeName, errmsg }`, or a write error inside a batch; `details` are added to it. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly ErrorLabel[];
  readonly details: Record<string, unknown>;

  constructor(
    code: number,
    message: string,
    labels: readonly ErrorLabel[] = [],
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.codeName = CODE_NAMES[code] ?? `Location${code}`;
    this.labels = labels;
    this.details = details;
  }
}

/** What to answer for a MongoDB feature outside the embedded database's scope: names the feature and the way out. */
export function unsupported(feature: string, code = 115): CommandError {
  return new CommandError(
    code,
    `${feature} is not supported by the embedded database: set MONGODB_URI to a MongoDB replica set to use it`,
  );
}

/** The loser of two transactions that touch one document; the driver runs the whole transaction again. */
export function writeConflict(): CommandError {
  return new CommandError(
    112,
    'WriteConflict: another transaction changed this document first; run the transaction again',
    ['TransientTransactionError'],
  );
}
