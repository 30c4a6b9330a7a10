// Finds the heading row of a table and which column is which: by name, never by position, under any title rows.
import { columnIndex, columnLetter } from './column-letter.ts';
import type { RawRow } from './sheet-types.ts';

export interface HeadingRequest<Field extends string> {
  /** What each field's column may be called; case, width, spaces, asterisks and remarks in brackets do not matter. */
  readonly headings: Readonly<Record<Field, readonly string[]>>;
  readonly required?: readonly NoInfer<Field>[] | undefined;
  /** Letters a person has chosen on the mapping page; they go before what the names say. */
  readonly chosen?: Readonly<Partial<Record<NoInfer<Field>, string>>> | undefined;
  /** Headings that may stand there and mean nothing, such as those of result columns. */
  readonly ignored?: readonly string[] | undefined;
}

export interface UnknownHeading {
  readonly heading: string;
  readonly column: string;
}

export interface HeadingMatch<Field extends string> {
  /** Number of the heading row in the file; null when the file holds no row with text at all. */
  readonly headerRow: number | null;
  readonly columns: ReadonlyMap<Field, number>;
  readonly unknown: readonly UnknownHeading[];
  readonly missing: readonly Field[];
}

/**
 * The best of the first rows: the one with most fields, the upper of two equals. Without any field the first row with the
 * most texts is taken for the headings, so that a person can say which column is which.
 */
export function matchHeadings<Field extends string>(
  rows: readonly RawRow[],
  hiddenColumns: ReadonlySet<number>,
  request: HeadingRequest<Field>,
): HeadingMatch<Field> {
  const fieldOf = fieldsByHeading(request.headings);
  let best: { row: RawRow; columns: Map<Field, number> } | null = null;
  for (const row of rows) {
    const columns = columnsIn(row, fieldOf, hiddenColumns);
    if (columns.size > (best?.columns.size ?? 0)) best = { row, columns };
  }
  const header = best?.row ?? fullestRow(rows);
  const columns = best?.columns ?? new Map<Field, number>();
  for (const [field, letter] of Object.entries(request.chosen ?? {}) as [Field, string][]) {
    columns.set(field, columnIndex(letter));
  }
  const required = request.required ?? (Object.keys(request.headings) as Field[]);
  return {
    headerRow: header?.number ?? null,
    columns,
    unknown: header === null ? [] : unknownIn(header, new Set(columns.values()), request.ignored ?? []),
    missing: required.filter((field) => !columns.has(field)),
  };
}

/** What two headings are compared by. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[(\[【][^)\]】]*[)\]】]/g, '')
    .replace(/[\s*:_'"]/g, '')
    .toLowerCase();
}

function fieldsByHeading<Field extends string>(
  headings: Readonly<Record<Field, readonly string[]>>,
): Map<string, Field> {
  const fieldOf = new Map<string, Field>();
  for (const field of Object.keys(headings) as Field[]) {
    for (const heading of headings[field]) {
      const key = headingKey(heading);
      if (key !== '' && !fieldOf.has(key)) fieldOf.set(key, field);
    }
  }
  return fieldOf;
}

/** Of two columns with the same meaning a visible one goes first, then the left one. */
function columnsIn<Field extends string>(
  row: RawRow,
  fieldOf: ReadonlyMap<string, Field>,
  hiddenColumns: ReadonlySet<number>,
): Map<Field, number> {
  const columns = new Map<Field, number>();
  row.cells.forEach((cell, column) => {
    const field = cell === undefined ? undefined : fieldOf.get(headingKey(cell.text));
    if (field === undefined) return;
    const other = columns.get(field);
    if (other === undefined || (hiddenColumns.has(other) && !hiddenColumns.has(column)))
      columns.set(field, column);
  });
  return columns;
}

function unknownIn(header: RawRow, known: ReadonlySet<number>, ignored: readonly string[]): UnknownHeading[] {
  const ignoredKeys = ignored.map(headingKey);
  const unknown: UnknownHeading[] = [];
  header.cells.forEach((cell, column) => {
    if (cell === undefined || known.has(column) || ignoredKeys.includes(headingKey(cell.text))) return;
    const heading = cell.text.trim();
    if (heading !== '') unknown.push({ heading, column: columnLetter(column) });
  });
  return unknown;
}

function fullestRow(rows: readonly RawRow[]): RawRow | null {
  let fullest: RawRow | null = null;
  let most = 0;
  for (const row of rows) {
    const texts = row.cells.filter((cell) => cell?.kind === 'text').length;
    if (texts > most) [fullest, most] = [row, texts];
  }
  return fullest;
}
