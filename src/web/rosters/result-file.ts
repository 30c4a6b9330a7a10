// Hands the uploaded file back with what the check said of each row, in its own format or the other one.
import type { Deps } from '../../deps.ts';
import { isGood, type CheckedRow, type RosterImport } from '../../domain/training/roster-import.ts';
import { rosterColumns, type RosterColumn } from '../../domain/training/roster-row.ts';
import type { RowResult } from '../../sheets/append-result-columns.ts';
import { appendToForeignSheet } from '../../sheets/read-foreign-sheet.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet, type WrittenCell } from '../../sheets/write-sheet.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { fileTypes } from '../kernel/file-types.ts';
import { explainRemark } from './explain-remark.ts';
import { rosterHeadings } from './roster-headings.ts';

export type FileFormat = 'xlsx' | 'csv';

/** Sends the rows with a result and an explanation column before all others; row numbers stay as they were. */
export async function sendResultFile(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const rosterImport = await deps.rosterImports.get(scope, exchange.params.id!);
  const rows = await deps.rosterImports.rowsOf(scope, rosterImport.id);
  const format: FileFormat = exchange.query.format === 'csv' ? 'csv' : 'xlsx';
  const bytes =
    format === rosterImport.format && rosterImport.fileId !== null
      ? await sameFile(deps, exchange, rosterImport, rows)
      : await otherFormat(exchange, rosterImport, rows, format);
  const base = rosterImport.fileName.replace(/\.\w{1,5}$/, '') || exchange.t('rosters.fileName.roster');
  exchange.send(bytes, {
    type: fileTypes[format],
    name: `${base}-${exchange.t('rosters.fileName.result')}.${format}`,
  });
}

async function sameFile(
  deps: Deps,
  exchange: Exchange,
  rosterImport: RosterImport,
  rows: readonly CheckedRow[],
): Promise<Buffer> {
  const kept = await deps.keptFiles.read(rosterImport.fileId!);
  const results = new Map(rows.map((row) => [row.row.number, resultOf(exchange, rosterImport, row)]));
  const { bytes } = await appendToForeignSheet(
    kept.bytes,
    kept.name,
    { sheetName: rosterImport.sheetName, headerRow: rosterImport.headerRow ?? 1 },
    results,
    headingsOf(exchange),
  );
  return bytes;
}

/** The columns that were read, under their usual names. */
async function otherFormat(
  exchange: Exchange,
  rosterImport: RosterImport,
  rows: readonly CheckedRow[],
  format: FileFormat,
): Promise<Buffer> {
  const columns: readonly RosterColumn[] = rosterColumns.filter((one) =>
    rows.some((row) => row.row.cells[one]),
  );
  const { result, messages } = headingsOf(exchange);
  const names = columns.map((column) => rosterHeadings[column][exchange.lang]);
  const lines = rows.map((row) => {
    const said = resultOf(exchange, rosterImport, row);
    return {
      said,
      texts: [said.result, said.messages.join('\n'), ...columns.map((column) => row.row.cells[column] ?? '')],
    };
  });
  if (format === 'csv') return writeCsv([[result, messages, ...names], ...lines.map((line) => line.texts)]);
  return writeSheet({
    sheets: [
      {
        name: exchange.t('rosters.sheetName'),
        columns: [
          { heading: result, width: 12, text: true },
          { heading: messages, width: 50, text: true },
          ...names.map((heading) => ({ heading, width: 20, text: true })),
        ],
        rows: lines.map(({ said, texts }) =>
          texts.map((value, index): WrittenCell => (index === 0 ? { value, mark: said.mark } : value)),
        ),
      },
    ],
  });
}

function headingsOf(exchange: Pick<Exchange, 't'>): { result: string; messages: string } {
  return { result: exchange.t('rosters.resultHeading'), messages: exchange.t('rosters.explanationHeading') };
}

function resultOf(exchange: Exchange, rosterImport: RosterImport, row: CheckedRow): RowResult {
  const { columns } = rosterImport;
  const say = (remarks: CheckedRow['problems']) =>
    remarks.map((remark) => explainRemark(exchange, columns, row.row.number, remark));
  const letters = (remarks: CheckedRow['problems']) =>
    remarks.flatMap((remark) => (remark.column === null ? [] : (columns[remark.column] ?? [])));
  if (isGood(row)) {
    const doubtful = row.warnings.length > 0;
    return {
      result: exchange.t('rosters.pass'),
      messages: say([...row.warnings, ...row.notes]),
      mark: doubtful ? 'warning' : 'good',
      ...(doubtful ? { columns: letters(row.warnings) } : {}),
    };
  }
  const isConflict = row.state === 'conflict';
  return {
    result: isConflict
      ? exchange.t('rosters.conflictCount')
      : exchange.t('rosters.errorCount', { count: row.problems.length }),
    messages: say(row.problems),
    mark: isConflict ? 'warning' : 'error',
    columns: letters(row.problems),
  };
}
