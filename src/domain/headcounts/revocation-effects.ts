// What revoking a certificate would change, counted before it is done: the year is recounted as if it were revoked.
import { compareNumbers, type Effect } from './effects.ts';
import type { CertificateFact } from './facts.ts';
import type { Query } from './query.ts';
import { columnsOf, type YearColumns } from './year-columns.ts';

/** The numbers of the given years that change if the certificate is revoked at the cut-off; none when it counts nowhere. */
export function countRevocationEffects(
  years: readonly YearColumns[],
  certificateId: string,
  query: Query,
): readonly Effect[] {
  return years.flatMap((columns) =>
    compareNumbers(columns, withRevocation(columns, certificateId, query.cutOff), query, ['certificates']),
  );
}

/** The year's certificates with this one revoked; its other records do not depend on certificates and are left out. */
function withRevocation(columns: YearColumns, certificateId: string, cutOff: Date): YearColumns {
  const at = cutOff.getTime();
  const revoke = (certificate: CertificateFact): CertificateFact =>
    certificate.id === certificateId && (certificate.endedAt ?? Infinity) > at
      ? { ...certificate, endedAt: at }
      : certificate;
  const { ofYear, earlier } = columns.partition.certificates;
  const certificates = { ofYear: ofYear.map(revoke), earlier: earlier.map(revoke) };
  const none = { cohorts: [], workTrainingCohorts: [], programmes: [], apprentices: [], recognitions: [] };
  return columnsOf({ ...none, certificates }, columns);
}
