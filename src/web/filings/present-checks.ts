// What a filing is checked for, each check with its outcome: a problem stands in the way, a warning wants a reason.
import type { Deps } from '../../deps.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import { applySessionChange, type SessionChange } from '../../domain/training/session-change.ts';
import {
  evaluatorCovers,
  factsOf,
  hoursNeeded,
  requireFiling,
  requireSoundFacts,
  type SessionFacts,
} from '../../domain/training/session-rules.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { explainRule, wordDetails } from '../training/explain-rule.ts';
import type { SessionRecords } from '../training/load-session.ts';

export interface FilingCheck {
  readonly label: string;
  readonly value: string;
  readonly tag: 'passed' | 'failed' | 'warning' | null;
  /** The reasons warnings were accepted with. */
  readonly note: string | null;
}

/**
 * The filing of the centre (C16), class hours and practice (C14), the evaluator's filing (C17), the warnings accepted with the
 * roster (C03, C08; C01 and C02 keep a row off it) and the lesson plan; for a change, whether it still fits the session.
 * `warns` says whether the approval wants a reason.
 */
export async function presentChecks(
  deps: Deps,
  exchange: Exchange,
  records: SessionRecords,
  change: SessionChange | null,
): Promise<{ checks: readonly FilingCheck[]; warns: boolean }> {
  const { scope } = exchange.actor;
  const facts = factsOf({ ...records.session, ...change?.after });
  const centre = await deps.organisations.get(scope, records.session.centreId);
  const evaluator =
    facts.evaluatorId === null ? null : await deps.organisations.get(scope, facts.evaluatorId);
  const covered = evaluatorCovers(facts, evaluator);
  const checks = [
    checkFiling(deps, exchange, facts, () => requireFiling(facts, centre)),
    checkHours(deps, exchange, facts, () => requireSoundFacts(facts, centre, deps.reference)),
    ...(evaluator === null ? [] : [checkEvaluator(exchange, covered)]),
    ...checkRoster(exchange, records),
    ...checkLessons(exchange, records),
    ...(change === null ? [] : [checkChange(deps, exchange, records, change)]),
  ];
  return { checks, warns: !covered };
}

function checkFiling({ reference }: Deps, exchange: Exchange, facts: SessionFacts, check: () => void) {
  const refused = refusalOf(check);
  const label = exchange.t('filings.check.filed');
  if (refused === null)
    return passed(
      label,
      exchange.t(facts.occupationCode === null ? 'filings.check.noFiling' : 'filings.check.isFiled'),
    );
  const key =
    refused.code === 'training.filingEnded' ? 'filings.check.filingEnded' : 'filings.check.notFiled';
  return failed(
    label,
    exchange.explain({ code: key, details: wordDetails(reference, exchange, refused.details) }),
  );
}

function checkHours({ reference }: Deps, exchange: Exchange, facts: SessionFacts, check: () => void) {
  const refused = refusalOf(check);
  const label = exchange.t('filings.check.hours');
  if (refused instanceof InvalidInput) return failed(label, explainRule(reference, exchange, refused));
  const need = hoursNeeded(facts, reference);
  const planned = facts.theoryHours + facts.practiceHours;
  return passed(
    label,
    need === null
      ? exchange.t('filings.check.noHours')
      : exchange.t('filings.check.hoursMet', { planned, minimum: need.hours }),
  );
}

function checkEvaluator({ t }: Exchange, covered: boolean): FilingCheck {
  const label = t('filings.check.evaluator');
  return covered
    ? passed(label, t('filings.check.evaluatorFiled'))
    : { label, value: t('filings.check.evaluatorNotFiled'), tag: 'warning', note: null };
}

function checkRoster(exchange: Exchange, { session, enrolments }: SessionRecords): FilingCheck[] {
  const label = exchange.t('filings.check.roster');
  const warnings = acceptedWarnings(exchange, enrolments, (code, count) =>
    exchange.t(code.replace('rosters.', 'rosters.warning.'), { count }),
  );
  if (warnings.length > 0) return warnings.map((one) => ({ ...one, label }));
  if (session.enrolled === 0)
    return [{ label, value: exchange.t('filings.check.rosterEmpty'), tag: null, note: null }];
  return [passed(label, exchange.t('filings.check.rosterClear', { count: session.enrolled }))];
}

function checkLessons(exchange: Exchange, { lessons }: SessionRecords): FilingCheck[] {
  const label = exchange.t('filings.check.lessons');
  return acceptedWarnings(exchange, lessons, (_, count) =>
    exchange.t('filings.check.dayTooLong', { count }),
  ).map((one) => ({ ...one, label }));
}

function checkChange(
  { reference }: Deps,
  exchange: Exchange,
  { session }: SessionRecords,
  change: SessionChange,
) {
  const refused = refusalOf(() => applySessionChange(session, change, exchange.now));
  const label = exchange.t('filings.check.change');
  return refused === null
    ? passed(label, exchange.t('filings.check.changeFits'))
    : failed(label, explainRule(reference, exchange, refused));
}

/** One warning a code, with how many carry it and every reason once. */
function acceptedWarnings(
  exchange: Exchange,
  records: readonly { acceptedWarnings: readonly { code: string; reason: string }[] }[],
  word: (code: string, count: number) => string,
): Omit<FilingCheck, 'label'>[] {
  const reasons = new Map<string, string[]>();
  for (const { code, reason } of records.flatMap((one) => one.acceptedWarnings))
    reasons.set(code, [...(reasons.get(code) ?? []), reason]);
  return [...reasons].map(([code, all]) => ({
    value: word(code, all.length),
    tag: 'warning',
    note: exchange.t('filings.check.reasons', {
      reasons: [...new Set(all)].join(exchange.t('shared.comma')),
    }),
  }));
}

const passed = (label: string, value: string): FilingCheck => ({ label, value, tag: 'passed', note: null });
const failed = (label: string, value: string): FilingCheck => ({ label, value, tag: 'failed', note: null });

/** The rule or the shape a check refuses by, or null; anything else goes on. */
function refusalOf(check: () => void): InvalidInput | RuleBroken | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof RuleBroken) return error;
    throw error;
  }
}
