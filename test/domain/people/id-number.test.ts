import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkIdNumber,
  crossCheckIdNumber,
  idCheckCharacter,
  normaliseIdNumber,
} from '../../../src/domain/people/id-number.ts';
import { addDays } from '../../../src/domain/shared/calendar-day.ts';

// The table's births of 1900 are within 120 years on this day.
const today = '2020-06-01';

const birthDays = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays('1921-01-01', days));
const validNumbers = fc
  .tuple(fc.constantFrom('320599', '320507', '110105', '540121'), birthDays, fc.integer({ min: 0, max: 999 }))
  .map(([division, day, serial]) => {
    const first17 = `${division}${day.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
    return { number: first17 + idCheckCharacter(first17), day, gender: serial % 2 === 1 ? 'male' : 'female' };
  });

describe('domain/people/id-number', () => {
  const right: [string, string, string][] = [
    ['320507190001010013', '1900-01-01', 'male'],
    ['320507190001020019', '1900-01-02', 'male'],
    ['320507190505200021', '1905-05-20', 'female'],
    ['32050719000101003X', '1900-01-01', 'male'],
    ['320599198506150015', '1985-06-15', 'male'],
    ['320599199202290021', '1992-02-29', 'female'],
    ['32059919900307019X', '1990-03-07', 'male'],
  ];
  for (const [number, birthDay, gender] of right) {
    it(`takes ${number}: ${gender}, born ${birthDay}`, () => {
      expect(checkIdNumber(number, today)).to.deep.include({ ok: true, number, birthDay, gender });
    });
  }

  const wrong: [string, string, object][] = [
    ['320507190001010014', 'checkCharacter', {}],
    ['320599199102290024', 'noSuchDate', { date: '1991-02-29' }],
    ['320599209901010013', 'future', { date: '2099-01-01' }],
    ['32050719000101001', 'length', { length: 17 }],
    ['3205071900010100130', 'length', { length: 19 }],
    ['3.20507E+17', 'scientific', { shown: '3.20507E+17' }],
    ['3.2E17', 'scientific', { shown: '3.2E17' }],
    ['320599198506150000', 'cutByExcel', {}],
    ['320599850615001', 'fifteenDigits', {}],
    ['32059919850615O015', 'characters', { characters: 'O' }],
    ['3205991985061500X5', 'characters', { characters: 'X' }],
    ['', 'empty', {}],
    [" ' ", 'empty', {}],
  ];
  for (const [typed, code, details] of wrong) {
    it(`refuses ${typed === '' ? 'nothing' : typed}: ${code}`, () => {
      expect(checkIdNumber(typed, today)).to.deep.equal({
        ok: false,
        code: `identity.idNumber.${code}`,
        details,
      });
    });
  }

  it('refuses an age beyond 120 and takes 120 itself', () => {
    expect(checkIdNumber('320507190001010013', '2020-12-31')).to.include({ ok: true });
    expect(checkIdNumber('320507190001010013', '2021-01-01')).to.include({
      code: 'identity.idNumber.tooOld',
    });
  });

  it('takes somebody born today and refuses tomorrow', () => {
    expect(checkIdNumber('320599198506150015', '1985-06-15')).to.include({ ok: true });
    expect(checkIdNumber('320599198506150015', '1985-06-14')).to.include({
      code: 'identity.idNumber.future',
    });
  });

  it('takes what spreadsheets and phones add to a number', () => {
    const clean = '32059919900307019X';
    const typed = [
      ` ${clean}`,
      `'${clean}`,
      `\t${clean}\u00a0`,
      '３２０５９９１９９００３０７０１９Ｘ',
      '32059919900307019x',
      '320599 19900307\u3000019X',
      `\ufeff${clean}\u200b`,
    ];
    for (const one of typed) expect(normaliseIdNumber(one), JSON.stringify(one)).to.equal(clean);
  });

  it('converts 15 digits of paper history and says so', () => {
    const facts = checkIdNumber('320599850615001', today, { history: true });
    expect(facts).to.include({ ok: true, number: '320599198506150015', birthDay: '1985-06-15' });
    expect(facts.ok && facts.warnings.map((one) => one.code)).to.deep.equal([
      'identity.idNumber.convertedFrom15',
      'identity.idNumber.divisionUnknown',
    ]);
    expect(checkIdNumber('320599850231001', today, { history: true })).to.include({
      code: 'identity.idNumber.noSuchDate',
    });
  });

  it('remarks an unknown division and a residence permit, and refuses neither', () => {
    const codes = (number: string) => {
      const facts = checkIdNumber(number, today);
      return facts.ok ? facts.warnings.map((one) => one.code) : facts.code;
    };
    expect(codes('320507190001010013')).to.deep.equal([]);
    expect(codes('320599198506150015')).to.deep.equal(['identity.idNumber.divisionUnknown']);
    const permit = '81000019850615001';
    expect(codes(permit + idCheckCharacter(permit))).to.deep.equal(['identity.idNumber.residencePermit']);
    const oldCounty = '32052419650615001';
    expect(codes(oldCounty + idCheckCharacter(oldCounty))).to.deep.equal([]);
  });

  it('compares with birth day and gender typed beside it', () => {
    const male = { birthDay: '1985-06-15', gender: 'male' } as const;
    expect(crossCheckIdNumber(male, { birthDay: '1985-06-15', gender: 'male' })).to.deep.equal([]);
    expect(crossCheckIdNumber(male, { birthDay: null, gender: null })).to.deep.equal([]);
    expect(crossCheckIdNumber(male, { birthDay: '1985-06-16', gender: 'female' })).to.deep.equal([
      { code: 'identity.birthDayDiffers', details: { typed: '1985-06-16', inNumber: '1985-06-15' } },
      { code: 'identity.numberSaysMale', details: {} },
    ]);
  });

  it('takes every number built by the rule', () => {
    fc.assert(
      fc.property(validNumbers, ({ number, day, gender }) => {
        expect(checkIdNumber(number, today)).to.deep.include({ ok: true, number, birthDay: day, gender });
      }),
    );
  });

  it('refuses every number with one digit changed', () => {
    const changes = fc.tuple(validNumbers, fc.nat(17), fc.constantFrom(...'0123456789X'));
    fc.assert(
      fc.property(changes, ([{ number }, at, digit]) => {
        fc.pre(number[at] !== digit);
        expect(checkIdNumber(number.slice(0, at) + digit + number.slice(at + 1), today).ok).to.equal(false);
      }),
    );
  });

  it('refuses every number with two neighbours swapped', () => {
    fc.assert(
      fc.property(validNumbers, fc.nat(15), ({ number }, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(checkIdNumber(swapped, today).ok).to.equal(false);
      }),
    );
  });

  it('answers anything at all without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (typed) => typeof checkIdNumber(typed, today).ok === 'boolean',
      ),
    );
  });
});
