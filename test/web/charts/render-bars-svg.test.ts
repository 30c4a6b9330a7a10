import { expect } from 'chai';
import { renderBars } from '../../../src/web/charts/render-bars-svg.ts';

describe('src/web/charts/render-bars-svg', () => {
  const html = renderBars(
    [{ label: '<元和>', value: 14210 }],
    { id: 'a', title: 'T', desc: 'D' },
    '其他',
  ).toString();

  it('prints each label and value, escaped, in both sizes', () => {
    expect(html.match(/14,210/g)).to.have.length(2);
    expect(html.match(/&#60;元和&#62;/g)).to.have.length(2);
    expect(html).not.to.contain('style=');
  });
});
