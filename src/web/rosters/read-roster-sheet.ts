// Reads an uploaded roster into rows as typed, by the names of its columns.
import { InvalidInput } from '../../domain/shared/errors.ts';
import type { RosterColumn, RosterRow } from '../../domain/training/roster-row.ts';
import { readForeignSheet } from '../../sheets/read-foreign-sheet.ts';
import type { SheetReading } from '../../sheets/read-sheet.ts';
import type { RosterFile } from '../../use-cases/training/draft-roster-import.ts';
import { headingNames, requiredColumns } from './roster-headings.ts';

/** What the result columns of a handed-back file are called, in both languages: they are passed over when it comes again. */
const resultNames = ['结果', '错误说明', 'Result', 'Explanation'];

export interface RosterReading {
  readonly rows: readonly RosterRow[];
  readonly file: RosterFile;
  /** Needed columns the file has no heading for. */
  readonly missing: readonly RosterColumn[];
}

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The rows and how the file was read. Throws SheetError (an InvalidInput at `file`) for what is no sheet, too many rows,
 * an unreadable encoding. `chosen` are column letters a person has matched.
 */
export async function readRosterSheet(
  upload: Upload,
  rowLimit: number,
  chosen?: Readonly<Partial<Record<RosterColumn, string>>>,
): Promise<RosterReading> {
  const reading = await readForeignSheet<RosterColumn>(upload.bytes, upload.name, {
    headings: headingNames,
    required: requiredColumns,
    ignored: resultNames,
    chosen,
    limits: { rows: rowLimit },
  });
  return { rows: reading.rows.map(toRow), file: toFile(upload, reading), missing: reading.missing };
}

/** Throws InvalidInput rosters.chooseFile when nothing was uploaded. */
export function requireUpload(upload: Upload | undefined): Upload {
  if (upload === undefined) throw new InvalidInput([{ field: 'file', code: 'rosters.chooseFile' }]);
  return upload;
}

function toRow({ number, cells }: SheetReading<RosterColumn>['rows'][number]): RosterRow {
  const named = Object.entries(cells) as [RosterColumn, { text: string; damaged: boolean }][];
  const damaged = named.filter(([, cell]) => cell.damaged).map(([column]) => column);
  return {
    number,
    cells: Object.fromEntries(named.map(([column, cell]) => [column, cell.text])),
    ...(damaged.length > 0 ? { damaged } : {}),
  };
}

function toFile(upload: Upload, reading: SheetReading<RosterColumn>): RosterFile {
  return {
    name: upload.name,
    type:
      reading.format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv',
    bytes: upload.bytes,
    format: reading.format,
    encoding: reading.encoding,
    sheetName: reading.sheetName,
    headerRow: reading.headerRow,
    columns: reading.columns,
    unusedHeadings: reading.unknownHeadings.map((one) => `${one.column} ${one.heading}`),
  };
}
