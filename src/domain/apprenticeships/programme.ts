// An apprenticeship programme (企业新型学徒制): an enterprise and a school train staff for one or two years towards a level.
import { handsIn, type Hand } from '../accounts/second-person.ts';
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';

export const programmeStatuses = [
  'draft',
  'submitted',
  'returned',
  'filed',
  'running',
  'mid_check',
  'finished',
  'assessed',
  'settled',
  'rejected',
  'terminated',
  'withdrawn',
] as const;
export type ProgrammeStatus = (typeof programmeStatuses)[number];

/** Domain 5, with `returned` for a draft handed back and `withdrawn` for a filing taken back before it ran. */
export const programmeLifecycle: Lifecycle<ProgrammeStatus> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['filed', 'returned', 'rejected'],
  returned: ['submitted', 'withdrawn'],
  filed: ['running', 'withdrawn'],
  running: ['mid_check', 'finished', 'terminated'],
  mid_check: ['running', 'finished', 'terminated'],
  finished: ['assessed'],
  assessed: ['settled'],
  settled: [],
  rejected: [],
  terminated: [],
  withdrawn: [],
};

export interface Programme extends Versioned {
  readonly number: string;
  readonly enterpriseId: string;
  readonly schoolId: string | null;
  readonly schoolName: string;
  readonly occupationCode: string;
  readonly targetLevel: string;
  readonly startsOn: string;
  readonly termMonths: number;
  readonly plannedCount: number;
  readonly classHoursPerYear: number;
  readonly areaCode: string | null;
  readonly filedOn: string | null;
  readonly status: ProgrammeStatus;
  readonly statusChanges: readonly StatusChange<ProgrammeStatus>[];
  readonly createdBy: string;
  readonly submittedBy: string | null;
  /** Who changed its facts or its list, besides who created it. */
  readonly editedBy: readonly string[];
  /** Entered from paper by a bureau officer: a second officer files it. */
  readonly enteredByBureau: boolean;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The programme in its next status; throws RuleBroken apprenticeships.cannotMove. */
export function moveProgramme(
  programme: Programme,
  to: ProgrammeStatus,
  change: { at: Date; by: string; on?: string | undefined; reason?: string | undefined },
): Programme {
  if (!programmeLifecycle[programme.status].includes(to))
    throw new RuleBroken('apprenticeships.cannotMove', { from: programme.status, to });
  return {
    ...programme,
    status: to,
    statusChanges: [...programme.statusChanges, { to, ...change }],
    changedAt: change.at,
  };
}

/** The programme with one more who changed it; the very same when that is known already. */
export function withEditor(programme: Programme, accountId: string): Programme {
  if (programme.createdBy === accountId || programme.editedBy.includes(accountId)) return programme;
  return { ...programme, editedBy: [...programme.editedBy, accountId] };
}

/** Who had a part in a programme, so does not decide it. */
export function handsOnProgramme(programme: Programme): readonly Hand[] {
  return handsIn(programme, programme.createdBy, programme.submittedBy, ...programme.editedBy);
}

/** Whether the bureau may withdraw it: filed, so it counts, and not yet running. */
export function isWithdrawable(programme: Pick<Programme, 'status'>): boolean {
  return programme.status === 'filed';
}

/** Whether the enterprise may still change programme and apprentices. */
export function isProgrammeEditable(programme: Pick<Programme, 'status'>): boolean {
  return programme.status === 'draft' || programme.status === 'returned';
}
