// The year's figures as tiles, and its months as a chart, each number with the rows behind it.
import type { Deps } from '../../deps.ts';
import {
  compareMonths,
  countFigures,
  tableMeasures,
  type Condition,
  type FigureCount,
  type MeasureName,
} from '../../domain/headcounts/index.ts';
import { formatInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths, withQuery } from '../paths.ts';
import { areaName } from '../presenting/names.ts';
import { askYear } from './ask-year.ts';
import { figureBook } from './figure-book.ts';
import { latestYear } from './latest-year.ts';
import { presentMonths } from './present-months.ts';
import { presentTile } from './present-tile.ts';
import { hiddenFields, presentFilters } from './present-filters.ts';
import { conditionQuery, problemOptions, readMeasure, yearFilters, type Question } from './read-question.ts';

export async function showLatest(deps: Deps, exchange: Exchange): Promise<void> {
  exchange.redirect(paths.year(String(await latestYear(deps, exchange.now))));
}

export async function showYear(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor } = exchange;
  const { question, now, before, recorded } = await askYear(deps, exchange, yearFilters);
  const { year, where } = question;
  const query = { cutOff: question.cutOff, scope: actor.scope, where };
  const hasRecords = recorded.includes(year);
  const figures = countFigures(now, query);
  const last = before === null ? null : new Map(countFigures(before, query).map((one) => [one.code, one]));
  const { measure, errors } = readMeasure(exchange, tableMeasures, 'personTimes');
  const self = paths.year(String(year));
  const filtering = await presentFilters(deps, exchange, {
    columns: now,
    question,
    dimensions: yearFilters,
    measure,
    self,
    kept: { measure },
  });
  exchange.page(
    'years/show',
    t('years.titleOf', { year }),
    {
      title: t('years.titleOf', { year }),
      lead: scopeLine(deps, exchange),
      ...presentCutOff(exchange, question, self, { measure, ...conditionQuery(where) }),
      filtering,
      years: presentYears(exchange, recorded, year),
      hasRecords,
      refused: refusalOf(exchange, question),
      tiles: hasRecords
        ? figures
            .filter((one) => one.recorded && one.value !== null)
            .map((one) => presentTile(exchange, question, one, last?.get(one.code) ?? null))
        : [],
      leftOut: figures.some((one) => one.recorded && one.value === null)
        ? t('years.leftOut', {
            figures: figureNames(
              exchange,
              figures.filter((one) => one.recorded && one.value === null),
              year,
            ).join(t('shared.comma')),
          })
        : null,
      notRecorded: figureNames(
        exchange,
        figures.filter((one) => !one.recorded),
        year,
      ),
      chart: presentMonths(exchange, {
        id: 'months',
        question,
        measure,
        comparison: compareMonths(now, before, { ...query, measure }),
      }),
      measures: tableMeasures.map((one) => ({
        href: withQuery(self, { measure: one, ...conditionQuery(where), asOf: question.asOf }),
        text: t(`years.measure.${one}`),
        count: null,
        current: one === measure,
      })),
      tableHref: withQuery(paths.yearTable(String(year)), {
        measure,
        ...conditionQuery(where),
        asOf: question.asOf,
      }),
      exports: exchange.may('figure.export') ? exportLinks(self, question, conditionQuery(where)) : [],
    },
    {
      ...problemOptions(
        [...question.errors, ...errors],
        ['asOf', ...filtering.filters.map(({ name }) => name)],
      ),
      breadcrumb: [{ href: paths.years(), text: t('years.title') }],
    },
  );
}

/** Why there is no number, where a filter names what there is not; null where there is one. */
export function refusalOf(exchange: Exchange, { countable }: Question): string | null {
  return countable ? null : exchange.t('years.notCounted');
}

/** Whose figures these are: the district's, or those of the viewer's area. */
export function scopeLine(deps: Deps, exchange: Exchange): string {
  const { scope } = exchange.actor;
  return scope.kind === 'area'
    ? exchange.t('years.scopeArea', { area: areaName(deps.reference, exchange.lang, scope.areaCode) })
    : exchange.t('years.scopeDistrict');
}

/** The moment the numbers stand for, and the form that chooses another. */
export function presentCutOff(
  exchange: Exchange,
  { cutOff, asOf }: Question,
  action: string,
  kept: Readonly<Record<string, string>> = {},
) {
  return {
    asOfText: exchange.t('years.asOfIs', { when: formatInstant(exchange.lang, cutOff) }),
    asOf: asOf.slice(0, 10),
    action,
    kept: hiddenFields(kept),
  };
}

function presentYears(exchange: Exchange, recorded: readonly number[], year: number) {
  const shown = [...new Set([...recorded, year])].sort((a, b) => b - a).slice(0, 6);
  return shown.map((one) => ({
    href: withQuery(paths.year(String(one)), {}),
    text: exchange.t('years.year', { year: one }),
    count: null,
    current: one === year,
  }));
}

function figureNames(exchange: Exchange, figures: readonly FigureCount[], year: number) {
  return figures.map(({ code }) => `${code} ${figureBook().entry(exchange.lang, code, year)!.name}`);
}

export function exportLinks(self: string, { asOf }: Question, more: Readonly<Record<string, string>> = {}) {
  return (['xlsx', 'csv', 'pdf'] as const).map((format) => ({
    href: withQuery(`${self}/export.${format}`, { ...more, asOf }),
    text: format.toUpperCase(),
  }));
}

/** The address of the rows behind a number under the question's filters and `more`; null for viewers who may not open them. */
export function rowsHref(
  exchange: Exchange,
  question: Question,
  measure: MeasureName,
  more: readonly Condition[] = [],
): string | null {
  if (!exchange.may('figure.openRows')) return null;
  return withQuery(paths.yearRecords(String(question.year)), {
    measure,
    ...conditionQuery([...question.where, ...more]),
    asOf: question.asOf,
  });
}
