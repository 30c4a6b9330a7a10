import { expect } from 'chai';
import { faultOfPassword } from '../../../src/domain/accounts/password-rule.ts';
import { placeWords } from '../../../src/domain/accounts/place-words.ts';
import { delayAfter } from '../../../src/domain/accounts/sign-in-rules.ts';
import { areas } from '../../../src/persistence/seeds/reference/areas.ts';

describe('domain/accounts/sign-in-rules', () => {
  it('slows an account or an address after many misses, never more than 8 seconds', () => {
    expect(delayAfter({ account: 9, address: 29 })).to.equal(0);
    expect(delayAfter({ account: 10, address: 0 })).to.equal(250);
    expect(delayAfter({ account: 0, address: 31 })).to.equal(500);
    expect(delayAfter({ account: 1_000_000, address: 0 })).to.equal(8_000);
  });
});

describe('domain/accounts/password-rule', () => {
  const owner = { userName: 'limin.2021', displayName: '李敏' };
  const isCommon = (text: string) => ['password', 'iloveyou', 'correcthorse12'].includes(text);
  const reference = { areas };
  const fault = (password: string) => faultOfPassword(password, owner, isCommon, placeWords(reference));

  it('takes a sentence of any letters', () => {
    for (const good of [
      'correct horse battery',
      '春眠不觉晓处处闻啼鸟夜来',
      'jK9#mQ2$vL5p',
      'Skillroll, quietly at dawn',
    ])
      expect(fault(good), good).to.equal(null);
  });

  it('wants twelve characters, counted as one sees them', () => {
    expect(fault('jK9#mQ2$vL5')).to.equal('shortPassword');
    expect(fault('𠮷𠮷𠮷𠮷𠮷𠮷')).to.equal('shortPassword');
  });

  it('refuses common passwords, with digits hung on, or written twice', () => {
    for (const common of ['correcthorse12', 'Password123456', '2021!password', 'iloveyouiloveyou'])
      expect(fault(common), common).to.equal('commonPassword');
  });

  it('refuses repetition and counting', () => {
    for (const dull of ['aaaaaaaaaaaaaa', 'abababababab', 'abcdabcdabcd', '123456789012', 'zyxwvutsrqponm'])
      expect(fault(dull), dull).to.equal('monotonousPassword');
  });

  it('refuses the name with little else', () => {
    expect(fault('limin.2021-99')).to.equal('namePassword');
  });

  it('refuses words of the product, the offices, the district and its areas with little else', () => {
    for (const here of [
      'Skillroll-2021',
      'XiangchengSuzhou21',
      '相城区人社局培训证书管理员2021',
      'Taiping-peixun-99',
      '阳澄湖镇技能培训密码12345',
    ])
      expect(fault(here), here).to.equal('placePassword');
  });
});
