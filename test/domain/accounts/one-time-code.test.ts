import { expect } from 'chai';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import {
  codeOfStep,
  fromBase32,
  needsOneTimeCode,
  provisioningUri,
  stepOf,
  stepOfCode,
  toBase32,
  type HmacSha1,
} from '../../../src/domain/accounts/one-time-code.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from '../../../src/domain/accounts/recovery-code.ts';
import { roles } from '../../../src/domain/accounts/actor.ts';

const hmac: HmacSha1 = (key, message) => createHmac('sha1', key).update(message).digest();
const secret = Buffer.from('12345678901234567890');

describe('domain/accounts/one-time-code', () => {
  it('gives the codes of RFC 4226 appendix D', () => {
    const codes = Array.from({ length: 10 }, (_, step) => codeOfStep(hmac, secret, step));
    expect(codes).to.deep.equal([
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ]);
  });

  it('gives the last six digits of RFC 6238 appendix B, far into the future too', () => {
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [20_000_000_000, '353130'],
    ] as const)
      expect(codeOfStep(hmac, secret, stepOf(new Date(seconds * 1000)))).to.equal(code);
  });

  it('takes the present code and its neighbours, as typed with spaces or full width, and no other', () => {
    const now = new Date(1_234_567_890_000);
    const at = (offset: number) => codeOfStep(hmac, secret, stepOf(now) + offset);
    for (const offset of [-1, 0, 1])
      expect(stepOfCode(hmac, secret, at(offset), now)).to.equal(stepOf(now) + offset);
    expect(stepOfCode(hmac, secret, '005 924', now)).to.equal(stepOf(now));
    expect(stepOfCode(hmac, secret, '００５９２４', now)).to.equal(stepOf(now));
    for (const wrong of [at(-2), at(2), '', '00592', '0059240', 'abcdef'])
      expect(stepOfCode(hmac, secret, wrong, now), wrong).to.equal(null);
  });

  it('writes secrets in base32 and reads them back', () => {
    expect(toBase32(Buffer.from('foobar'))).to.equal('MZXW6YTBOI');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect([...fromBase32(toBase32(bytes))]).to.deep.equal([...bytes]);
      }),
    );
    expect(() => fromBase32('A1')).to.throw(RangeError);
  });

  it('names issuer and account in the address for authenticators', () => {
    expect(provisioningUri('Skillroll', '李 敏', secret)).to.equal(
      'otpauth://totp/Skillroll:%E6%9D%8E%20%E6%95%8F?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Skillroll&algorithm=SHA1&digits=6&period=30',
    );
  });

  it('is required of the bureau and the administrators', () => {
    expect(roles.filter(needsOneTimeCode)).to.deep.equal([
      'systemAdministrator',
      'securityAdministrator',
      'auditor',
      'bureauOfficer',
      'bureauReviewer',
      'bureauReader',
    ]);
  });

  it('makes recovery codes that are read however they are typed', () => {
    let next = 0;
    const code = makeRecoveryCode((size) => Uint8Array.from({ length: size }, () => (next += 37) % 256));
    expect(code).to.match(/^([2-9A-HJKMNP-Z]{4}-){5}[2-9A-HJKMNP-Z]{4}$/);
    const letters = 31;
    expect(24 * Math.log2(letters), 'random bits').to.be.above(112);
    const plain = code.replaceAll('-', '');
    expect(normaliseRecoveryCode(` ${code.toLowerCase()} `)).to.equal(plain);
    expect(normaliseRecoveryCode(plain.slice(1))).to.equal(null);
    expect(normaliseRecoveryCode('abcd-efgh-jkmn'), 'one of before').to.equal('ABCDEFGHJKMN');
  });
});
