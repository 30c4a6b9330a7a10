// The year taken along: tiles, months and areas as XLSX, CSV or PDF, with definitions and the moment they stand for.
import type { Deps } from '../../deps.ts';
import { compareMonths, countFigures, type FigureCount } from '../../domain/headcounts/index.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatInstant } from '../formatting/format-instant.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { figureBook } from './figure-book.ts';
import { presentTile, type Tile } from './present-tile.ts';
import { prepareTable } from './present-table.ts';
import { readQuestion, type Question } from './read-question.ts';
import { loadYear, scopeLine } from './show-year.ts';
import { documentTable } from './export-table.ts';

export const formats = ['xlsx', 'csv', 'pdf'] as const;
export type Format = (typeof formats)[number];

export const fileTypes: Readonly<Record<Format, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

/** The format in the address; throws NotFound for another one. */
export function readFormat(exchange: Exchange): Format {
  const format = formats.find((one) => one === exchange.params['format']);
  if (format === undefined) throw new NotFound();
  return format;
}

export async function exportYear(deps: Deps, exchange: Exchange): Promise<void> {
  const format = readFormat(exchange);
  const question = readQuestion(exchange);
  const { now, before } = await loadYear(deps, question.year);
  const query = { cutOff: question.cutOff, scope: exchange.actor.scope };
  const last = before === null ? null : new Map(countFigures(before, query).map((one) => [one.code, one]));
  const figures = countFigures(now, query);
  const tiles = figures
    .filter((one) => one.recorded)
    .map((one) => presentTile(exchange, question, one, last?.get(one.code) ?? null));
  const name = exchange.t('years.fileName', { year: question.year });
  const bytes =
    format === 'pdf'
      ? await drawYear(deps, exchange, { question, tiles, now, before })
      : await writeYear(deps, exchange, { question, tiles, figures, format });
  exchange.send(bytes, { type: fileTypes[format], name: `${name}.${format}` });
}

/** One line a figure, those not recorded too: code, name, value, unit, beside it, change, version, definition. */
async function writeYear(
  deps: Deps,
  exchange: Exchange,
  given: { question: Question; tiles: readonly Tile[]; figures: readonly FigureCount[]; format: Format },
): Promise<Buffer> {
  const { t, lang } = exchange;
  const { question, tiles, figures, format } = given;
  const byCode = new Map(tiles.map((one) => [one.code, one]));
  const headings = ['code', 'figure', 'value', 'unit', 'beside', 'change', 'version', 'definition'].map(
    (key) => t(`years.column.${key}`),
  );
  const rows = figures.map(({ code }) => {
    const entry = figureBook().entry(lang, code, question.year)!;
    const tile = byCode.get(code);
    return [
      code,
      entry.name,
      tile?.value ?? (tile === undefined ? t('shared.figure.notRecorded') : null),
      entry.unitWord,
      tile?.companion ?? '',
      tile?.change?.text ?? '',
      entry.version,
      entry.definition,
    ];
  });
  const titles = [
    t('years.titleOf', { year: question.year }),
    scopeLine(deps, exchange),
    t('years.asOfIs', { when: formatInstant(lang, question.cutOff) }),
  ];
  if (format === 'csv') return writeCsv([...titles.map((title) => [title]), headings, ...rows]);
  return writeSheet({
    sheets: [
      {
        name: String(question.year),
        titles,
        columns: headings.map((heading, index) => ({
          heading,
          width: [8, 40, 12, 10, 40, 24, 8, 90][index]!,
        })),
        rows,
      },
    ],
  });
}

type Years = Pick<Awaited<ReturnType<typeof loadYear>>, 'now' | 'before'>;

async function drawYear(
  deps: Deps,
  exchange: Exchange,
  { question, tiles, now, before }: { question: Question; tiles: readonly Tile[] } & Years,
): Promise<Buffer> {
  const { t, lang } = exchange;
  const choice = { rows: 'area', columns: 'month', measure: 'personTimes' } as const;
  const byArea = await prepareTable(deps, exchange, now, { question, choice, protect: true });
  const query = { cutOff: question.cutOff, scope: exchange.actor.scope, measure: 'personTimes' } as const;
  const months = compareMonths(now, before, query);
  const unit = formatUnit(lang, 'personTimes');
  return deps.documents.renderHeadcountSummary({
    lang,
    title: t('years.titleOf', { year: question.year }),
    organisation: t('years.organisation'),
    scope: [scopeLine(deps, exchange)],
    asOf: formatInstant(lang, question.cutOff),
    createdAt: question.cutOff,
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
    tables: byArea.table === null ? [] : [documentTable(exchange, byArea)],
    definitions: tiles.map(({ code }) => {
      const entry = figureBook().entry(lang, code, question.year)!;
      return {
        code,
        label: entry.name,
        unit: entry.unitWord,
        text: entry.definition,
        version: String(entry.version),
      };
    }),
    notes: [...byArea.notes, t('years.notRecordedNote')],
  });
}
