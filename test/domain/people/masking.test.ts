import { expect } from 'chai';
import fc from 'fast-check';
import {
  maskDocumentNumber,
  maskMobile,
  maskName,
  maskToLastFour,
} from '../../../src/domain/people/masking.ts';

describe('domain/people/masking', () => {
  const documents: [string, string][] = [
    ['320507190001010013', '320507********0013'],
    ['32059919900307019X', '320599********019X'],
    ['T320507190001010013', 'T320507********0013'],
    ['320599850615001', '320599******001'],
    ['E12345678', 'E******78'],
    ['H12345678', 'H******78'],
    ['军字第1234567号', '军********7号'],
    ['1234', '1***'],
  ];
  for (const [number, masked] of documents) {
    it(`masks ${number} as ${masked}`, () => expect(maskDocumentNumber(number)).to.equal(masked));
  }

  it('never shows the birth date of an 18-place number', () => {
    const digits = fc.stringMatching(/^\d{18}$/);
    fc.assert(
      fc.property(digits, (number) => {
        expect(maskDocumentNumber(number).slice(6, 14)).to.equal('********');
      }),
    );
  });

  it('shows the last four alone to the public, fewer of a short number', () => {
    expect(maskToLastFour('320507190001010013')).to.equal('**************0013');
    expect(maskToLastFour('1234567')).to.equal('*****67');
  });

  it('masks mobiles', () => {
    expect(maskMobile('13812340000')).to.equal('138****0000');
    expect(maskMobile('0512-65850000')).to.equal('***********00');
  });

  const names: [string, string][] = [
    ['张三', '张*'],
    ['张三丰', '张*'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    ['阿卜杜拉·买买提', '阿卜杜拉·*'],
    ['John Smith', 'J*'],
    ['𠮷田', '𠮷*'],
    ['', '*'],
  ];
  for (const [name, masked] of names) {
    it(`masks the name ${JSON.stringify(name)} as ${masked}`, () => expect(maskName(name)).to.equal(masked));
  }
});
