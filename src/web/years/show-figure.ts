// One figure: its value, what is left out beside it, its definition with version, its months and areas.
import type { Deps } from '../../deps.ts';
import {
  compareMonths,
  countFigure,
  countTable,
  dimensionsOf,
  measures,
  type FigureCount,
  type YearColumns,
} from '../../domain/headcounts/index.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import { formatCount } from '../formatting/format-count.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import { areaName } from '../presenting/names.ts';
import { askYear } from './ask-year.ts';
import { figureBook } from './figure-book.ts';
import { nameMembers } from './name-members.ts';
import { numberCell, presentMonths } from './present-months.ts';
import { presentFilters } from './present-filters.ts';
import { presentTile } from './present-tile.ts';
import { conditionQuery, problemOptions, yearFilters, type Question } from './read-question.ts';
import { presentCutOff, refusalOf, rowsHref, scopeLine } from './show-year.ts';

type Recorded = Extract<FigureCount, { recorded: true }>;

export async function showFigure(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang, actor } = exchange;
  const code = exchange.params['code']!;
  const { question, now, before, recorded } = await askYear(deps, exchange, yearFilters);
  const entry = figureBook().entry(lang, code, question.year);
  if (entry === null) throw new NotFound();
  const query = { cutOff: question.cutOff, scope: actor.scope, where: question.where };
  const figure = countFigure(now, code, query);
  const recordedFigure = figure.recorded && recorded.includes(question.year) ? figure : null;
  const counted = question.countable ? recordedFigure : null;
  const self = paths.yearFigure(String(question.year), code);
  const filtering = await presentFilters(deps, exchange, {
    columns: now,
    question,
    dimensions: yearFilters.filter(
      (one) => recordedFigure !== null && dimensionsOf[measures[recordedFigure.measure].table].includes(one),
    ),
    measure: recordedFigure?.measure ?? 'personTimes',
    self,
    kept: {},
  });
  exchange.page(
    'years/figure',
    `${code} ${entry.name} - ${question.year}`,
    {
      title: `${code} ${entry.name}`,
      lead: scopeLine(deps, exchange),
      ...presentCutOff(exchange, question, self, conditionQuery(question.where)),
      filtering,
      refused: refusalOf(exchange, question),
      tile: presentTile(
        exchange,
        question,
        counted ?? { code, recorded: false, value: null },
        before === null ? null : countFigure(before, code, query),
      ),
      facts: [
        { label: t('years.unit'), value: entry.unitWord },
        { label: t('years.version'), value: String(entry.version) },
        { label: t('years.effectiveFrom'), value: entry.effectiveFrom },
        { label: t('years.owner'), value: t('years.ownerIs') },
      ],
      definition: entry.definition,
      leftOut:
        counted !== null && counted.value === null
          ? t('years.leftOut', { figures: `${code} ${entry.name}` })
          : null,
      companions: counted === null ? [] : presentCompanions(exchange, question, counted),
      chart:
        counted === null || counted.value === null
          ? null
          : presentMonths(exchange, {
              id: 'months',
              question,
              measure: counted.measure,
              comparison: compareMonths(now, before, { ...query, measure: counted.measure }),
            }),
      areas:
        counted === null || counted.value === null
          ? null
          : await presentAreas(deps, exchange, now, { question, figure: counted }),
    },
    {
      ...problemOptions(question.errors, ['asOf', ...filtering.filters.map(({ name }) => name)]),
      breadcrumb: [
        { href: paths.years(), text: t('years.title') },
        { href: paths.year(String(question.year)), text: t('years.titleOf', { year: question.year }) },
      ],
    },
  );
}

function presentCompanions(exchange: Exchange, question: Question, figure: Recorded) {
  return figure.companions.map(({ key, value }) => {
    const words = figureBook().companion(exchange.lang, key)!;
    return {
      label: words.name,
      value: value === null ? '—' : `${formatCount(value)} ${words.unitWord}`,
      href: value ? rowsHref(exchange, question, key) : null,
    };
  });
}

/** The figure by area, all of the partition; not for records that carry no area. */
async function presentAreas(
  deps: Deps,
  exchange: Exchange,
  columns: YearColumns,
  { question, figure }: { question: Question; figure: Recorded },
) {
  const { t, lang, actor } = exchange;
  if (!dimensionsOf[measures[figure.measure].table].includes('area')) return null;
  const table = countTable(columns, {
    measure: figure.measure,
    rows: 'area',
    columns: 'kind',
    cutOff: question.cutOff,
    scope: actor.scope,
    where: question.where,
  });
  const nameOf = await nameMembers(deps, exchange, []);
  const mine = actor.scope.kind === 'area' ? areaName(deps.reference, lang, actor.scope.areaCode) : null;
  return {
    caption: t('years.byArea'),
    columns: [
      { label: t('years.dimension.area') },
      { label: String(question.year), unit: formatUnit(lang, figure.unit as Unit), numeric: true },
    ],
    rows: table.rows.members
      .map((member, index) => ({ member, name: nameOf('area', member), count: table.rowTotals[index]! }))
      .filter(({ name }) => mine === null || name === mine)
      .map(({ member, name, count }) => ({
        cells: [
          name,
          numberCell(count, rowsHref(exchange, question, figure.measure, [{ dimension: 'area', member }])),
        ],
      })),
    foot: [t('shared.table.total'), numberCell(table.total, rowsHref(exchange, question, figure.measure))],
  };
}
