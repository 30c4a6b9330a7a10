import { expect } from 'chai';
import { otherSpellings, pairId } from '../../../src/domain/people/duplicate.ts';
import { anIdNumber } from '../../support/rosters.ts';

describe('domain/people/duplicate', () => {
  const spellings = (documentType: string, number: string) =>
    otherSpellings(documentType, number, '2021-05-01').map((one) => `${one.documentType} ${one.number}`);

  it('finds the 15 digits of an identity number under a passport, and the 18 of 15', () => {
    const number = anIdNumber('1985-02-03');
    const fifteen = number.slice(0, 6) + number.slice(8, 17);
    expect(spellings('resident_identity_card', number)).to.deep.equal([`passport ${fifteen}`]);
    expect(spellings('passport', fifteen)).to.include(`resident_identity_card ${number}`);
  });

  it('has no 15 digits for a birth in this century', () => {
    expect(spellings('resident_identity_card', anIdNumber('2001-02-03'))).to.deep.equal([]);
  });

  it('reads a residence permit as an identity card too, and a travel permit with and without renewals', () => {
    expect(spellings('hk_macao_permit', 'H1234567802'))
      .to.include('hk_macao_permit H12345678')
      .and.to.include('hk_macao_permit H1234567801')
      .and.to.include('passport H12345678')
      .and.not.to.include('hk_macao_permit H1234567802');
    expect(spellings('taiwan_permit', '12345678')).to.have.members([
      'passport 12345678',
      'military_officer_card 12345678',
    ]);
  });

  it('names a pair alike in either order', () => {
    expect(pairId('b', 'a')).to.equal(pairId('a', 'b'));
  });
});
