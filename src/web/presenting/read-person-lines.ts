// Persons typed or pasted one a line: name, document number, then employer, document type, birth day and gender in any order,
// parted by tab or comma.
import { documentTypeTyped } from '../../domain/people/document-type.ts';
import { genderTyped } from '../../domain/people/gender.ts';
import type { PersonFacts } from '../../domain/people/person.ts';
import { parseCalendarDay } from '../../domain/shared/calendar-day.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { readRosterRow } from '../../domain/training/roster-row.ts';

export interface PersonLine {
  readonly line: number;
  readonly facts: PersonFacts;
  readonly employer: string | null;
}

/** The persons of a list; throws InvalidInput on `field` with one problem a line that cannot be read. */
export function readPersonLines(text: string, today: string, field = 'list'): PersonLine[] {
  const problems: FieldProblem[] = [];
  const people: PersonLine[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const cells = raw.split(/\t|,|，|;/).map((cell) => cell.trim());
    const [name = '', documentNumber = '', ...rest] = cells;
    if (cells.every((cell) => cell === '') || /^(姓名|name)$/i.test(name)) return;
    const one = (is: (cell: string) => boolean) => rest.find((cell) => cell !== '' && is(cell)) ?? '';
    const documentType = one((cell) => documentTypeTyped(cell) !== null);
    const birthDay = one((cell) => parseCalendarDay(cell) !== null);
    const gender = one((cell) => genderTyped(cell) !== null);
    const employer = one((cell) => ![documentType, birthDay, gender].includes(cell));
    const line = index + 1;
    const read = readRosterRow(
      { number: line, cells: { name, documentNumber, documentType, birthDay, gender, employer } },
      { today, startsOn: today, minimumAge: 0, retirementAge: { male: 200, female: 200 }, fromPaper: false },
    );
    for (const problem of read.problems)
      problems.push({ field, code: problem.code, details: { ...problem.details, line } });
    if (read.facts !== null && read.problems.length === 0)
      people.push({ line, facts: read.facts, employer: read.employer });
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return people;
}
