// What is held about one person, by kind of record, with the field's words.

export type Value = string | number | null;
export type Entry = Readonly<Record<string, Value>>;

export interface SubjectRecord {
  readonly madeAt: string;
  readonly person: Entry;
  /** Records merged with the person's, while they are. */
  readonly mergedRecords: readonly Entry[];
  readonly merges: readonly Entry[];
  /** Pairs of possible duplicates the person was in; who the other was is not the person's to know. */
  readonly duplicates: readonly Entry[];
  readonly legalHolds: readonly Entry[];
  readonly enrolments: readonly Entry[];
  readonly attendance: readonly Entry[];
  readonly overlapCases: readonly Entry[];
  /** Rows of uploaded rosters that were read as this person. */
  readonly uploadedRows: readonly Entry[];
  readonly scores: readonly Entry[];
  readonly certificates: readonly Entry[];
  /** Certificates issued elsewhere, entered for the person and not decided yet. */
  readonly waitingCertificates: readonly Entry[];
  readonly apprenticeships: readonly Entry[];
  readonly claimCodes: readonly Entry[];
  /** What the person asked for, and the answers. */
  readonly requests: readonly Entry[];
  /** Files that prove changes of the person's records; they go along. */
  readonly evidence: readonly Entry[];
  /** Who saw a number of this person whole. */
  readonly numbersSeen: readonly Entry[];
  readonly events: readonly Entry[];
}

export type RecordSection = Exclude<keyof SubjectRecord, 'madeAt' | 'person'>;

/** The sections in the order they are shown. */
export const recordSections = [
  'mergedRecords',
  'merges',
  'duplicates',
  'legalHolds',
  'enrolments',
  'attendance',
  'overlapCases',
  'uploadedRows',
  'scores',
  'certificates',
  'waitingCertificates',
  'apprenticeships',
  'claimCodes',
  'requests',
  'evidence',
  'numbersSeen',
  'events',
] as const satisfies readonly RecordSection[];

/** Which section gives what a model keeps about persons; a test compares the list with the schemas. */
export const sectionOfModel: Readonly<Record<string, RecordSection>> = {
  Enrolment: 'enrolments',
  Candidate: 'scores',
  Certificate: 'certificates',
  Apprentice: 'apprenticeships',
  ClaimCode: 'claimCodes',
  Reveal: 'numbersSeen',
  SubjectRequest: 'requests',
  KeptFile: 'evidence',
  OverlapCase: 'overlapCases',
  Duplicate: 'duplicates',
  PersonMerge: 'merges',
  LegalHold: 'legalHolds',
  Event: 'events',
};
