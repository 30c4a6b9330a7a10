// A cross-table taken along as XLSX, CSV or PDF; small numbers are withheld whoever takes it.
import type { Deps } from '../../deps.ts';
import type { PrintedNumber, SuppressedTable } from '../../domain/headcounts/index.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { SummaryTable } from '../../documents/types.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import { formatInstant } from '../formatting/format-instant.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { fileTypes } from '../kernel/file-types.ts';
import { askYear } from './ask-year.ts';
import { readFormat, refuseProblems } from './export-format.ts';
import { prepareTable, printNumber, type PresentedTable } from './present-table.ts';
import { definitionNote, documentDefinition } from './present-tile.ts';
import { readChoice } from './show-table.ts';
import { scopeLine } from './show-year.ts';

export async function exportTable(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang } = exchange;
  const format = readFormat(exchange);
  const { question, now } = await askYear(deps, exchange);
  const { choice, errors } = readChoice(exchange);
  refuseProblems([...question.errors, ...errors]);
  const prepared = await prepareTable(deps, exchange, now, { question, choice, protect: true });
  if (prepared.table === null) throw new RuleBroken('years.nothingToExport');
  const when = t('years.asOfIs', { when: formatInstant(lang, question.cutOff) });
  const titles = [prepared.title, scopeLine(deps, exchange), when];
  const name = `${t('years.tableFileName', { year: question.year })}.${format}`;
  if (format === 'pdf') {
    const bytes = await deps.documents.renderHeadcountSummary({
      lang,
      title: t('years.titleOf', { year: question.year }),
      organisation: t('years.organisation'),
      scope: [scopeLine(deps, exchange)],
      asOf: formatInstant(lang, question.cutOff),
      createdAt: question.cutOff,
      tiles: [],
      chart: null,
      tables: [documentTable(exchange, prepared)],
      definitions: [documentDefinition(prepared.definition)],
      notes: [],
    });
    return exchange.send(bytes, { type: fileTypes.pdf, name });
  }
  const { headings, lines } = plainTable(exchange, prepared, prepared.table);
  const notes = [...prepared.notes, definitionNote(exchange, prepared.definition)];
  const bytes =
    format === 'csv'
      ? writeCsv([...titles.map((title) => [title]), headings, ...lines, ...notes.map((note) => [note])])
      : await writeSheet({
          sheets: [
            {
              name: String(question.year),
              titles,
              columns: headings.map((heading, index) => ({
                heading,
                width: index === 0 ? 30 : 12,
                numeric: index > 0,
              })),
              rows: lines,
            },
          ],
          notes: { name: t('years.notes'), lines: notes },
        });
  exchange.send(bytes, { type: fileTypes[format], name });
}

function plainTable(exchange: Exchange, { nameOf }: PresentedTable, table: SuppressedTable) {
  const { t } = exchange;
  const value = (number: PrintedNumber) => (number.kind === 'number' ? number.value : printNumber(number));
  return {
    headings: [
      t(`years.dimension.${table.rows.dimension}`),
      ...table.columns.members.map((member) => nameOf(table.columns.dimension, member)),
      t('shared.table.total'),
    ],
    lines: [
      ...table.rows.members.map((member, row) => [
        nameOf(table.rows.dimension, member),
        ...table.cells[row]!.map(value),
        value(table.rowTotals[row]!),
      ]),
      [t('shared.table.total'), ...table.columnTotals.map(value), value(table.total)],
    ],
  };
}

/** The table as the summary document draws it; throws when there is none. */
export function documentTable(exchange: Exchange, prepared: PresentedTable): SummaryTable {
  const { table } = prepared;
  if (table === null) throw new Error('There is no table to draw');
  const { headings, lines } = plainTable(exchange, prepared, table);
  const text = (value: string | number) =>
    typeof value === 'number' ? printNumber({ kind: 'number', value }) : value;
  return {
    title: prepared.title,
    measure: formatUnit(exchange.lang, table.unit as Unit),
    columns: headings.map((label, index) => ({ label, align: index === 0 ? 'left' : 'right' })),
    rows: lines.map((line, index) => ({ cells: line.map(text), total: index === lines.length - 1 })),
    notes: prepared.notes,
  };
}
