import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkCreditCode,
  creditCheckCharacter,
  organisationCheckCharacter,
} from '../../../src/domain/organisations/credit-code.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const validCodes = fc
  .tuple(
    fc.constantFrom('91', '92', '52', '12', 'N2'),
    fc.stringMatching(/^\d{6}$/),
    fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }),
  )
  .map(([kind, division, places]) => {
    const organisation = places.map((place) => alphabet[place]).join('');
    const first17 = kind + division + organisation + organisationCheckCharacter(organisation);
    return first17 + creditCheckCharacter(first17);
  });

describe('domain/organisations/credit-code', () => {
  for (const code of [
    '91320507TEXT00017G',
    '91320507MA0000015J',
    '52320507MJ0000018D',
    '1232050746000001XQ',
    '91320507MA000004X0',
    '91350100M000100Y43',
  ]) {
    it(`takes ${code}`, () => expect(checkCreditCode(code)).to.deep.equal({ ok: true, code, doubt: null }));
  }

  for (const code of ['91320507TEXT00017H', '91350203M0001QKT19']) {
    it(`asks for a reason for ${code}, whose check character differs`, () => {
      expect(checkCreditCode(code)).to.deep.equal({
        ok: 'needs-reason',
        code,
        doubt: 'creditCodes.checkCharacter',
      });
    });
  }

  it('asks for a reason when only the organisation part fails its own check', () => {
    const first17 = '91320507TEXT00018';
    const code = first17 + creditCheckCharacter(first17);
    expect(checkCreditCode(code)).to.deep.equal({
      ok: 'needs-reason',
      code,
      doubt: 'creditCodes.organisationPart',
    });
  });

  const wrong: [string, string, object][] = [
    ['', 'empty', {}],
    ['91320507TEXT0001', 'length', { length: 16 }],
    ['91320507TEXT00017GG', 'length', { length: 19 }],
    ['91320507MAOO00015J', 'characters', { characters: 'O' }],
    ['91320507SIZV00015J', 'characters', { characters: 'S I Z V' }],
    ['01320507MA0000015J', 'authority', { character: '0' }],
    ['9132050AMA0000015J', 'division', {}],
    ['9.13205E+17', 'scientific', { shown: '9.13205E+17' }],
  ];
  for (const [typed, code, details] of wrong) {
    it(`refuses ${JSON.stringify(typed)}: ${code}`, () => {
      expect(checkCreditCode(typed)).to.deep.equal({ ok: false, code: `creditCodes.${code}`, details });
    });
  }

  it('takes spaces, hyphens, lower case and full width', () => {
    expect(checkCreditCode(' 91320507-ma000001-5j\t')).to.include({ ok: true, code: '91320507MA0000015J' });
    expect(checkCreditCode('９１３２０５０７ＭＡ０００００１５Ｊ')).to.include({ ok: true });
  });

  it('takes every code built by both rules, and doubts it with one place changed', () => {
    fc.assert(
      fc.property(
        validCodes,
        fc.integer({ min: 8, max: 17 }),
        fc.constantFrom(...alphabet),
        (code, at, other) => {
          expect(checkCreditCode(code)).to.include({ ok: true });
          fc.pre(code[at] !== other);
          expect(checkCreditCode(code.slice(0, at) + other + code.slice(at + 1))).to.include({
            ok: 'needs-reason',
          });
        },
      ),
    );
  });
});
