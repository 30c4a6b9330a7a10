import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkCertificateNumber,
  composeCertificateNumber,
  holdsIdentityNumber,
  normaliseCertificateNumber,
  parseCertificateNumber,
} from '../../../src/domain/certifications/certificate-number.ts';
import { skillLevels } from '../../../src/domain/certifications/skill-levels.ts';

const senior2021 = { skillLevel: 'senior', issuedOn: '2021-12-07' };
const codesOf = (...given: Parameters<typeof checkCertificateNumber>) =>
  checkCertificateNumber(...given).map(({ severity, code }) => `${severity} ${code.split('.').at(-1)}`);

describe('domain/certifications/certificate-number', () => {
  it('takes a number that agrees with its facts', () => {
    expect(
      codesOf('skill_level', 'S000032999999213000001', { ...senior2021, prefix: 'S000032999999' }),
    ).to.deep.equal([]);
    expect(
      codesOf('skill_level', 'Y000032999998215000123', { skillLevel: 'junior', issuedOn: '2021-01-01' }),
    ).to.deep.equal([]);
  });

  it('refuses another level in place 16, in figures both languages share', () => {
    expect(
      checkCertificateNumber('skill_level', 'S000032999999213000001', {
        ...senior2021,
        skillLevel: 'intermediate',
      }),
    ).to.deep.equal([
      {
        code: 'certificates.number.levelDiffers',
        severity: 'error',
        details: { inNumber: '3', chosen: '4' },
      },
    ]);
  });

  it('refuses 21 places', () => {
    expect(checkCertificateNumber('skill_level', 'S00003299999921300001', senior2021)).to.deep.equal([
      { code: 'certificates.number.shape22', severity: 'error', details: { length: '21' } },
    ]);
  });

  it('warns of another year, another evaluator and an unknown class letter', () => {
    expect(
      codesOf('skill_level', 'Z000032999999203000001', { ...senior2021, prefix: 'S000032999999' }),
    ).to.deep.equal(['warning unknownClass', 'warning yearDiffers', 'warning prefixDiffers']);
  });

  it('lets a letter stand in place 16 above 一级', () => {
    expect(
      codesOf('skill_level', 'Y00003299999821T000001', {
        skillLevel: 'master_technician',
        issuedOn: '2021-03-01',
      }),
    ).to.deep.equal([]);
  });

  it('names look-alike letters and changes none', () => {
    expect(normaliseCertificateNumber('SO00032999999213000001')).to.equal('SO00032999999213000001');
    expect(checkCertificateNumber('skill_level', 'SO00032999999213000I01', senior2021)).to.deep.equal([
      { code: 'certificates.number.lookalike', severity: 'error', details: { letters: 'O I' } },
    ]);
    expect(codesOf('national_qualification', 'O910010000300123', senior2021)).to.deep.equal([
      'error lookalike',
    ]);
  });

  it('reads the level of a 16-digit number from place 11 and its year from the first two', () => {
    const facts = { skillLevel: 'senior', issuedOn: '2009-05-05' };
    expect(codesOf('national_qualification', '0910010000300123', facts)).to.deep.equal([]);
    expect(codesOf('national_qualification', '0910010000400123', facts)).to.deep.equal([
      'error levelDiffers',
    ]);
    expect(codesOf('national_qualification', '1010010000300123', facts)).to.deep.equal([
      'warning yearDiffers',
    ]);
    expect(codesOf('national_qualification', '0001234567890123', facts)).to.deep.equal([]);
    expect(codesOf('national_qualification', '091001000030012', facts)).to.deep.equal(['error shape16']);
  });

  it('takes 6 to 32 characters for kinds without a national scheme', () => {
    expect(codesOf('special_skill', '苏专2021-1', senior2021)).to.deep.equal([]);
    expect(codesOf('special_skill', '12345', senior2021)).to.deep.equal(['error shapeFree']);
    expect(codesOf('special_skill', '1'.repeat(33), senior2021)).to.deep.equal(['error shapeFree']);
  });

  it('recognises an identity number in disguise', () => {
    expect(
      ['T320599198506150015', '32059919900307019X', 'S000032999999213000001'].map(holdsIdentityNumber),
    ).to.deep.equal([true, true, false]);
  });

  it('composes what it parses', () => {
    const parts = fc.record({
      prefix: fc.stringMatching(/^[YS]\d{12}$/),
      year: fc.integer({ min: 2019, max: 2098 }),
      level: fc.constantFrom(...skillLevels.filter((level) => level.digit !== null)),
      serial: fc.integer({ min: 1, max: 999_999 }),
    });
    fc.assert(
      fc.property(parts, ({ prefix, year, level, serial }) => {
        const number = composeCertificateNumber({ prefix, year, level: level.code, serial });
        expect(number).to.match(/^[YS]\d{21}$/);
        expect(
          normaliseCertificateNumber(` ${number.slice(0, 5)} ${number.slice(5).toLowerCase()}`),
        ).to.equal(number);
        expect(parseCertificateNumber(number)).to.deep.equal({
          prefix,
          year: String(year).slice(2),
          levelCode: level.digit,
          serial: String(serial).padStart(6, '0'),
        });
        expect(
          checkCertificateNumber('skill_level', number, {
            skillLevel: level.code,
            issuedOn: `${year}-06-01`,
            prefix,
          }),
        ).to.deep.equal([]);
      }),
    );
  });

  it('throws rather than compose a number that is none', () => {
    const good = { prefix: 'S000032999999', year: 2021, level: 'senior', serial: 1 };
    expect(() => composeCertificateNumber({ ...good, prefix: 'S00003299999' })).to.throw('prefix');
    expect(() => composeCertificateNumber({ ...good, level: 'apprentice' })).to.throw('apprentice');
    expect(() => composeCertificateNumber({ ...good, serial: 0 })).to.throw('serial');
    expect(() => composeCertificateNumber({ ...good, serial: 1_000_000 })).to.throw('serial');
  });
});
