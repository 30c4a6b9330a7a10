// The cross-table page: two dimensions, a measure and filters, chosen by a form that changes nothing.
import type { Deps } from '../../deps.ts';
import { dimensions, dimensionsOf, measures, tableMeasures } from '../../domain/headcounts/index.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FieldError } from '../frame.ts';
import { paths } from '../paths.ts';
import { askYear } from './ask-year.ts';
import { hiddenFields, presentFilters } from './present-filters.ts';
import { prepareTable, presentTable, type TableChoice } from './present-table.ts';
import { definitionNote } from './present-tile.ts';
import { conditionQuery, problemOptions, readKey, readMeasure } from './read-question.ts';
import { exportLinks, presentCutOff, scopeLine } from './show-year.ts';

/** Measure and axes of an address, with its problems; the two axes differ. */
export function readChoice(exchange: Exchange): { choice: TableChoice; errors: readonly FieldError[] } {
  const { measure, errors } = readMeasure(exchange, tableMeasures, 'personTimes');
  const rows = readKey(exchange, { name: 'rows', allowed: dimensions, otherwise: 'area' });
  const other = rows.key === 'month' ? 'area' : 'month';
  const columns = readKey(exchange, { name: 'columns', allowed: dimensions, otherwise: other });
  const same = rows.key === columns.key;
  return {
    choice: { measure, rows: rows.key, columns: same ? other : columns.key },
    errors: [
      ...errors,
      ...rows.errors,
      ...columns.errors,
      ...(same ? [{ field: 'columns', message: exchange.t('years.dimensionTwice') }] : []),
    ],
  };
}

export async function showTable(deps: Deps, exchange: Exchange): Promise<void> {
  const { t } = exchange;
  const { question, now } = await askYear(deps, exchange);
  const { choice, errors } = readChoice(exchange);
  const year = String(question.year);
  const prepared = await prepareTable(deps, exchange, now, { question, choice, protect: false });
  const presented = presentTable(exchange, question, choice, prepared);
  const self = paths.yearTable(year);
  const options = (keys: readonly string[], word: string) =>
    keys.map((key) => ({ value: key, text: t(`years.${word}.${key}`) }));
  const filtering = await presentFilters(deps, exchange, {
    columns: now,
    question,
    dimensions: dimensionsOf[measures[choice.measure].table],
    measure: choice.measure,
    self,
    kept: { ...choice },
  });
  exchange.page(
    'years/table',
    prepared.title,
    {
      title: prepared.title,
      lead: scopeLine(deps, exchange),
      ...presentCutOff(exchange, question, self),
      choice,
      hidden: hiddenFields(conditionQuery(question.where)),
      measures: options(tableMeasures, 'measure'),
      dimensions: options(dimensions, 'dimension'),
      filtering,
      table: presented,
      refusal: prepared.refusal,
      notes:
        prepared.table === null ? [] : [...prepared.notes, definitionNote(exchange, prepared.definition)],
      exports: exchange.may('figure.export')
        ? exportLinks(self, question, { ...choice, ...conditionQuery(question.where) })
        : [],
    },
    {
      ...problemOptions(
        [...question.errors, ...errors],
        ['asOf', 'measure', 'rows', 'columns', ...filtering.filters.map(({ name }) => name)],
      ),
      breadcrumb: [
        { href: paths.years(), text: t('years.title') },
        { href: paths.year(year), text: t('years.titleOf', { year: question.year }) },
      ],
    },
  );
}
