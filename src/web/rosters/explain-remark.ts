// Turns what a check says of a row into a sentence with the cell it is about.
import type { RosterImport, RowRemark } from '../../domain/training/roster-import.ts';
import type { Exchange } from '../kernel/exchange.ts';

/** The sentence of a remark; with the letter of its column known it begins with the cell, e.g. D17. */
export function explainRemark(
  exchange: Pick<Exchange, 't' | 'explain'>,
  columns: RosterImport['columns'],
  rowNumber: number,
  remark: RowRemark,
): string {
  const label = remark.column === null ? '' : exchange.t(`rosters.column.${remark.column}`);
  const details = Object.fromEntries(
    Object.entries(remark.details).map(([name, value]) => [name, String(value)]),
  );
  const sentence = exchange.explain({ code: remark.code, details: { ...details, label } });
  const letter = remark.column === null ? undefined : columns[remark.column];
  return letter === undefined
    ? sentence
    : exchange.t('rosters.atCell', { cell: `${letter}${rowNumber}`, sentence });
}
