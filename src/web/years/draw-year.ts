// The year as a document: tiles, the months beside last year's, tables by area, and the definitions.
import type { Deps } from '../../deps.ts';
import { compareMonths } from '../../domain/headcounts/index.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { documentTable } from './export-table.ts';
import { figureBook } from './figure-book.ts';
import { prepareTable } from './present-table.ts';
import { documentDefinition } from './present-tile.ts';
import type { YearToWrite } from './write-year.ts';

const choices = [
  { rows: 'area', columns: 'month', measure: 'personTimes' },
  { rows: 'area', columns: 'level', measure: 'certifiedPersons' },
] as const;

/** The bytes of the PDF; the same numbers as of the same moment give the same bytes. */
export async function drawYear(
  deps: Deps,
  exchange: Exchange,
  { question, tiles, now, before, scope, asOf }: YearToWrite,
): Promise<Buffer> {
  const { t, lang } = exchange;
  const { cutOff, where } = question;
  const tables = await Promise.all(
    choices.map((choice) => prepareTable(deps, exchange, now, { question, choice, protect: true })),
  );
  const query = { cutOff, scope: exchange.actor.scope, where, measure: 'personTimes' } as const;
  const months = compareMonths(now, before, query);
  const unit = formatUnit(lang, 'personTimes');
  return deps.documents.renderHeadcountSummary({
    lang,
    title: t('years.titleOf', { year: question.year }),
    organisation: t('years.organisation'),
    scope,
    asOf,
    createdAt: cutOff,
    tiles: tiles.map((one) => ({
      label: one.label,
      value: one.value === null ? '—' : formatCount(one.value),
      unit: formatUnit(lang, one.unit as Unit, one.value ?? undefined),
      companions: one.companions,
      change: one.change?.text ?? null,
      definition: `${one.code} · ${one.version}`,
    })),
    chart: {
      title: t('years.seriesOf', { measure: t('years.measure.personTimes'), year: question.year }),
      measure: t('years.measureLine', {
        measure: t('years.measure.personTimes'),
        unit,
        year: question.year,
      }),
      current: String(question.year),
      previous: before === null ? '' : String(before.year),
      months: months.now.months.map((value, index) => ({
        label: t('shared.chart.month', { month: index + 1 }),
        value,
        valueText: formatCount(value),
        previous: months.before?.months[index] ?? null,
      })),
    },
    tables: tables.filter(({ table }) => table !== null).map((one) => documentTable(exchange, one)),
    definitions: tiles.map(({ code }) => documentDefinition(figureBook().entry(lang, code, question.year)!)),
    notes: [t('years.notRecordedNote')],
  });
}
