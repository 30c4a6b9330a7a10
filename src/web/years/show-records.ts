// The rows behind a number: as many as it says, each leading to its record.
import type { Deps } from '../../deps.ts';
import {
  applies,
  findRows,
  measureNames,
  measures,
  type MeasureName,
} from '../../domain/headcounts/index.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';
import { askYear } from './ask-year.ts';
import { describeEntries } from './describe-entries.ts';
import { figureBook } from './figure-book.ts';
import { nameMembers } from './name-members.ts';
import { conditionQuery, problemOptions, readMeasure, type Question } from './read-question.ts';
import { presentCutOff, refusalOf, scopeLine } from './show-year.ts';

export async function showRecords(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor } = exchange;
  const { question, now } = await askYear(deps, exchange);
  const { measure, errors } = readMeasure(exchange, measureNames, 'personTimes');
  const query = { measure, where: question.where, cutOff: question.cutOff, scope: actor.scope };
  const refused =
    refusalOf(exchange, question) ??
    (applies(measures[measure], query) ? null : t('years.rowsNotApplicable'));
  const found = refused === null ? findRows(now, query) : { entries: [], count: 0, unit: '' };
  const self = paths.yearRecords(String(question.year));
  const kept = { measure, ...conditionQuery(question.where), asOf: question.asOf };
  const page = paginate(found.count, exchange.query['page'], self, kept);
  const shown = found.entries.slice(page.slice.skip, page.slice.skip + page.slice.limit);
  const sentence = await sentenceOf(deps, exchange, question, measure);
  exchange.page(
    'years/records',
    sentence,
    {
      title:
        refused === null
          ? t('years.recordsTitle', {
              count: formatCount(found.count),
              unit: formatUnit(exchange.lang, found.unit as Unit, found.count),
            })
          : t('years.titleOf', { year: question.year }),
      refused,
      lead: sentence,
      scope: scopeLine(deps, exchange),
      ...presentCutOff(exchange, question, self),
      caption: sentence,
      ...(await describeEntries(deps, exchange, measures[measure].table, shown)),
      page: page.model,
    },
    {
      ...problemOptions([...question.errors, ...errors], []),
      breadcrumb: [
        { href: paths.years(), text: t('years.title') },
        { href: paths.year(String(question.year)), text: t('years.titleOf', { year: question.year }) },
      ],
    },
  );
}

/** What the number says, in one sentence: measure, year, and every filter. */
async function sentenceOf(
  deps: Deps,
  exchange: Exchange,
  question: Question,
  measure: MeasureName,
): Promise<string> {
  const { t, lang } = exchange;
  const nameOf = await nameMembers(deps, exchange, question.where);
  const name = exchange.site.wording.has(`years.measure.${measure}`)
    ? t(`years.measure.${measure}`)
    : (figureBook().companion(lang, measure)?.name ?? measure);
  const filters = question.where
    .map(({ dimension, member }) => nameOf(dimension, member))
    .join(t('shared.comma'));
  const base = t('years.seriesOf', { measure: name, year: question.year });
  return filters === '' ? base : t('years.tableFiltered', { title: base, filters });
}
