import { expect } from 'chai';
import fc from 'fast-check';
import { checkPersonName, personNameKey } from '../../../src/domain/people/person-name.ts';

describe('domain/people/person-name', () => {
  it('keeps the name as typed and compares by a key', () => {
    expect(checkPersonName(' 张　三\t')).to.deep.equal({ ok: true, name: '张　三', key: '张三' });
  });

  const alike: [string, string][] = [
    ['张 三', '张三'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉‧买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉・买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉･买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉．买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 . 买买提', '阿卜杜拉·买买提'],
    ['Ｊｏｈｎ  Smith', 'john smith'],
    ['José', 'Jose\u0301'],
    ["'张三", '张三'],
  ];
  for (const [one, other] of alike) {
    it(`compares ${one} and ${other} as one`, () =>
      expect(personNameKey(one)).to.equal(personNameKey(other)));
  }

  it('keeps different names apart', () => {
    const names = ['张三', '张珊', '章三', '阿卜杜拉', '𠮷田', '吉田', '\u{3106C}三'];
    expect(new Set(names.map(personNameKey)).size).to.equal(names.length);
  });

  const unreadable: [string, string, number][] = [
    ['张?', '?', 2],
    ['？三', '？', 1],
    ['李□', '□', 2],
    ['𠮷\ue123', '\ue123', 2],
    ['王\ufffd', '\ufffd', 2],
    ['王\u{f0001}五', '\u{f0001}', 2],
  ];
  for (const [typed, character, position] of unreadable) {
    it(`asks for character ${position} of ${JSON.stringify(typed)} again`, () => {
      expect(checkPersonName(typed)).to.deep.equal({
        ok: false,
        code: 'identity.name.unreadable',
        details: { character, position },
      });
    });
  }

  it('takes 2 to 50 characters, counting rare ones once', () => {
    expect(checkPersonName('张')).to.deep.include({ ok: false, details: { length: 1 } });
    expect(checkPersonName('𠮷')).to.deep.include({ ok: false, details: { length: 1 } });
    expect(checkPersonName('𠮷\u{3106C}')).to.include({ ok: true });
    expect(checkPersonName('一'.repeat(50)).ok).to.equal(true);
    expect(checkPersonName('一'.repeat(51))).to.deep.include({ ok: false, details: { length: 51 } });
    expect(checkPersonName(' \u3000')).to.include({ code: 'identity.name.empty' });
  });

  it('has a key that is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const key = personNameKey(typed);
        expect(personNameKey(key)).to.equal(key);
      }),
    );
  });
});
