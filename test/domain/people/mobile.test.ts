import { expect } from 'chai';
import { checkLandline, checkMobile } from '../../../src/domain/people/mobile.ts';

describe('domain/people/mobile', () => {
  for (const typed of [
    '19900000000',
    '+8619900000000',
    '86 199 0000 0000',
    '0086-199-0000-0000',
    "'１９９００００００００",
    '199\u00a00000\t0000',
  ]) {
    it(`takes ${JSON.stringify(typed)}`, () => {
      expect(checkMobile(typed)).to.deep.equal({ ok: true, number: '19900000000' });
    });
  }

  const wrong: [string, string, object][] = [
    ['', 'empty', {}],
    ['1990000000', 'shape', { length: 10 }],
    ['12900000000', 'shape', { length: 11 }],
    ['199000000000', 'shape', { length: 12 }],
    ['051265850000', 'shape', { length: 12 }],
    ['1.99E+10', 'scientific', { shown: '1.99E+10' }],
  ];
  for (const [typed, code, details] of wrong) {
    it(`refuses ${JSON.stringify(typed)}: ${code}`, () => {
      expect(checkMobile(typed)).to.deep.equal({ ok: false, code: `identity.mobile.${code}`, details });
    });
  }

  it('takes landlines with area code and extension only', () => {
    expect(checkLandline('0512－６５８５００００')).to.deep.equal({ ok: true, number: '0512-65850000' });
    expect(checkLandline('051265850000-801')).to.include({ ok: true });
    expect(checkLandline('65850000')).to.include({ ok: false, code: 'identity.landline.shape' });
  });
});
