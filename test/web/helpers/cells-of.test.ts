import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/cells-of', () => {
  it('draws a table with header cells, units and escaped content', () => {
    const html = draw('{{> table caption="表" columns=columns rows=rows foot=foot}}', {
      columns: [{ label: '姓名' }, { label: '报名', unit: '人', numeric: true }, { label: '状态' }],
      rows: [{ cells: [{ text: '<b>', href: '/p' }, 1284, { tag: 'draft' }] }],
      foot: ['合计', 1284, ''],
    });
    expect(html).to.contain('<caption').and.to.contain('报名（人）</th>');
    expect(html).to.contain('<th scope="row"').and.to.contain('<a href="/p">&lt;b&gt;</a>');
    expect(html.match(/>1,284</g)).to.have.length(2);
    expect(html).to.contain('草稿');
  });

  it('gives a cell the label of its column, in the language of the page', () => {
    const template = '{{#each (cellsOf columns cells)}}{{label}}|{{className}}|{{plain}};{{/each}}';
    const columns = [
      { label: 'Name' },
      { label: 'Enrolled', unit: 'persons', numeric: true },
      { label: 'x' },
    ];
    const cells = ['a', 38, { number: 3, heat: 4 }];
    expect(draw(template, { columns, cells }, { lang: 'en' })).to.equal(
      'Name||false;Enrolled (persons)|numeric|true;x| heat-4|false;',
    );
    expect(draw(template, { columns, cells })).to.contain('Enrolled（persons）');
  });

  it('refuses a row longer than the table', () => {
    expect(() => draw('{{#each (cellsOf columns cells)}}{{/each}}', { columns: [], cells: ['a'] })).to.throw(
      'more cells than columns',
    );
  });
});
