// What an act would change in the figures, as rows of a table: figure, before, after, months.
import type { Deps } from '../../deps.ts';
import type { Effect, YearColumns } from '../../domain/headcounts/index.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatMonthOnly } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';

/** The years what happened on that day may count in: its own and the five after it, up to now. */
export async function yearsSince(
  deps: Pick<Deps, 'headcounts'>,
  { now }: Pick<Exchange, 'now'>,
  day: string,
): Promise<readonly YearColumns[]> {
  const first = Number(day.slice(0, 4));
  const last = Math.max(first, Math.min(Number(dayOf(now).slice(0, 4)), first + 5));
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (await deps.headcounts.years(years)).columns;
}

/** The rows; measures are named in the wording of the feature. */
export function presentEffects(
  exchange: Pick<Exchange, 't' | 'lang'>,
  feature: 'certificates' | 'apprenticeships' | 'studios',
  effects: readonly Effect[],
) {
  return effects.map((effect) => ({
    cells: [
      `${effect.year} ${effect.code} ${exchange.t(`${feature}.measure.${effect.measure}`)}`,
      formatCount(effect.before),
      formatCount(effect.after),
      effect.months
        .map((month) =>
          exchange.t('certificates.monthChange', {
            month: formatMonthOnly(exchange.lang, month.month),
            change: signed(month.after - month.before),
          }),
        )
        .join(exchange.t('shared.comma')),
    ],
  }));
}

function signed(change: number): string {
  return change > 0 ? `+${change}` : `−${Math.abs(change)}`;
}
