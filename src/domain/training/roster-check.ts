// The judgement of a whole roster: what each row says of itself, against the other rows, the register and the session.
import type { IdentityVerdict } from '../people/person.ts';
import type { CheckedRow, RowRemark, RowState } from './roster-import.ts';
import type { ReadRow } from './roster-row.ts';

/** What the register answers about the persons of a roster. */
export interface RosterFindings {
  /** By row index; null where the row could not be read. */
  readonly verdicts: readonly (IdentityVerdict | null)[];
  /** Persons of the session already: 'enrolled', or 'withdrawn' from it. */
  readonly present: ReadonlyMap<string, 'enrolled' | 'withdrawn'>;
  /** Persons in other training while this session runs (C03). */
  readonly overlapping: ReadonlySet<string>;
  /** Persons in a lesson elsewhere at the time of a lesson here (C03), each with its case reference. */
  readonly clashes: ReadonlyMap<string, string>;
}

/**
 * One checked row per row read, in order: ERROR with all its problems, CONFLICT naming the field that differs from the
 * register, else MATCHED or NEW; warnings (C03 by days, C08 beyond retirement age) ask for a reason.
 */
export function checkRows(read: readonly ReadRow[], findings: RosterFindings): CheckedRow[] {
  const sharing = rowsByDocument(read);
  return read.map((row, index) => {
    const problems = [...row.problems];
    const warnings = [...row.warnings];
    const [other] = (sharing.get(documentKey(row)) ?? []).filter((number) => number !== row.row.number);
    if (other !== undefined) problems.push(remark('sameDocument', { row: row.row.number, other }));
    const verdict = findings.verdicts[index] ?? null;
    const personId = verdict?.personId ?? null;
    if (personId !== null) {
      const present = findings.present.get(personId);
      if (present !== undefined)
        problems.push(remark(present === 'enrolled' ? 'alreadyEnrolled' : 'withdrawnHere'));
      const reference = findings.clashes.get(personId);
      if (reference !== undefined) problems.push(remark('lessonClash', { reference }));
      else if (findings.overlapping.has(personId)) warnings.push(remark('overlappingDates'));
    }
    const state = stateOf(problems, verdict);
    return {
      row: row.row,
      state,
      facts: row.facts,
      document: row.document,
      employer: row.employer,
      personId: state === 'matched' ? personId : null,
      problems: state === 'conflict' ? [conflict(verdict, row)] : problems,
      warnings: state === 'new' || state === 'matched' ? warnings : [],
      notes: row.notes,
      changed: false,
    };
  });
}

/** The new check with rows marked whose state, problems or warnings differ from the check before. */
export function markChanges(before: readonly CheckedRow[], after: readonly CheckedRow[]): CheckedRow[] {
  const old = new Map(before.map((row) => [row.row.number, row]));
  return after.map((row) => ({ ...row, changed: fingerprint(old.get(row.row.number)) !== fingerprint(row) }));
}

function documentKey(row: ReadRow): string | null {
  return row.facts === null ? null : `${row.facts.documentType}|${row.facts.documentNumber}`;
}

function rowsByDocument(read: readonly ReadRow[]): Map<string | null, number[]> {
  const numbers = new Map<string | null, number[]>();
  for (const row of read) {
    const key = documentKey(row);
    if (key !== null) numbers.set(key, [...(numbers.get(key) ?? []), row.row.number]);
  }
  return numbers;
}

function fingerprint(row: CheckedRow | undefined): string {
  if (row === undefined) return '';
  return [row.state, ...[...row.problems, ...row.warnings].map((one) => one.code)].join('|');
}

function stateOf(problems: readonly RowRemark[], verdict: IdentityVerdict | null): RowState {
  if (problems.length > 0 || verdict === null) return 'error';
  return verdict.kind;
}

function conflict(verdict: IdentityVerdict | null, row: ReadRow): RowRemark {
  const field = verdict?.kind === 'conflict' ? verdict.field : 'name';
  const code = { name: 'conflictName', birthDay: 'conflictBirthDay', gender: 'conflictGender' }[field];
  return { code: `rosters.${code}`, column: field, details: { name: row.facts?.name ?? '' } };
}

function remark(name: string, details: RowRemark['details'] = {}): RowRemark {
  return { code: `rosters.${name}`, column: 'documentNumber', details };
}
