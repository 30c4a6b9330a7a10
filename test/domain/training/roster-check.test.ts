import { expect } from 'chai';
import fc from 'fast-check';
import type { IdentityVerdict, PersonFacts } from '../../../src/domain/people/person.ts';
import { checkRows, markChanges, type RosterFindings } from '../../../src/domain/training/roster-check.ts';
import { countRows, isGood } from '../../../src/domain/training/roster-import.ts';
import type { ReadRow } from '../../../src/domain/training/roster-row.ts';

const facts = (documentNumber: string): PersonFacts => ({
  name: '张三',
  nameKey: '张三',
  documentType: 'resident_identity_card',
  documentNumber,
  birthDay: '1985-06-15',
  gender: 'male',
  mobile: null,
  education: null,
  householdRegistration: null,
  keyGroups: [],
});
const row = (number: number, document: string | null, given: Partial<ReadRow> = {}): ReadRow => ({
  row: { number, cells: {} },
  facts: document === null ? null : facts(document),
  document: document === null ? null : { type: 'resident_identity_card', number: document },
  employer: null,
  problems: document === null ? [{ code: 'identity.name.empty', column: 'name', details: {} }] : [],
  warnings: [],
  notes: [],
  ...given,
});
const nothing: Omit<RosterFindings, 'verdicts'> = {
  present: new Map(),
  overlapping: new Set(),
  clashes: new Map(),
};
const known: IdentityVerdict = { kind: 'matched', personId: 'p1' };
const unknown: IdentityVerdict = { kind: 'new', personId: null };

describe('domain/training/roster-check', () => {
  it('gives each row one state and keeps a person’s id from all but MATCHED', () => {
    const checked = checkRows([row(2, 'a'), row(3, 'b'), row(4, 'c'), row(5, null)], {
      ...nothing,
      verdicts: [unknown, known, { kind: 'conflict', personId: null, field: 'birthDay' }, null],
    });
    expect(checked.map((one) => [one.state, one.personId])).to.deep.equal([
      ['new', null],
      ['matched', 'p1'],
      ['conflict', null],
      ['error', null],
    ]);
    expect(checked[2]!.problems.map((one) => one.code)).to.deep.equal(['rosters.conflictBirthDay']);
    expect(countRows(checked)).to.deep.equal({ new: 1, matched: 1, conflict: 1, error: 1, warned: 0 });
  });

  it('refuses lessons at the same time with the case’s number, and warns of days in common', () => {
    const both = { ...nothing, overlapping: new Set(['p1']), verdicts: [known] };
    const [clash] = checkRows([row(2, 'a')], { ...both, clashes: new Map([['p1', 'K-7']]) });
    expect(clash!.problems).to.deep.equal([
      { code: 'rosters.lessonClash', column: 'documentNumber', details: { reference: 'K-7' } },
    ]);
    const [days] = checkRows([row(2, 'a')], both);
    expect(days).to.deep.include({ state: 'matched', problems: [] });
    expect(days!.warnings.map((one) => one.code)).to.deep.equal(['rosters.overlappingDates']);
  });

  it('marks rows that came out otherwise than before', () => {
    const findings = (verdict: IdentityVerdict) => ({ ...nothing, verdicts: [verdict, unknown] });
    const before = checkRows([row(2, 'a'), row(3, 'b')], findings(unknown));
    const after = checkRows([row(2, 'a'), row(3, 'b')], findings(known));
    expect(markChanges(before, after).map((one) => one.changed)).to.deep.equal([true, false]);
    expect(markChanges(before, before).some((one) => one.changed)).to.equal(false);
  });

  it('lets a document in at most once, and nobody who is there already (property)', () => {
    const documents = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e')), { maxLength: 12 });
    fc.assert(
      fc.property(
        documents,
        fc.subarray(['a', 'b', 'c', 'd', 'e']),
        fc.subarray(['a', 'b', 'c']),
        (given, persons, present) => {
          const read = given.map((document, index) => row(index + 2, document));
          const checked = checkRows(read, {
            ...nothing,
            verdicts: given.map((document) =>
              document === null
                ? null
                : persons.includes(document)
                  ? { kind: 'matched', personId: `p${document}` }
                  : unknown,
            ),
            present: new Map(present.map((document) => [`p${document}`, 'enrolled'])),
          });
          expect(checked.map((one) => one.row.number)).to.deep.equal(read.map((one) => one.row.number));
          const taken = checked.filter(isGood).map((one) => one.facts!.documentNumber);
          expect(new Set(taken).size).to.equal(taken.length);
          for (const document of taken) {
            expect(given.filter((one) => one === document)).to.have.length(1);
            expect(persons.includes(document) && present.includes(document)).to.equal(false);
          }
        },
      ),
    );
  });
});
