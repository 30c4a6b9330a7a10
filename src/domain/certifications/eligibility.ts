// Whether a candidate may be certified, as a list of what is still missing with figures; pages, batches and tests ask only this.
import type { Scores } from './assessment.ts';

export interface UnmetCondition {
  /** A wording key: certificates.unmet.… */
  readonly code: string;
  readonly details: Readonly<Record<string, number | string>>;
}

export interface EligibilityFacts {
  readonly scores: Scores;
  readonly passMark: number;
  /** Class hours credited and required; null where no training is asked for. */
  readonly training: {
    readonly creditedHours: number;
    readonly requiredHours: number;
    readonly withdrawn: boolean;
  } | null;
  readonly alreadyCertified: boolean;
  readonly proposedElsewhere: boolean;
  /** For a skill level: whether the evaluator's filing covers occupation × level × method on the day. */
  readonly filed: boolean;
}

/**
 * The unmet conditions, empty when the candidate is eligible: hours short (class hours of 45 minutes), each subject not sat
 * or below the pass mark, withdrawn, already certified or proposed, filing not covering (C13, C16, C17).
 */
export function unmetConditions(facts: EligibilityFacts): readonly UnmetCondition[] {
  const unmet: UnmetCondition[] = [];
  const add = (code: string, details: UnmetCondition['details'] = {}) =>
    unmet.push({ code: `certificates.unmet.${code}`, details });
  if (facts.alreadyCertified) add('alreadyCertified');
  if (facts.proposedElsewhere) add('alreadyProposed');
  if (facts.training?.withdrawn) add('withdrawn');
  if (facts.training && facts.training.creditedHours < facts.training.requiredHours) {
    add('hoursShort', {
      short: roundUp(facts.training.requiredHours - facts.training.creditedHours),
      required: facts.training.requiredHours,
    });
  }
  for (const subject of ['theory', 'practice'] as const) {
    const score = facts.scores[subject];
    if (score === null) add(`${subject}NotSat`);
    else if (score < facts.passMark) add(`${subject}Failed`, { score, passMark: facts.passMark });
  }
  if (!facts.filed) add('notFiled');
  return unmet;
}

/** Hours a trainee must be credited: planned hours × the share in force, rounded up to half an hour. */
export function requiredHours(plannedHours: number, share: number): number {
  return Math.ceil(plannedHours * share * 2 - 1e-9) / 2;
}

function roundUp(hours: number): number {
  return Math.ceil(hours * 10 - 1e-9) / 10;
}
