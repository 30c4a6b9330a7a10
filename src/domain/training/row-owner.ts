// Whom the rows of uploaded rosters are about.
import { personNameKey } from '../people/person-name.ts';
import type { CheckedRow } from './roster-import.ts';
import type { NamedDocument, RosterRow } from './roster-row.ts';

/** Whom a row is about: a row of somebody new names no person yet, so the document and the name decide. */
export interface RowOwner {
  readonly personId: string;
  readonly nameKey: string;
  readonly documentType: string;
  readonly documentNumber: string | null;
}

/** The document a row names, also a row in error; null when none can be read. */
export function documentOf({ document, facts }: CheckedRow): NamedDocument | null {
  if (document) return document;
  return facts === null ? null : { type: facts.documentType, number: facts.documentNumber };
}

/** Whether the row names the person or the person's document, be it under another's name. */
export function names(row: CheckedRow, who: RowOwner): boolean {
  if (row.personId !== null) return row.personId === who.personId;
  const document = documentOf(row);
  return (
    who.documentNumber !== null &&
    document?.type === who.documentType &&
    document.number === who.documentNumber
  );
}

/** Whether what stands in the row is the person's own: a row under another's name may hold the other's mobile. */
export function isAbout(row: CheckedRow, who: RowOwner): boolean {
  if (!names(row, who)) return false;
  const typed = row.row.cells.name ?? '';
  return row.personId !== null || typed === '' || personNameKey(typed) === who.nameKey;
}

/** The row without mobile, education and household registration. */
export function withoutContact(one: CheckedRow): CheckedRow {
  const cells = { ...one.row.cells };
  delete cells.mobile;
  delete cells.education;
  delete cells.householdRegistration;
  return {
    ...one,
    row: { ...one.row, cells },
    facts:
      one.facts === null
        ? null
        : { ...one.facts, mobile: null, education: null, householdRegistration: null },
  };
}

/** The cells of a row that name a document, the others left out. */
export function documentCells({ documentType, documentNumber }: RosterRow['cells']): RosterRow['cells'] {
  return {
    ...(documentType === undefined ? {} : { documentType }),
    ...(documentNumber === undefined ? {} : { documentNumber }),
  };
}
