// One page: the periods in force today, the holds that stand, and the certificates of destruction, latest first.
import type { Deps } from '../../deps.ts';
import { periodOn } from '../../domain/retention/due.ts';
import type { LegalHold } from '../../domain/retention/legal-hold.ts';
import { retentionKinds } from '../../domain/retention/retention-kinds.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { formatDay } from '../formatting/format-day.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';

export async function showRetention(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang } = exchange;
  const total = await deps.destructions.count();
  const { slice, model } = paginate(total, exchange.query['page'], paths.retention());
  const [standing, lifted, gone] = await Promise.all([
    deps.legalHolds.standing(),
    deps.legalHolds.lifted(),
    deps.destructions.list(slice),
  ]);
  const label = (keys: readonly string[]) => keys.map((key) => ({ label: t(`retention.column.${key}`) }));
  exchange.page(
    'retention/show',
    t('retention.title'),
    {
      title: t('retention.title'),
      lead: t('retention.lead'),
      periodColumns: label(['what', 'period', 'end']),
      periods: periodRows(deps, exchange),
      holds: standing.map((hold) => presentHold(exchange, hold)),
      liftedColumns: label(['about', 'reason', 'lifted', 'liftedReason']),
      lifted: lifted.map((hold) => ({
        cells: [
          hold.label,
          hold.reason,
          `${formatShortInstant(hold.liftedAt!)} ${hold.liftedByName ?? ''}`,
          hold.liftedReason ?? '',
        ],
      })),
      goneColumns: [
        ...label(['at', 'what', 'end', 'before']),
        { label: t('retention.column.count'), numeric: true },
      ],
      gone: gone.map((one) => ({
        cells: [
          formatShortInstant(one.at),
          t(`retention.kind.${one.code}`),
          t(`retention.end.${one.atTheEnd}`),
          formatDay(lang, one.before),
          one.count,
        ],
      })),
      page: model,
      reason: typeof state.values['reason'] === 'string' ? state.values['reason'] : '',
    },
    formOptions(state),
  );
}

function periodRows(deps: Deps, { t, now }: Exchange) {
  const today = dayOf(now);
  return retentionKinds.map((kind) => {
    const count = periodOn(deps.reference, kind, today);
    const period =
      count === null
        ? t(kind.atTheEnd === 'keep' ? 'retention.forGood' : 'retention.ownEnd')
        : t(`retention.${kind.unit ?? 'months'}`, { count });
    return { cells: [t(`retention.kind.${kind.code}`), period, t(`retention.end.${kind.atTheEnd}`)] };
  });
}

function presentHold(exchange: Exchange, hold: LegalHold) {
  const { t } = exchange;
  const isPerson = hold.about.kind === 'person';
  return {
    title: t(`retention.heldKind.${hold.about.kind}`, { label: hold.label }),
    text: t('retention.heldSince', {
      at: formatShortInstant(hold.setAt),
      by: hold.setByName,
      reason: hold.reason,
    }),
    href: exchange.may(isPerson ? 'person.view' : 'trainingSession.list')
      ? isPerson
        ? paths.person(hold.about.id)
        : paths.trainingSession(hold.about.id)
      : null,
    lift: exchange.may('hold.set') ? paths.legalHolds() : null,
    id: hold.id,
  };
}
