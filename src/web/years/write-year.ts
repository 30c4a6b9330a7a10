// The year as lines: figures first, then, in a workbook, its months and its areas for every measure of the cross-table.
import type { Deps } from '../../deps.ts';
import {
  countTable,
  tableMeasures,
  type FigureCount,
  type YearColumns,
} from '../../domain/headcounts/index.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { figureBook } from './figure-book.ts';
import { nameMembers } from './name-members.ts';
import type { Tile } from './present-tile.ts';
import type { Question } from './read-question.ts';

export interface YearToWrite {
  readonly question: Question;
  readonly now: YearColumns;
  readonly before: YearColumns | null;
  readonly figures: readonly FigureCount[];
  /** Of the figures that have a number. */
  readonly tiles: readonly Tile[];
  /** Whose numbers these are, and every filter, a line each. */
  readonly scope: readonly string[];
  /** The cut-off in words. */
  readonly asOf: string;
}

/** The bytes of the file; a figure not recorded says so, and is never 0. */
export async function writeYear(
  deps: Deps,
  exchange: Exchange,
  given: YearToWrite,
  format: 'xlsx' | 'csv',
): Promise<Buffer> {
  const { t } = exchange;
  const { year } = given.question;
  const titles = [t('years.titleOf', { year }), ...given.scope, t('years.asOfIs', { when: given.asOf })];
  const headings = ['code', 'figure', 'value', 'unit', 'beside', 'change', 'version', 'definition'].map(
    (key) => t(`years.column.${key}`),
  );
  const rows = figureLines(exchange, given);
  if (format === 'csv') return writeCsv([...titles.map((title) => [title]), headings, ...rows]);
  const widths = [8, 48, 14, 16, 40, 28, 10, 90];
  return writeSheet({
    sheets: [
      {
        name: String(year),
        titles,
        columns: headings.map((heading, index) => ({
          heading,
          width: widths[index]!,
          numeric: index === 2 || index === 6,
        })),
        rows,
      },
      ...(await partSheets(deps, exchange, given, titles)),
    ],
  });
}

function figureLines({ t, lang }: Exchange, { figures, tiles, question }: YearToWrite) {
  const byCode = new Map(tiles.map((one) => [one.code, one]));
  return figures.map(({ code, recorded }) => {
    const entry = figureBook().entry(lang, code, question.year)!;
    const tile = byCode.get(code);
    return [
      code,
      entry.name,
      tile?.value ?? t(recorded ? 'years.member.notApplicable' : 'shared.figure.notRecorded'),
      entry.unitWord,
      tile?.companion ?? '',
      tile?.change?.text ?? '',
      entry.version,
      entry.definition,
    ];
  });
}

/** A sheet of months and one of areas: a column a measure, the total counted by itself. */
async function partSheets(
  deps: Deps,
  exchange: Exchange,
  { question, now }: YearToWrite,
  titles: readonly string[],
) {
  const { t, lang, actor } = exchange;
  const { cutOff, where } = question;
  const tables = tableMeasures.map((measure) =>
    countTable(now, { measure, rows: 'area', columns: 'month', cutOff, scope: actor.scope, where }),
  );
  const members = [...new Set(tables.flatMap(({ rows }) => rows.members))];
  const nameOf = await nameMembers(deps, exchange, []);
  const measureColumns = tables.map(({ measure, unit }) => ({
    heading: `${t(`years.measure.${measure}`)}${t('shared.table.unit', { unit: formatUnit(lang, unit as Unit) })}`,
    width: 24,
    numeric: true,
  }));
  const totals = [t('shared.table.total'), ...tables.map(({ total }) => total)];
  const sheet = (name: string, dimension: 'month' | 'area', rows: readonly (string | number)[][]) => ({
    name,
    titles: [...titles, t('years.totalsCounted')],
    columns: [{ heading: t(`years.dimension.${dimension}`), width: 24 }, ...measureColumns],
    rows: [...rows, totals],
  });
  return [
    sheet(
      t('years.months'),
      'month',
      tables[0]!.columns.members.map((member, at) => [
        nameOf('month', member),
        ...tables.map(({ columnTotals }) => columnTotals[at]!),
      ]),
    ),
    sheet(
      t('years.byArea'),
      'area',
      members.map((member) => [
        nameOf('area', member),
        ...tables.map(({ rows, rowTotals }) => rowTotals[rows.members.indexOf(member)] ?? 0),
      ]),
    ),
  ];
}
