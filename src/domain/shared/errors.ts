// The ways an action can be declined; anything else that is thrown is a bug. A code is the key of the sentence
// that tells the user (templates/wording), its details fill the placeholders.

export type Details = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly details?: Details;
}

export abstract class ApplicationError extends Error {
  readonly code: string;
  readonly details: Details;

  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.details = details;
    this.name = new.target.name;
  }
}

/** Thrown when a record does not exist or lies outside the viewer's scope; both look the same. */
export class NotFound extends ApplicationError {
  constructor(details: Details = {}) {
    super('shared.notFound', details);
  }
}

/** Thrown when the record may be seen but this person may not do this with it. */
export class NotAllowed extends ApplicationError {}

/** Thrown when what was typed has not the shape asked for; names each field. */
export class InvalidInput extends ApplicationError {
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[], options?: ErrorOptions) {
    super('shared.invalidInput', {}, options);
    this.problems = problems;
  }
}

/** Thrown when the input is well formed but a rule of the field forbids the step. */
export class RuleBroken extends ApplicationError {}

/** A rule about how often: thrown until an instant has come; its sentence names the time in Shanghai, hh:mm. */
export class TooOften extends RuleBroken {
  constructor(code: string, until: Date) {
    super(code, { until: new Date(until.getTime() + 8 * 3_600_000).toISOString().slice(11, 16) });
  }
}

/** Thrown when someone else changed or took the thing meanwhile. */
export class Conflict extends ApplicationError {}

/** Thrown when the disk takes no more: nothing of the step was written, and what is stored can still be read. */
export class StoreFull extends ApplicationError {
  constructor(options?: ErrorOptions) {
    super('shared.storeFull', {}, options);
  }
}

/** Returns the record, or throws NotFound when the scoped look-up gave none. */
export function orNotFound<T>(record: T | null | undefined, details: Details = {}): T {
  if (record === null || record === undefined) throw new NotFound(details);
  return record;
}
