import { expect } from 'chai';
import { element, escapeXml, picture } from '../../../src/web/charts/svg.ts';

describe('src/web/charts/svg', () => {
  it('escapes attributes and leaves out those without value', () => {
    expect(element('rect', { class: '"><script>', x: 1, y: undefined })).to.equal(
      '<rect class="&#34;&#62;&#60;script&#62;" x="1"/>',
    );
    expect(escapeXml(`<&'">`)).to.equal('&#60;&#38;&#39;&#34;&#62;');
  });

  it('names and describes a picture, and sizes it by the text', () => {
    const svg = picture(
      { width: 320, height: 160 },
      { id: 'a', className: 'plot', title: 'T<', desc: 'D' },
      '<g/>',
    );
    expect(svg).to.contain('role="img"').and.to.contain('aria-labelledby="a-title a-desc"');
    expect(svg).to.contain('<title id="a-title">T&#60;</title><desc id="a-desc">D</desc><g/>');
    expect(svg).to.contain('width="20rem" height="10rem"').and.to.contain('viewBox="0 0 320 160"');
  });
});
