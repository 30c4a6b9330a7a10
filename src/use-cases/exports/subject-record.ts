// What is held about one person, by kind of record, with the field's words.

export type Value = string | number | null;
export type Entry = Readonly<Record<string, Value>>;

export interface SubjectRecord {
  readonly madeAt: string;
  readonly person: Entry;
  readonly enrolments: readonly Entry[];
  readonly attendance: readonly Entry[];
  /** Rows of uploaded rosters that were read as this person. */
  readonly uploadedRows: readonly Entry[];
  readonly scores: readonly Entry[];
  readonly certificates: readonly Entry[];
  readonly apprenticeships: readonly Entry[];
  readonly claimCodes: readonly Entry[];
  /** What the person asked for, and the answers. */
  readonly requests: readonly Entry[];
  /** Who saw a number of this person whole. */
  readonly numbersSeen: readonly Entry[];
  readonly events: readonly Entry[];
}
