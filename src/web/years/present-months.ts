// Twelve months of a measure as a chart with its table, last year beside them.
import type { MeasureName, YearComparison } from '../../domain/headcounts/index.ts';
import { renderColumns } from '../charts/render-columns-svg.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatMonthName, formatMonthOnly } from '../formatting/format-day.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { monthKey, type Question } from './read-question.ts';
import { rowsHref } from './show-year.ts';

export function presentMonths(
  exchange: Exchange,
  given: { id: string; question: Question; measure: MeasureName; comparison: YearComparison },
) {
  const { t, lang } = exchange;
  const { question, measure, comparison } = given;
  const { now, before } = comparison;
  const name = t(`years.measure.${measure}`);
  const unit = formatUnit(lang, now.unit as Unit);
  const peak = Math.max(...now.months);
  const peakMonth = now.months.indexOf(peak) + 1;
  const series = t('years.seriesOf', { measure: name, year: question.year });
  return {
    heading: peak === 0 ? series : t('years.peak', { month: formatMonthName(lang, peakMonth) }),
    measure: t('years.measureLine', { measure: name, unit, year: question.year }),
    svg: renderColumns(
      now.months.map((value, index) => ({
        month: index + 1,
        value,
        lastYear: before?.months[index] ?? null,
        provisional: false,
      })),
      {
        id: given.id,
        title: series,
        desc: t('shared.chart.columns.desc', { series, peak: formatCount(peak), month: peakMonth }),
      },
    ),
    legend: [
      { kind: 'now', text: t('years.year', { year: question.year }) },
      ...(before === null ? [] : [{ kind: 'lastYear', text: t('years.year', { year: before.year }) }]),
    ],
    table: {
      caption: series,
      columns: [
        { label: t('years.dimension.month') },
        { label: String(question.year), unit, numeric: true },
        ...(before === null ? [] : [{ label: String(before.year), unit, numeric: true }]),
      ],
      rows: now.months.map((value, index) => ({
        cells: [
          formatMonthOnly(lang, index + 1),
          numberCell(
            value,
            rowsHref(exchange, question, measure, [{ dimension: 'month', member: monthKey(index + 1) }]),
          ),
          ...(before === null ? [] : [before.months[index]!]),
        ],
      })),
      foot: [
        t('shared.chart.total'),
        numberCell(now.total, rowsHref(exchange, question, measure)),
        ...(before === null ? [] : [before.total]),
      ],
    },
    overlap:
      now.overlap.sum === now.total
        ? null
        : t('years.monthsOverlap', {
            sum: formatCount(now.overlap.sum),
            total: formatCount(now.total),
            several: formatCount(now.overlap.inSeveral),
          }),
  };
}

/** A number that opens its rows where there are any. */
export function numberCell(number: number, href: string | null) {
  return href === null || number === 0 ? { number } : { number, href };
}
