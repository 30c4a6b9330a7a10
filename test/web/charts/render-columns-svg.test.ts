import { expect } from 'chai';
import { layoutColumns } from '../../../src/web/charts/layout-columns.ts';
import { renderColumns, renderColumnsSvg } from '../../../src/web/charts/render-columns-svg.ts';

const words = { id: 'm', title: 'May & June', desc: '<b>' };
const data = [
  { month: 1, value: 1200, lastYear: 900, provisional: false },
  { month: 2, value: 800, lastYear: null, provisional: true },
  { month: 3, value: null, lastYear: 700, provisional: false },
];

describe('src/web/charts/render-columns-svg', () => {
  const svg = renderColumnsSvg(layoutColumns(data, { width: 720, height: 288 }), words, 'wide');

  it('fills this year, outlines last year, hatches the provisional and leaves a gap', () => {
    expect(svg.match(/class="bar"/g)).to.have.length(1);
    expect(svg.match(/class="bar--provisional" fill="url\(#m-wide-hatch\)"/g)).to.have.length(1);
    expect(svg.match(/class="outline"/g)).to.have.length(2);
    expect(svg).to.contain('<pattern id="m-wide-hatch"').and.to.contain('>…<');
  });

  it('uses classes and attributes only, and escapes its words', () => {
    expect(svg).not.to.contain('style=').and.not.to.contain('<b>');
    expect(svg).to.contain('May &#38; June');
  });

  it('comes in two sizes whose names differ', () => {
    const both = renderColumns(data, words).toString();
    const ids = [...both.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(both).to.contain('plot--wide').and.to.contain('plot--narrow');
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
