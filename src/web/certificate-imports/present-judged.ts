// Judged rows as a table: masked number, certificate, state, remarks.
import { maskDocumentNumber } from '../../domain/people/masking.ts';
import type { JudgedRecordedRow } from '../../use-cases/certifications/submit-recorded-certificates.ts';
import type { Exchange } from '../kernel/exchange.ts';

export function presentJudged(exchange: Pick<Exchange, 't' | 'explain'>, rows: readonly JudgedRecordedRow[]) {
  return {
    columns: ['row', 'name', 'document', 'number', 'issuedOn', 'state'].map((key) => ({
      label: exchange.t(`certificateImports.column.${key}`),
      numeric: key === 'row',
    })),
    rows: rows.map((one) => ({
      cells: [
        one.row.number,
        one.row.cells.name ?? '',
        one.facts === null
          ? maskTyped(one.row.cells.documentNumber ?? '')
          : maskDocumentNumber(one.facts.person.documentNumber),
        one.row.cells.certificateNumber ?? '',
        one.row.cells.issuedOn ?? '',
        {
          text: [...one.problems, ...one.warnings]
            .map((remark) => exchange.explain({ code: remark.code, details: remark.details }))
            .join(' '),
          tag: one.state,
        },
      ],
    })),
  };
}

function maskTyped(typed: string): string {
  return typed.length <= 4 ? typed : `${'*'.repeat(typed.length - 4)}${typed.slice(-4)}`;
}
