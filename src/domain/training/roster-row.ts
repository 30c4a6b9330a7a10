// One row of a roster as it was typed, and what it says once read by the rules of the field (C01, C08).
import { checkDocumentNumber, documentTypeTyped, type DocumentFacts } from '../people/document-type.ts';
import { educationTyped } from '../people/education.ts';
import { genderTyped, type Gender } from '../people/gender.ts';
import { householdRegistrationTyped } from '../people/household-registration.ts';
import { keyGroupsTyped } from '../people/key-group.ts';
import { checkMobile } from '../people/mobile.ts';
import { checkPersonName } from '../people/person-name.ts';
import type { PersonFacts } from '../people/person.ts';
import { ageOn, parseCalendarDay, type CalendarDay } from '../shared/calendar-day.ts';
import { trimTyped } from '../shared/typed-text.ts';
import type { RowRemark } from './roster-import.ts';

export const rosterColumns = [
  'name',
  'documentType',
  'documentNumber',
  'gender',
  'birthDay',
  'mobile',
  'education',
  'householdRegistration',
  'keyGroups',
  'employer',
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** Text of the cells as typed; a word of a list may be its code, its name in either language or another usual word. */
export interface RosterRow {
  /** Row of the sheet, from 1; of rows without a sheet their place in the list. */
  readonly number: number;
  readonly cells: Readonly<Partial<Record<RosterColumn, string>>>;
  /** Columns whose cell holds a number too long for a spreadsheet: its last digits are lost. */
  readonly damaged?: readonly RosterColumn[];
}

/** A document as it is looked up: type, and number as normalised. */
export interface NamedDocument {
  readonly type: string;
  readonly number: string;
}

export interface RowContext {
  readonly today: CalendarDay;
  /** First day of the session: ages count on it (C08). */
  readonly startsOn: CalendarDay;
  readonly minimumAge: number;
  readonly retirementAge: Readonly<Record<Gender, number>>;
  /** Paper of earlier years may hold 15-digit identity numbers. */
  readonly fromPaper: boolean;
}

export interface ReadRow {
  readonly row: RosterRow;
  /** Null when name or document cannot be read; other faults are problems beside the facts. */
  readonly facts: PersonFacts | null;
  /** The document the row names, also of a row without facts; null when it cannot be read. */
  readonly document: NamedDocument | null;
  readonly employer: string | null;
  readonly problems: readonly RowRemark[];
  readonly warnings: readonly RowRemark[];
  readonly notes: readonly RowRemark[];
}

const employerLimit = 200;

/** The row's facts with every problem, warning and note, by column. */
export function readRosterRow(row: RosterRow, context: RowContext): ReadRow {
  const problems: RowRemark[] = [];
  const notes: RowRemark[] = [];
  const typed = (column: RosterColumn) => trimTyped(row.cells[column] ?? '');
  const refuse = (column: RosterColumn, code: string, details: RowRemark['details'] = {}) => {
    problems.push({ code, column, details });
    return null;
  };
  const chosen = <Code>(column: RosterColumn, meaning: (text: string) => Code | null): Code | null => {
    const text = typed(column);
    if (text === '') return null;
    return meaning(text) ?? refuse(column, 'rosters.notInList', { typed: text });
  };

  const name = checkPersonName(typed('name'));
  if (!name.ok) refuse('name', name.code, name.details);
  const document = readDocument(row, context, refuse);
  if (document !== null) {
    for (const { code, details } of document.warnings)
      notes.push({ code, column: 'documentNumber', details });
    if (document.number !== typed('documentNumber'))
      notes.push({ code: 'rosters.note.cleaned', column: 'documentNumber', details: {} });
  }
  const gender = chosen('gender', genderTyped);
  const birthDay = readBirthDay(typed('birthDay'), context.today, refuse);
  if (document !== null) crossCheck(document, { gender, birthDay }, refuse);
  const mobile = readMobile(typed('mobile'), refuse);
  const groups = keyGroupsTyped(typed('keyGroups'));
  for (const word of groups.unknown) refuse('keyGroups', 'rosters.notInList', { typed: word });
  const employer = typed('employer') || null;
  if (employer !== null && [...employer].length > employerLimit)
    refuse('employer', 'rosters.tooLong', { limit: employerLimit });

  const facts =
    name.ok && document !== null
      ? {
          name: name.name,
          nameKey: name.key,
          documentType: document.type,
          documentNumber: document.number,
          birthDay: document.birthDay ?? birthDay,
          gender: document.gender ?? gender,
          mobile,
          education: chosen('education', educationTyped),
          householdRegistration: chosen('householdRegistration', householdRegistrationTyped),
          keyGroups: groups.groups,
        }
      : null;
  const warnings = judgeAge(facts, context, refuse);
  return {
    row,
    facts,
    document: document === null ? null : { type: document.type, number: document.number },
    employer,
    problems,
    warnings,
    notes,
  };
}

type Refuse = (column: RosterColumn, code: string, details?: RowRemark['details']) => null;

function readDocument(
  row: RosterRow,
  context: RowContext,
  refuse: Refuse,
): (DocumentFacts & { readonly type: string }) | null {
  const typedType = trimTyped(row.cells.documentType ?? '');
  const type = typedType === '' ? 'resident_identity_card' : documentTypeTyped(typedType);
  if (type === null) return refuse('documentType', 'rosters.notInList', { typed: typedType });
  const typed = row.cells.documentNumber ?? '';
  if (row.damaged?.includes('documentNumber'))
    return refuse('documentNumber', 'identity.idNumber.scientific', { shown: typed });
  const checked = checkDocumentNumber(type, typed, context.today, { history: context.fromPaper });
  return checked.ok ? { ...checked, type } : refuse('documentNumber', checked.code, checked.details);
}

function readBirthDay(typed: string, today: CalendarDay, refuse: Refuse): CalendarDay | null {
  if (typed === '') return null;
  const day = parseCalendarDay(typed);
  if (day === null) return refuse('birthDay', 'rosters.birthDay', { typed });
  return day <= today && ageOn(day, today) <= 120
    ? day
    : refuse('birthDay', 'rosters.birthDayOutOfRange', { typed: day });
}

function readMobile(typed: string, refuse: Refuse): string | null {
  if (typed === '') return null;
  const mobile = checkMobile(typed);
  return mobile.ok ? mobile.number : refuse('mobile', mobile.code, mobile.details);
}

function crossCheck(
  document: DocumentFacts,
  typed: { gender: Gender | null; birthDay: CalendarDay | null },
  refuse: Refuse,
): void {
  if (typed.gender !== null && document.gender !== null && typed.gender !== document.gender)
    refuse('gender', `rosters.numberSays.${document.gender}`);
  if (typed.birthDay !== null && document.birthDay !== null && typed.birthDay !== document.birthDay)
    refuse('birthDay', 'rosters.birthDiffers', { typed: typed.birthDay, derived: document.birthDay });
  if (typed.birthDay === null && document.birthDay === null) refuse('birthDay', 'rosters.birthDayNeeded');
}

/** Below the minimum a row is refused; past retirement age it needs a reason. */
function judgeAge(facts: PersonFacts | null, context: RowContext, refuse: Refuse): RowRemark[] {
  if (facts === null || facts.birthDay === null) return [];
  const age = ageOn(facts.birthDay, context.startsOn);
  if (age < context.minimumAge)
    refuse('documentNumber', 'rosters.tooYoung', { age, minimum: context.minimumAge });
  if (facts.gender === null) return [];
  const limit = context.retirementAge[facts.gender];
  if (age < limit) return [];
  return [{ code: 'rosters.retired', column: 'documentNumber', details: { age, limit } }];
}
