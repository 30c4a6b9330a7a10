// What every stored record has: an id, a version for concurrent edits, and dated changes of its status.

export interface Versioned {
  readonly id: string;
  /** Grows by one with each save; a stale form carries an older one. */
  readonly version: number;
}

/** One dated change of status: `at` is when it was recorded, `on` the calendar day it takes effect where that differs. */
export interface StatusChange<Status extends string> {
  readonly to: Status;
  readonly at: Date;
  readonly by: string;
  readonly on?: string | undefined;
  readonly reason?: string | undefined;
}

export type Lifecycle<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** The status at an instant, from dated changes in order of recording; null before the first. */
export function statusAt<Status extends string>(
  changes: readonly StatusChange<Status>[],
  instant: Date,
): Status | null {
  let status: Status | null = null;
  for (const change of changes) if (change.at <= instant) status = change.to;
  return status;
}
