// What revoking a certificate would change, counted before it is done: the year is recounted as if it were revoked.
import type { CertificateFact } from './facts.ts';
import { countMeasure } from './count.ts';
import { figureRules } from './figures.ts';
import { measures, type MeasureName, type UnitCode } from './measures.ts';
import { countMonths } from './month-series.ts';
import type { Query } from './query.ts';
import { columnsOf, type YearColumns } from './year-columns.ts';

export interface Effect {
  readonly year: number;
  readonly code: string;
  /** The figure's own measure or one of its companions. */
  readonly measure: MeasureName;
  readonly unit: UnitCode;
  readonly before: number;
  readonly after: number;
  /** The months (1 to 12) that change; two of them may, and the total not, when a person moves to another month. */
  readonly months: readonly { readonly month: number; readonly before: number; readonly after: number }[];
}

/** The numbers of the given years that change if the certificate is revoked at the cut-off; none when it counts nowhere. */
export function countRevocationEffects(
  years: readonly YearColumns[],
  certificateId: string,
  query: Query,
): readonly Effect[] {
  return years.flatMap((columns) => {
    const revoked = withRevocation(columns, certificateId, query.cutOff);
    return certificateNumbers.flatMap(({ code, measure }) => {
      const effect = compare(columns, revoked, { code, measure, query });
      return effect === null ? [] : [effect];
    });
  });
}

const certificateNumbers = figureRules
  .flatMap(({ code, measure, companions }) =>
    [measure, ...companions].map((name) => ({ code, measure: name })),
  )
  .filter(({ measure }) => measures[measure].table === 'certificates');

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

function compare(
  columns: YearColumns,
  revoked: YearColumns,
  { code, measure, query }: { code: string; measure: MeasureName; query: Query },
): Effect | null {
  const before = countMeasure(columns, measure, query);
  const after = countMeasure(revoked, measure, query);
  if (before.value === null || after.value === null) return null;
  const monthsBefore = countMonths(columns, { ...query, measure }).months;
  const monthsAfter = countMonths(revoked, { ...query, measure }).months;
  const months = monthsBefore
    .map((value, index) => ({ month: index + 1, before: value, after: monthsAfter[index]! }))
    .filter((month) => month.before !== month.after);
  if (before.value === after.value && months.length === 0) return null;
  return {
    year: columns.year,
    code,
    measure,
    unit: before.unit,
    before: before.value,
    after: after.value,
    months,
  };
}
