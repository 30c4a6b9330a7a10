// Names the columns of a certificate list go by, as data.
import { readFileSync } from 'node:fs';
import type { RecordedColumn } from '../../domain/certifications/recorded-certificate.ts';

export const recordedHeadings = JSON.parse(
  readFileSync(new URL('../../../templates/certificate-import-headings.json', import.meta.url), 'utf8'),
) as Record<RecordedColumn, string[]>;
export const requiredColumns: readonly RecordedColumn[] = [
  'name',
  'documentNumber',
  'kind',
  'certificateNumber',
  'issuedOn',
  'issuer',
];
