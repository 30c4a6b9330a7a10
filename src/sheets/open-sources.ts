// Opens a file as sources of rows, whatever its name says it is.
import { csvSource } from './csv/read-rows.ts';
import { decodeText } from './csv/decode-text.ts';
import { detectFormat } from './detect-format.ts';
import type { RowSource, SheetLimits } from './sheet-types.ts';
import { openPackage } from './xlsx/open-package.ts';
import { xlsxSource } from './xlsx/read-rows.ts';
import { readWorkbook } from './xlsx/read-workbook.ts';

/**
 * The visible sheets of an XLSX in their order, or the one table of a CSV. Throws SheetError when the file is neither, is
 * locked, damaged, or unpacks too large.
 */
export async function openSources(
  file: Uint8Array,
  fileName: string,
  limits: SheetLimits,
): Promise<readonly RowSource[]> {
  if (detectFormat(file, fileName) === 'text') return [csvSource(decodeText(file, fileName), fileName)];
  const parts = await openPackage(file, fileName, limits);
  const workbook = await readWorkbook(parts);
  const visible = workbook.sheets.filter((sheet) => sheet.visible);
  return (visible.length > 0 ? visible : workbook.sheets).map((sheet) => xlsxSource(parts, workbook, sheet));
}
