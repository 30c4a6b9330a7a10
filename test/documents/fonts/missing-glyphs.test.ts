import { expect } from 'chai';
import { findMissingGlyphs, nameMissingGlyphs } from '../../../src/documents/fonts/missing-glyphs.ts';

describe('documents/fonts/missing-glyphs', () => {
  it('finds nothing missing in names people have', () => {
    for (const name of ['张珊', '𠮷野', '阿不都热依木·买买提', 'Zoë Müller-O’Neill', '䶮', '李喆堃', '龑']) {
      expect(findMissingGlyphs(name), name).to.deep.equal([]);
    }
  });

  it('names each character no font has once, in order', () => {
    expect(findMissingGlyphs('王\u{3106c}小\u{2a6d7}\u{3106c}')).to.deep.equal(['\u{3106c}', '\u{2a6d7}']);
  });

  it('takes private-use code points, controls and the replacement character for missing', () => {
    expect(findMissingGlyphs('张\ue863')).to.deep.equal(['\ue863']);
    expect(findMissingGlyphs('张\u0007\ufffd')).to.deep.equal(['\u0007', '\ufffd']);
    expect(findMissingGlyphs('张\ud842')).to.have.length(1);
  });

  it('prints the code of a missing character on working papers', () => {
    expect(nameMissingGlyphs('王\u{2a6d7}')).to.equal('王[U+2A6D7]');
    expect(nameMissingGlyphs('王\ue863  五')).to.equal('王[U+E863] 五');
    expect(nameMissingGlyphs('张珊')).to.equal('张珊');
  });
});
