// F14 and F20 clause by clause.
import { expect } from 'chai';
import { buildYear, countMeasure, type CertificateFact } from '../../../src/domain/headcounts/index.ts';
import { aCertificate, endOf2022, instantOf, someFacts } from './build-facts.ts';
import { moved, numbers } from './moved-figures.ts';

const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

describe('domain/headcounts/certificate-rows', () => {
  const c1 = aCertificate('1');
  const second = aCertificate('2', { issuedOn: '2021-09-01', rank: 5, skillLevel: 'technician' });
  const lower = aCertificate('3', { issuedOn: '2021-02-01', rank: 3, skillLevel: 'intermediate' });
  const earlier = aCertificate('4', { issuedOn: '2019-09-01', countedArea: '110105' });
  const withCertificates = (...certificates: CertificateFact[]) => someFacts({ certificates });
  const revoked = (certificate: CertificateFact) => ({ ...certificate, endedAt: instantOf('2022-03-01') });

  it('counts a person with two certificates once, with the certificates beside it', () => {
    expect(numbers(withCertificates(c1, second, lower))).to.include({
      F14: 1,
      'F14 certificates': 3,
      F20: 1,
      'F20 highSkilledGross': 1,
    });
  });

  it('revoking the only one: F14 -1, F20 -1', () => {
    expect(moved(withCertificates(c1), withCertificates(revoked(c1)))).to.deep.equal({
      F14: -1,
      'F14 certificates': -1,
      F20: -1,
      'F20 highSkilledGross': -1,
    });
  });

  it('revoking one of two: F14 0, F20 0', () => {
    const change = moved(withCertificates(c1, second), withCertificates(revoked(c1), second));
    expect(change).to.deep.equal({ 'F14 certificates': -1 });
  });

  it('revoking an earlier one of rank 4: F14 0, F20 +1', () => {
    const change = moved(withCertificates(c1, earlier), withCertificates(c1, revoked(earlier)));
    expect(change).to.deep.equal({ F20: 1 });
    expect(numbers(withCertificates(c1, earlier))).to.include({
      F14: 1,
      F20: 0,
      'F20 highSkilledGross': 1,
    });
  });

  it('completion and special-skill certificates move neither, this year or before', () => {
    for (const kind of ['training_completion', 'special_skill', 'startup_completion', 'special_operation']) {
      const other = aCertificate('9', { kind, personId: 'li' });
      const before = aCertificate('8', { kind, issuedOn: '2020-01-01' });
      expect(moved(withCertificates(c1), withCertificates(c1, other, before))).to.deep.equal({});
    }
  });

  it('an earlier certificate below rank 4 does not make the person high-skilled before', () => {
    expect(numbers(withCertificates(c1, { ...earlier, rank: 3 }))).to.include({ F20: 1 });
  });

  it('counts for the district by the evaluator site set at issue, and first issues of the year only', () => {
    const elsewhere = withCertificates(
      { ...c1, countedArea: '320506' },
      aCertificate('5', { issuedOn: '2022-01-01' }),
    );
    expect(numbers(elsewhere)).to.include({
      F14: 0,
      'F14 certificates': 0,
      F20: 0,
      'F20 highSkilledGross': 0,
    });
  });

  it('places a talent at the first qualifying certificate of the year, by day, then number', () => {
    const sameDay = { issuedOn: '2021-08-01', personId: 'wang' };
    const a = aCertificate('7', { ...sameDay, areaCode: '320507001' });
    const b = aCertificate('6', { ...sameDay, areaCode: '320507002' });
    const columns = buildYear(withCertificates(a, b, second, c1, lower), 2021);
    const talents = (member: string, dimension: 'area' | 'month') =>
      countMeasure(columns, 'highSkilledTalents', { ...district, where: [{ dimension, member }] }).value;
    expect(['320507001', '320507002'].map((area) => talents(area, 'area'))).to.deep.equal([1, 1]);
    expect(['02', '07', '08', '09'].map((month) => talents(month, 'month'))).to.deep.equal([0, 1, 1, 0]);
  });
});
