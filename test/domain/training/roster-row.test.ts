import { expect } from 'chai';
import fc from 'fast-check';
import { idCheckCharacter } from '../../../src/domain/people/id-number.ts';
import { readRosterRow, type RosterRow, type RowContext } from '../../../src/domain/training/roster-row.ts';

const context: RowContext = {
  today: '2021-05-01',
  startsOn: '2021-05-06',
  minimumAge: 16,
  retirementAge: { male: 60, female: 55 },
  fromPaper: false,
};
const read = (cells: RosterRow['cells'], given: Partial<RowContext> = {}, damaged?: RosterRow['damaged']) =>
  readRosterRow({ number: 17, cells, ...(damaged ? { damaged } : {}) }, { ...context, ...given });
const said = (row: ReturnType<typeof read>) => row.problems.map((one) => `${one.column} ${one.code}`);
const good = { name: '张三', documentNumber: '320599198506150015' };

describe('domain/training/roster-row', () => {
  it('reads words of lists, days and numbers in every usual spelling', () => {
    const row = read({
      name: ' 张三 ',
      documentType: '身份证',
      documentNumber: '‘３２０５９９ 19900307 019x',
      gender: '男',
      birthDay: '1990年3月7日',
      mobile: '+86 199-0000-0000',
      education: '大专',
      householdRegistration: '本区农村',
      keyGroups: '退役军人、残疾人',
      employer: ' 示例制造有限公司 ',
    });
    expect(row.problems).to.deep.equal([]);
    expect(row.employer).to.equal('示例制造有限公司');
    expect(row.facts).to.deep.equal({
      name: '张三',
      nameKey: '张三',
      documentType: 'resident_identity_card',
      documentNumber: '32059919900307019X',
      birthDay: '1990-03-07',
      gender: 'male',
      mobile: '19900000000',
      education: 'junior_college',
      householdRegistration: 'district_rural',
      keyGroups: ['veteran', 'disabled'],
    });
    expect(row.notes.map((note) => note.code)).to.include('rosters.note.cleaned');
  });

  const faults: [string, RosterRow['cells'], string[]][] = [
    ['no name', { ...good, name: '' }, ['name identity.name.empty']],
    ['a lost character', { ...good, name: '王?明' }, ['name identity.name.unreadable']],
    [
      'a wrong check',
      { ...good, documentNumber: '320599198506150014' },
      ['documentNumber identity.idNumber.checkCharacter'],
    ],
    [
      'no such day',
      { ...good, documentNumber: '320599199102290024' },
      ['documentNumber identity.idNumber.noSuchDate'],
    ],
    [
      'born in the future',
      { ...good, documentNumber: '320599209901010013' },
      ['documentNumber identity.idNumber.future'],
    ],
    [
      'seventeen places',
      { ...good, documentNumber: '32059919850615001' },
      ['documentNumber identity.idNumber.length'],
    ],
    [
      'a number Excel showed',
      { ...good, documentNumber: '3.20507E+17' },
      ['documentNumber identity.idNumber.scientific'],
    ],
    [
      'a number Excel cut',
      { ...good, documentNumber: '320599198506150000' },
      ['documentNumber identity.idNumber.cutByExcel'],
    ],
    [
      'an old number',
      { ...good, documentNumber: '320599850615001' },
      ['documentNumber identity.idNumber.fifteenDigits'],
    ],
    ['the other gender', { ...good, gender: '女' }, ['gender rosters.numberSays.male']],
    ['another birth day', { ...good, birthDay: '1985-06-16' }, ['birthDay rosters.birthDiffers']],
    ['no day at all', { ...good, birthDay: '昨天' }, ['birthDay rosters.birthDay']],
    ['an unknown word', { ...good, education: '很高' }, ['education rosters.notInList']],
    ['an unknown group', { ...good, keyGroups: '退役军人、好人' }, ['keyGroups rosters.notInList']],
    ['an unknown document', { ...good, documentType: '会员卡' }, ['documentType rosters.notInList']],
    [
      'a passport without a birth day',
      { ...good, documentType: '护照', documentNumber: 'E12345678' },
      ['birthDay rosters.birthDayNeeded'],
    ],
    ['a short mobile', { ...good, mobile: '1990000' }, ['mobile identity.mobile.shape']],
    ['a child', { ...good, documentNumber: '320599200606010015' }, ['documentNumber rosters.tooYoung']],
    [
      'everything at once',
      { name: '', documentNumber: '1', gender: 'x', mobile: '2' },
      [
        'name identity.name.empty',
        'documentNumber identity.idNumber.length',
        'gender rosters.notInList',
        'mobile identity.mobile.shape',
      ],
    ],
  ];
  for (const [what, cells, codes] of faults)
    it(`names ${what}`, () => {
      const fixed = { ...cells };
      if (what === 'a child') {
        const first17 = fixed.documentNumber!.slice(0, 17);
        fixed.documentNumber = first17 + idCheckCharacter(first17);
      }
      expect(said(read(fixed))).to.deep.equal(codes);
    });

  it('refuses a number cell whose last digits are lost, whatever it shows', () => {
    expect(said(read(good, {}, ['documentNumber']))).to.deep.equal([
      'documentNumber identity.idNumber.scientific',
    ]);
  });

  it('takes 15 digits from paper, and counts age on the day the session starts', () => {
    const old = read({ name: '张三', documentNumber: '320599850615001' }, { fromPaper: true });
    expect(old.facts!.documentNumber).to.equal('320599198506150015');
    const cells = { name: '张三', documentNumber: '320599196105060011' };
    const first17 = cells.documentNumber.slice(0, 17);
    const born = { ...cells, documentNumber: first17 + idCheckCharacter(first17) };
    expect(read(born).warnings).to.deep.equal([
      { code: 'rosters.retired', column: 'documentNumber', details: { age: 60, limit: 60 } },
    ]);
    expect(read(born, { startsOn: '2021-05-05' }).warnings).to.deep.equal([]);
  });

  it('never throws, and gives facts exactly for a readable name and number (property)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('张三', '320599198506150015', '男', '2021-02-30', "'=1+1", '\u0000', '３．２Ｅ＋１７'),
    );
    const cells = fc.record(
      {
        name: text,
        documentType: text,
        documentNumber: text,
        gender: text,
        birthDay: text,
        mobile: text,
        education: text,
        householdRegistration: text,
        keyGroups: text,
        employer: text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(cells, fc.boolean(), (given, fromPaper) => {
        const row = read(given, { fromPaper });
        const unreadable = row.problems.some(({ column, code }) =>
          column === 'name'
            ? true
            : column === 'documentType' || (column === 'documentNumber' && code !== 'rosters.tooYoung'),
        );
        expect(row.facts === null).to.equal(unreadable);
        for (const one of [...row.problems, ...row.warnings, ...row.notes])
          expect(one.code).to.match(/^(identity|rosters)\.[\w.]+$/);
      }),
      { numRuns: 150 },
    );
  });

  it('reads a valid number the same however it is dressed (property)', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2004-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 5 }),
        (born, order, dress) => {
          const birthDay = born.toISOString().slice(0, 10);
          const first17 = `320599${birthDay.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
          const number = first17 + idCheckCharacter(first17);
          const wide = number.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
          const dressed = [
            number,
            number.toLowerCase(),
            wide,
            `'${number}`,
            `\t${number} `,
            number.replace(/(.{6})/, '$1 '),
          ][dress]!;
          const row = read({ name: '张三', documentNumber: dressed });
          expect(row.facts).to.include({
            documentNumber: number,
            birthDay,
            gender: order % 2 === 1 ? 'male' : 'female',
          });
        },
      ),
    );
  });
});
