// What readers of all formats deliver: rows of cells that still tell text from number, and what was read of the file.

/** 'formula' and 'date' come from XLSX only; a CSV knows text alone. */
export type CellKind = 'text' | 'number' | 'formula' | 'date' | 'empty';

export interface Cell {
  /** As the spreadsheet shows it: 3.20599E+17 for a long number, yyyy-mm-dd for a date, the last result of a formula. */
  readonly text: string;
  readonly kind: CellKind;
  /** The file holds a number with more digits than spreadsheets keep (15), so the last ones are lost. */
  readonly damaged: boolean;
  /** Such as D17. */
  readonly ref: string;
}

/** A row as it stands in the file; `cells[0]` is column A, holes are empty cells. */
export interface RawRow {
  /** From 1, as the spreadsheet counts. */
  readonly number: number;
  readonly hidden: boolean;
  readonly cells: readonly (RawCell | undefined)[];
}

export type RawCell = Omit<Cell, 'ref'>;

/** One table of rows in a file, with what is known before its rows are read. */
export interface RowSource {
  readonly format: 'xlsx' | 'csv';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheetName: string | null;
  /** Columns (from 0) hidden in the sheet; complete once reading has begun. */
  readonly hiddenColumns: ReadonlySet<number>;
  /** Calls back for each row that holds anything, top to bottom. */
  read(onRow: (row: RawRow) => void): Promise<void>;
}

/** Columns beyond this hold nobody's data; what stands there is passed over. */
export const columnLimit = 256;

/** Bounds on what a file may unpack to and hold; a reader never takes more than it needs to find out. */
export interface SheetLimits {
  /** Rows below the headings. */
  readonly rows: number;
  /** Bytes of one part of an XLSX, unpacked, and of all parts read. */
  readonly partBytes: number;
  readonly totalBytes: number;
  /** Unpacked size over packed size, for parts above a megabyte. */
  readonly ratio: number;
  readonly parts: number;
}

export const defaultLimits: SheetLimits = {
  rows: 5_000,
  partBytes: 128 * 1024 * 1024,
  totalBytes: 192 * 1024 * 1024,
  ratio: 200,
  parts: 2_000,
};
