// Certificates issued elsewhere that somebody entered for a person and nobody decided yet.
import type { Deps } from '../../deps.ts';
import { readRecordedRow } from '../../domain/certifications/recorded-certificate.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { waitingRows } from '../certifications/waiting-rows.ts';
import { recordsOfPerson } from '../people/records-of-person.ts';
import type { Entry } from './subject-record.ts';

/** The rows of waiting lists that name the person's document and name, as they were entered. */
export async function waitingCertificates(
  deps: Pick<Deps, 'certificateImports' | 'people' | 'personMerges' | 'cipher' | 'now'>,
  personId: string,
): Promise<Entry[]> {
  const records = await recordsOfPerson(deps, personId);
  const today = dayOf(deps.now());
  return (await deps.certificateImports.waiting()).flatMap((list) =>
    (waitingRows(deps, list) ?? []).flatMap((row): Entry[] => {
      const stated = readRecordedRow(row, today).facts?.person;
      const isTheirs = records.some(
        (one) =>
          one.documentNumber === stated?.documentNumber &&
          one.documentType === stated?.documentType &&
          one.nameKey === stated.nameKey,
      );
      const { cells } = row;
      return isTheirs
        ? [
            {
              file: list.fileName || list.number,
              row: row.number,
              name: cells.name ?? null,
              documentNumber: cells.documentNumber ?? null,
              kind: cells.kind ?? null,
              number: cells.certificateNumber ?? null,
              occupation: cells.occupationName ?? cells.occupationCode ?? null,
              skillLevel: cells.skillLevel ?? null,
              issuer: cells.issuer ?? null,
              issuedOn: cells.issuedOn ?? null,
              source: cells.source ?? null,
            },
          ]
        : [];
    }),
  );
}
