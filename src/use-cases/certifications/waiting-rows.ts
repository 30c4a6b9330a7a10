// The rows of a list of certificates issued elsewhere, while it waits for its decision.
import type { Deps } from '../../deps.ts';
import type { CertificateImport, RecordedRow } from '../../domain/certifications/recorded-certificate.ts';

/** The rows as they were entered; null once the list is decided or retention took them. */
export function waitingRows(
  deps: Pick<Deps, 'cipher'>,
  { rowsSealed }: CertificateImport,
): readonly RecordedRow[] | null {
  return rowsSealed === null ? null : (JSON.parse(deps.cipher.open(rowsSealed)) as RecordedRow[]);
}
