// A sheet somebody sent, read in a thread apart.
import { runApart } from './apart/run-apart.ts';
import type { RowResult, ResultHeadings } from './append-result-columns.ts';
import type { SheetReading, SheetRequest } from './read-sheet.ts';

/** As readSheet; throws besides sheets.tooSlow, sheets.unpacksTooLarge (memory) and sheets.busy. */
export async function readForeignSheet<Field extends string>(
  file: Uint8Array,
  fileName: string,
  request: SheetRequest<Field>,
): Promise<SheetReading<Field>> {
  return (await runApart('readSheet', [own(file), fileName, request])) as SheetReading<Field>;
}

/** As appendResultColumns, of a file somebody sent; throws besides what readForeignSheet does. */
export async function appendToForeignSheet(
  file: Uint8Array,
  fileName: string,
  read: { readonly sheetName: string | null; readonly headerRow: number },
  results: ReadonlyMap<number, RowResult>,
  headings: ResultHeadings,
): Promise<{ bytes: Buffer; format: 'xlsx' | 'csv' }> {
  const { bytes, format } = await runApart('appendResultColumns', [
    own(file),
    fileName,
    read,
    results,
    headings,
  ]);
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), format };
}

/** The bytes alone: a view of a larger buffer would be cloned with all of it. */
function own(file: Uint8Array): Uint8Array {
  return file.byteLength === file.buffer.byteLength ? file : new Uint8Array(file);
}
