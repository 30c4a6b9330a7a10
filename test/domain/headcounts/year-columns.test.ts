// Facts that contradict themselves are refused: skipping them would leave a wrong total that nobody sees.
import { expect } from 'chai';
import { buildYear, countMeasure, countTable, type YearFacts } from '../../../src/domain/headcounts/index.ts';
import { rowsAt } from '../../../src/domain/headcounts/year-columns.ts';
import {
  aCertificate,
  anApprentice,
  anEnrolment,
  aProgramme,
  aSession,
  endOf2022,
  someFacts,
} from './build-facts.ts';

const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

describe('domain/headcounts/year-columns', () => {
  const refused: [string, Partial<YearFacts>, string][] = [
    [
      'an enrolment listed twice',
      { sessions: [aSession()], enrolments: [anEnrolment('e1'), anEnrolment('e1')] },
      'e1',
    ],
    ['a certificate listed twice', { certificates: [aCertificate('1'), aCertificate('1')] }, 'listed twice'],
    ['an enrolment without its session', { enrolments: [anEnrolment('e1')] }, 'session s1'],
    ['an apprentice without its programme', { apprentices: [anApprentice('a1')] }, 'programme g1'],
    ['a day that is none', { certificates: [aCertificate('1', { issuedOn: '2021-7-1' })] }, '2021-7-1'],
    ['a record without instant', { certificates: [aCertificate('1', { recordedAt: NaN })] }, 'instant'],
  ];
  for (const [name, facts, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => buildYear(someFacts(facts), 2021)).to.throw(message);
    });
  }

  it('refuses a cut-off that is no instant and a period that is none', () => {
    const columns = buildYear(someFacts(), 2021);
    expect(() => countMeasure(columns, 'persons', { ...district, cutOff: new Date(NaN) })).to.throw(
      'cut-off',
    );
    for (const period of [
      { from: 0, to: 3 },
      { from: 4, to: 3 },
      { from: 1, to: 13 },
      { from: 1.5, to: 2 },
    ]) {
      expect(() => countMeasure(columns, 'persons', { ...district, period })).to.throw('no period');
    }
  });

  it('takes an apprentice of two programmes, and programmes of other years', () => {
    const programmes = [aProgramme('g1', '2020-03-01'), aProgramme('g2', '2021-03-01')];
    const apprentices = [anApprentice('a1'), anApprentice('a1', { programmeId: 'g2' })];
    const columns = buildYear(someFacts({ programmes, apprentices }), 2021);
    expect(countMeasure(columns, 'newApprentices', district).value).to.equal(1);
  });

  it('keeps the rows it made until a cut-off contains another change', () => {
    const certificates = [aCertificate('1'), aCertificate('2', { issuedOn: '2021-09-01' })];
    const columns = buildYear(someFacts({ certificates }), 2021);
    const at = (day: string) => rowsAt(columns, 'certificates', new Date(`${day}T23:00:00Z`));
    expect(at('2021-08-02')).to.equal(at('2021-08-01'));
    expect(at('2021-09-01')).to.not.equal(at('2021-08-01'));
    expect([at('2021-06-30').size, at('2021-08-01').size, at('2021-09-01').size]).to.deep.equal([0, 1, 2]);
  });

  it('keeps every area row: the partition at zero, outside, unknown and not applicable apart', () => {
    const areas = ['320507002', '320506001', null, 'notApplicable', '320507002'];
    const certificates = areas.map((areaCode, i) => aCertificate(String(i), { areaCode, personId: `p${i}` }));
    const columns = buildYear(someFacts({ certificates }), 2021);
    const table = countTable(columns, {
      ...district,
      measure: 'certificates',
      rows: 'area',
      columns: 'gender',
    });
    expect(table.rows.members).to.deep.equal([
      '320507001',
      '320507002',
      '320507100',
      'outside',
      'unknown',
      'notApplicable',
    ]);
    expect(table.rowTotals).to.deep.equal([0, 2, 0, 1, 1, 1]);
    expect(table.total).to.equal(5);
  });
});
