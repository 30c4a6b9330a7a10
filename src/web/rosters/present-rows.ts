// The rows of a checked roster as the preview and the result show them; documents are masked even though just typed.
import { maskDocumentNumber } from '../../domain/people/masking.ts';
import type { CheckedRow, RosterImport } from '../../domain/training/roster-import.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { explainRemark } from './explain-remark.ts';

export interface PresentedRow {
  readonly number: string;
  readonly name: string;
  readonly href: string;
  readonly document: string;
  readonly state: string;
  readonly remarks: readonly { readonly tone: 'bad' | 'warn' | 'info'; readonly text: string }[];
}

/** One row for the page; `href` leads to the enrolment it became, '' before that. */
export function presentRow(
  exchange: Pick<Exchange, 't' | 'explain'>,
  { columns }: Pick<RosterImport, 'columns'>,
  checked: CheckedRow,
  href = '',
): PresentedRow {
  const { row, state, facts } = checked;
  const say = (tone: 'bad' | 'warn' | 'info', remarks: CheckedRow['problems']) =>
    remarks.map((remark) => ({ tone, text: explainRemark(exchange, columns, row.number, remark) }));
  const typed = facts?.documentNumber ?? (row.cells.documentNumber ?? '').trim();
  const said = (tone: 'warn' | 'info', key: string) => ({ tone, text: exchange.t(key) });
  return {
    number: String(row.number),
    name: facts?.name ?? row.cells.name ?? '',
    href,
    document: typed === '' ? '' : maskDocumentNumber(typed),
    state,
    remarks: [
      ...(checked.changed ? [said('warn', 'rosters.changed')] : []),
      ...say('bad', checked.problems),
      ...say('warn', checked.warnings),
      ...(state === 'matched' ? [said('info', 'rosters.onRecord')] : []),
      ...say('info', checked.notes),
    ],
  };
}
