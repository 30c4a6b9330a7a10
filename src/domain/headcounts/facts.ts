// Facts are what the counting rules read: plain rows loaded from records. Every status carries the instants (ms) at which
// it was recorded, so any cut-off can be answered; days are the calendar days the records bear.
import type { SessionStatus } from '../training/training-session.ts';
import type { Member } from './dimensions.ts';

/** A state that holds from `at` (the instant of recording) on; `on` is its calendar day. Lists run in order of recording. */
export interface DatedState<State extends string> {
  readonly to: State;
  readonly at: number;
  readonly on: string;
}

/** A day as known from `at` on; null says that there is none any more. */
export interface DatedDay {
  readonly day: string | null;
  readonly at: number;
}

/** Who a row is about, as copied onto the record at the event. An empty list of key groups: belongs to none; null: unknown. */
export interface PersonFacts {
  readonly personId: string;
  readonly gender: Member;
  readonly birthDay: string | null;
  readonly education: Member;
  readonly keyGroups: readonly string[] | null;
}

export interface SessionFact {
  readonly id: string;
  readonly kind: string;
  readonly subsidised: boolean;
  readonly fundingSource: Member;
  readonly centreId: Member;
  /** Area of the training session; outside the partition counts as 'outside', null as 'unknown'. */
  readonly areaCode: Member;
  readonly occupationCode: Member;
  readonly skillLevel: Member;
  readonly states: readonly DatedState<SessionStatus>[];
  /** The first held lesson's day through time, newest last. */
  readonly firstHeld: readonly DatedDay[];
  /** The planned first day through time; it counts only where no lessons are kept. */
  readonly startDays: readonly DatedDay[];
  /** Entered from paper of an earlier year, without lessons. */
  readonly recordedFromPaper: boolean;
}

/** `undone`: the import that brought the row was reversed; `absent`: the trainee never came (no-show). */
export type EnrolmentState = 'enrolled' | 'completed' | 'incomplete' | 'absent' | 'withdrawn' | 'undone';

export interface EnrolmentFact extends PersonFacts {
  readonly id: string;
  readonly sessionId: string;
  readonly states: readonly DatedState<EnrolmentState>[];
}

export interface CertificateFact extends PersonFacts {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  /** Rank of the skill level (4 = 高级工), null without level. Must belong to `skillLevel`. */
  readonly rank: number | null;
  readonly skillLevel: Member;
  /** Day of the first issue; a replacement is a print and no fact. */
  readonly issuedOn: string;
  /** From when it is on record: issue, or approval of the batch that recorded it. */
  readonly recordedAt: number;
  /** When it was revoked, or its recording undone. */
  readonly endedAt: number | null;
  /** The division it counts for, set at issue from the evaluator's site. */
  readonly countedArea: string | null;
  readonly areaCode: Member;
  readonly evaluatorId: Member;
  readonly centreId: Member;
  readonly occupationCode: Member;
  readonly fundingSource: Member;
}

export type ProgrammeState =
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'filed'
  | 'running'
  | 'mid_check'
  | 'finished'
  | 'assessed'
  | 'settled'
  | 'rejected'
  | 'terminated'
  | 'withdrawn';

export interface ProgrammeFact {
  readonly id: string;
  readonly enterpriseId: string;
  readonly areaCode: Member;
  readonly occupationCode: Member;
  readonly skillLevel: Member;
  /** The day of filing is the `on` of 'filed'. */
  readonly states: readonly DatedState<ProgrammeState>[];
}

/** One fact for each programme a person was enrolled in; a transfer inside one record makes two facts with one id. */
export interface ApprenticeFact extends PersonFacts {
  readonly id: string;
  readonly programmeId: string;
  readonly enrolledOn: string;
  readonly recordedAt: number;
  /** When the entry was taken back as a mistake; leaving or transferring is not that. */
  readonly undoneAt: number | null;
}

export type RecognitionKind = 'skill_master' | 'chief_technician' | 'rural_talent' | 'training_platform';
export type Tier = 'national' | 'provincial' | 'municipal' | 'district';

export interface RecognitionFact {
  readonly id: string;
  /** The studio or platform that was recognised. */
  readonly subjectId: string;
  readonly kind: RecognitionKind;
  readonly tier: Tier;
  readonly areaCode: Member;
  readonly recognisedOn: string;
  readonly recordedAt: number;
  readonly annulledAt: number | null;
}

/**
 * What a year is counted from. Besides the year's own records it must hold the earlier ones its rules ask for: the
 * persons' earlier certificates, the enterprises' earlier programmes, earlier apprentices and recognitions; more is ignored.
 */
export interface YearFacts {
  /** The division the figures are for, e.g. 320507. */
  readonly districtCode: string;
  /** The one partition of the district, in the order it is printed. */
  readonly areaCodes: readonly string[];
  readonly sessions: readonly SessionFact[];
  readonly enrolments: readonly EnrolmentFact[];
  readonly certificates: readonly CertificateFact[];
  readonly programmes: readonly ProgrammeFact[];
  readonly apprentices: readonly ApprenticeFact[];
  readonly recognitions: readonly RecognitionFact[];
  /** Number of the last change these facts contain, printed as "as of". */
  readonly lastChange: number;
}
