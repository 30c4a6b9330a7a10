import { expect } from 'chai';
import { maskText } from '../../../src/domain/trail/mask-text.ts';

describe('domain/trail/mask-text', () => {
  const cases: readonly [string, string][] = [
    ['身份证320507199001011234有误', '身份证320507********1234有误'],
    ['32050719900101123X', '320507********123X'],
    ['电话13912345678。', '电话139****5678。'],
    ['320507900101123 旧号', '320507******123 旧号'],
    ['证书S000032990005203000001', '证书S000032990005203000001'],
    ['流水号202100000012，2021-05-06', '流水号202100000012，2021-05-06'],
    ['01dxf6dt00f8a5ztrf1pnb2jgs', '01dxf6dt00f8a5ztrf1pnb2jgs'],
    ['', ''],
  ];
  for (const [text, masked] of cases)
    it(`shows ${masked || 'nothing'}`, () => expect(maskText(text)).to.equal(masked));
});
