// The cross-table page: two dimensions, a measure and filters, chosen by a form that changes nothing.
import type { Deps } from '../../deps.ts';
import { dimensions, tableMeasures, type Dimension } from '../../domain/headcounts/index.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths, withQuery } from '../paths.ts';
import { prepareTable, presentTable, type TableChoice } from './present-table.ts';
import { conditionQuery, readDimension, readMeasure, readQuestion, type Question } from './read-question.ts';
import { exportLinks, loadYear, presentCutOff, scopeLine } from './show-year.ts';

/** Measure and axes of an address; the two axes differ. */
export function readChoice(exchange: Exchange): TableChoice {
  const rows = readDimension(exchange, 'rows', 'area');
  const columns = readDimension(exchange, 'columns', rows === 'month' ? 'area' : 'month');
  return {
    rows,
    columns: columns === rows ? (rows === 'month' ? 'area' : 'month') : columns,
    measure: readMeasure(exchange, tableMeasures, 'personTimes'),
  };
}

export function choiceQuery(choice: TableChoice, question: Question): Record<string, string> {
  return { ...choice, ...conditionQuery(question.where) };
}

export async function showTable(deps: Deps, exchange: Exchange): Promise<void> {
  const { t } = exchange;
  const question = readQuestion(exchange);
  const choice = readChoice(exchange);
  const year = String(question.year);
  const { now } = await loadYear(deps, question.year);
  const prepared = await prepareTable(deps, exchange, now, { question, choice, protect: false });
  const presented = presentTable(exchange, question, choice, prepared);
  const self = paths.yearTable(year);
  const options = (keys: readonly string[], word: string) =>
    keys.map((key) => ({ value: key, text: t(`years.${word}.${key}`) }));
  exchange.page(
    'years/table',
    prepared.title,
    {
      title: prepared.title,
      lead: scopeLine(deps, exchange),
      ...presentCutOff(exchange, question, self),
      choice,
      measures: options(tableMeasures, 'measure'),
      dimensions: options(dimensions, 'dimension'),
      filters: question.where.map(({ dimension, member }) => ({
        name: dimension,
        value: member,
        text: t('years.filter', {
          dimension: t(`years.dimension.${dimension}`),
          member: prepared.nameOf(dimension, member),
        }),
        removeHref: withQuery(self, {
          ...without(choiceQuery(choice, question), dimension),
          asOf: question.asOf,
        }),
      })),
      table: presented,
      refusal: prepared.refusal,
      notes: prepared.notes,
      exports: exchange.may('figure.export')
        ? exportLinks(self, question, choiceQuery(choice, question))
        : [],
    },
    {
      errors: question.errors,
      status: question.errors.length > 0 ? 422 : 200,
      breadcrumb: [
        { href: paths.years(), text: t('years.title') },
        { href: paths.year(year), text: t('years.titleOf', { year: question.year }) },
      ],
    },
  );
}

function without(query: Record<string, string>, dimension: Dimension): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([key]) => key !== dimension));
}
