// What a revocation would change, as rows of a table: figure, before, after, months.
import type { Effect } from '../../domain/headcounts/index.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatMonthOnly } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';

export function presentEffects(exchange: Pick<Exchange, 't' | 'lang'>, effects: readonly Effect[]) {
  return effects.map((effect) => ({
    cells: [
      `${effect.year} ${effect.code} ${exchange.t(`certificates.measure.${effect.measure}`)}`,
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
