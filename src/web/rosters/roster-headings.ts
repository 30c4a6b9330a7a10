// The columns of a roster sheet with their names, from templates/roster-headings.json; the template is made of them and
// files are read by them.
import { readFileSync } from 'node:fs';
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import type { Term } from '../../domain/shared/term.ts';
import { rosterColumns, type RosterColumn } from '../../domain/training/roster-row.ts';
import type { Lang } from '../wording.ts';

export interface RosterHeading {
  readonly zh: string;
  readonly en: string;
  readonly required: boolean;
  /** Other names the column goes by in files. */
  readonly also: readonly string[];
  readonly example: string;
  readonly note: Readonly<Record<Lang, string>>;
}

const file = JSON.parse(
  readFileSync(new URL('../../../templates/roster-headings.json', import.meta.url), 'utf8'),
) as { templateVersion: string; columns: Record<RosterColumn, RosterHeading> };

export const templateVersion: string = file.templateVersion;
export const rosterHeadings: Readonly<Record<RosterColumn, RosterHeading>> = file.columns;

/** The columns a file must have. */
export const requiredColumns: readonly RosterColumn[] = rosterColumns.filter(
  (one) => rosterHeadings[one].required,
);

/** Every name each column may have, for reading. */
export const headingNames = Object.fromEntries(
  rosterColumns.map((column) => {
    const { zh, en, also } = rosterHeadings[column];
    return [column, [zh, en, ...also]];
  }),
) as unknown as Readonly<Record<RosterColumn, readonly string[]>>;

/** The lists behind columns that are chosen, not typed. */
export const columnTerms: Readonly<Partial<Record<RosterColumn, readonly Term[]>>> = {
  documentType: documentTypes,
  gender: genders,
  education: educations,
  householdRegistration: householdRegistrations,
  keyGroups,
};
