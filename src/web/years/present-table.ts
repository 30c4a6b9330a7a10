// A cross-table as it is shown: names on both axes, heat on the cells, each number with its rows or, for readers without
// them, with small numbers withheld.
import type { Deps } from '../../deps.ts';
import {
  countTable,
  figureRules,
  suppressTable,
  type Condition,
  type CrossTable,
  type Dimension,
  type MeasureName,
  type PrintedNumber,
  type SuppressedTable,
  type YearColumns,
} from '../../domain/headcounts/index.ts';
import { heatStep } from '../charts/heat-step.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatQuantity, formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { figureBook, type FigureEntry } from './figure-book.ts';
import { nameMembers, type NameOf } from './name-members.ts';
import type { Question } from './read-question.ts';
import { refusalOf, rowsHref } from './show-year.ts';

export interface TableChoice {
  readonly rows: Dimension;
  readonly columns: Dimension;
  readonly measure: MeasureName;
}

/** More cells than anybody reads. */
const cellLimit = 5_000;

export interface PresentedTable {
  readonly title: string;
  /** Null when the records do not carry what was asked, or the table is too large; `refusal` says which. */
  readonly table: SuppressedTable | null;
  readonly refusal: string | null;
  readonly nameOf: NameOf;
  /** The numbers themselves, for the heat and links of those who may see them; null where they are withheld. */
  readonly open: CrossTable | null;
  readonly notes: readonly string[];
  /** Of the figure the measure is, or stands beside. */
  readonly definition: FigureEntry;
}

/** Counts the table; `protect` withholds small numbers whoever looks, as exports must. */
export async function prepareTable(
  deps: Deps,
  exchange: Exchange,
  columns: YearColumns,
  given: { question: Question; choice: TableChoice; protect: boolean },
): Promise<PresentedTable> {
  const { t } = exchange;
  const { question, choice } = given;
  const counted = countTable(columns, {
    ...choice,
    cutOff: question.cutOff,
    scope: exchange.actor.scope,
    where: question.where,
  });
  const size = counted.rows.members.length * counted.columns.members.length;
  const members = [counted.rows, counted.columns].flatMap((axis) =>
    axis.members.map((member) => ({ dimension: axis.dimension, member })),
  );
  const nameOf = await nameMembers(deps, exchange, [...members, ...question.where]);
  const unfit = !counted.applicable
    ? t('years.tableNotApplicable', { measure: t(`years.measure.${choice.measure}`) })
    : size > cellLimit
      ? t('years.tableTooLarge', { limit: cellLimit })
      : null;
  const refusal = refusalOf(exchange, question) ?? unfit;
  const open = !given.protect && exchange.may('figure.openRows');
  const table = refusal === null ? (open ? printed(counted) : suppressTable(counted)) : null;
  return {
    title: titleOf(exchange, question, choice, nameOf),
    table,
    refusal,
    nameOf,
    open: open ? counted : null,
    notes: table === null ? [] : notesOf(exchange, table),
    definition: definitionOf(exchange, question.year, choice.measure),
  };
}

/** The table with every number printed. */
function printed(table: CrossTable): SuppressedTable {
  const number = (value: number): PrintedNumber => ({ kind: 'number', value });
  return {
    ...table,
    cells: table.cells.map((row) => row.map(number)),
    rowTotals: table.rowTotals.map(number),
    columnTotals: table.columnTotals.map(number),
    total: number(table.total),
  };
}

function titleOf(exchange: Exchange, question: Question, choice: TableChoice, nameOf: NameOf): string {
  const { t } = exchange;
  const filters = question.where
    .map(({ dimension, member }) => nameOf(dimension, member))
    .join(t('shared.comma'));
  const title = t('years.tableTitle', {
    year: question.year,
    measure: t(`years.measure.${choice.measure}`),
    rows: t(`years.dimension.${choice.rows}`),
    columns: t(`years.dimension.${choice.columns}`),
  });
  return filters === '' ? title : t('years.tableFiltered', { title, filters });
}

function notesOf(exchange: Exchange, table: SuppressedTable): string[] {
  const { t } = exchange;
  const notes = [t('years.totalsCounted')];
  for (const [axis, dimension] of [
    ['rows', table.rows],
    ['columns', table.columns],
  ] as const) {
    const overlap = table.overlap?.[axis];
    if (overlap !== undefined && overlap.sum !== overlap.total)
      notes.push(
        t('years.overlap', {
          dimension: t(`years.dimension.${dimension.dimension}`),
          several: formatQuantity(exchange.lang, overlap.inSeveral, table.unit as Unit),
        }),
      );
    if (dimension.severalPerPerson)
      notes.push(t('years.severalPerPerson', { dimension: t(`years.dimension.${dimension.dimension}`) }));
  }
  const marks = [table.cells.flat(), table.rowTotals, table.columnTotals, [table.total]].flat();
  if (marks.some(({ kind }) => kind !== 'number')) notes.push(t('years.suppressed'));
  return notes;
}

function definitionOf(exchange: Exchange, year: number, measure: MeasureName): FigureEntry {
  const { code } = figureRules.find((rule) => rule.measure === measure || rule.companions.includes(measure))!;
  return figureBook().entry(exchange.lang, code, year)!;
}

/** The text of a printed number: itself, <5, or the sign for a withheld one. */
export function printNumber(number: PrintedNumber): string {
  return number.kind === 'number' ? formatCount(number.value) : number.kind === 'small' ? '<5' : '×';
}

/** The arguments of the table partial. */
export function presentTable(
  exchange: Exchange,
  question: Question,
  choice: TableChoice,
  given: PresentedTable,
) {
  const { table, open, nameOf } = given;
  if (table === null) return null;
  const { t, lang } = exchange;
  const highest = open === null ? 0 : Math.max(0, ...open.cells.flat());
  const cell = (number: PrintedNumber, where: readonly Condition[], heated = true) => {
    const value = number.kind === 'number' ? number.value : 0;
    const href = open !== null && value > 0 ? rowsHref(exchange, question, choice.measure, where) : null;
    return {
      text: printNumber(number),
      ...(href === null ? {} : { href }),
      ...(heated && open !== null ? { heat: heatStep(value, highest) } : {}),
    };
  };
  const down = table.rows;
  const across = table.columns;
  const inRow = (member: string): Condition => ({ dimension: down.dimension, member });
  const inColumn = (member: string): Condition => ({ dimension: across.dimension, member });
  return {
    unit: formatUnit(lang, table.unit as Unit),
    columns: [
      { label: t(`years.dimension.${down.dimension}`) },
      ...across.members.map((member) => ({ label: nameOf(across.dimension, member), numeric: true })),
      { label: t('shared.table.total'), numeric: true },
    ],
    rows: down.members.map((member, row) => ({
      cells: [
        nameOf(down.dimension, member),
        ...across.members.map((other, column) =>
          cell(table.cells[row]![column]!, [inRow(member), inColumn(other)]),
        ),
        cell(table.rowTotals[row]!, [inRow(member)], false),
      ],
    })),
    foot: [
      t('shared.table.total'),
      ...across.members.map((member, column) => cell(table.columnTotals[column]!, [inColumn(member)], false)),
      cell(table.total, [], false),
    ],
  };
}
