// Errors that a query can answer with, carrying MongoDB's code and code name.

const CODE_NAMES: Readonly<Record<number, string>> = {
  2: 'BadValue',
  4: 'NoSuchKey',
  6: 'HostUnreachable',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  28: 'PathNotViable',
  31: 'NameNotUnique',
  40: 'ConflictingUpdateOperators',
  47: 'NoMatchingDocument',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  57: 'DottedFieldName',
  66: 'ImmutableField',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  115: 'CommandNotSupported',
  168: 'InvalidPipelineOperator',
  241: 'ConversionFailure',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  334: 'UnableToFindIndexForHint',
  11000: 'DuplicateKey',
  17280: 'KeyTooLong',
};

/** A refused query, update or pipeline; `code` and `codeName` are those MongoDB answers with. */
export class QueryError extends Error {
  readonly code: number;
  readonly codeName: string;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
    this.codeName = CODE_NAMES[code] ?? `Location${String(code)}`;
  }
}

/** The refusal of a MongoDB feature that the embedded database leaves out; code 115 unless MongoDB's own is given. */
export function unsupported(feature: string, code = 115): QueryError {
  return new QueryError(
    code,
    `${feature} is not supported by the embedded database; set MONGODB_URI to use MongoDB`,
  );
}
