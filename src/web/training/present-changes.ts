// Changes of a session, old beside new.
import type { Deps } from '../../deps.ts';
import { changeableFields, type SessionChange } from '../../domain/training/session-change.ts';
import type { Link } from '../frame.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import type { SessionRecords } from './load-session.ts';
import { presentFact } from './present-fact.ts';

/** The changes of a session, newest first, each with its differences in words. */
export function presentChanges(
  deps: Deps,
  exchange: Exchange,
  { changes, names }: SessionRecords,
  files: ReadonlyMap<string, Link>,
) {
  return [...changes].reverse().map((change) => ({
    when: formatShortInstant(change.createdAt),
    status: change.status,
    reason: change.reason,
    file: files.get(change.evidenceId ?? '') ?? null,
    answer: change.statusChanges.at(-1)?.reason ?? null,
    differences: presentDifferences(deps, exchange, change, names),
    withdrawal:
      change.status === 'submitted' && exchange.may('trainingSession.requestChange')
        ? paths.sessionChangeWithdrawal(change.id)
        : null,
    decision:
      change.status === 'submitted' && exchange.may('trainingSession.decide')
        ? paths.filing(change.id)
        : null,
  }));
}

/** One sentence a field, and one for lessons that move along. */
export function presentDifferences(
  deps: Deps,
  exchange: Exchange,
  change: SessionChange,
  names: ReadonlyMap<string, string>,
): string[] {
  const fields = changeableFields
    .filter((field) => field in change.after)
    .map((field) =>
      exchange.t('training.changeRow', {
        field: exchange.t(`training.field.${field}`),
        before: presentFact(deps.reference, exchange, field, change.before[field], names),
        after: presentFact(deps.reference, exchange, field, change.after[field], names),
      }),
    );
  return change.moveLessons ? [...fields, exchange.t('training.changeMovesLessons')] : fields;
}
