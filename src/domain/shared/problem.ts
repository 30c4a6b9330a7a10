// A problem is one thing wrong or worth knowing about a value: a wording key and what fills its places.

export interface Problem {
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface Failure extends Problem {
  readonly ok: false;
}

/** A failed check: the key of the sentence and what fills its places. */
export function failed(code: string, details: Problem['details'] = {}): Failure {
  return { ok: false, code, details };
}
