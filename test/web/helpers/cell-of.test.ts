import { expect } from 'chai';
import { cellOf } from '../../../src/web/helpers/cell-of.ts';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/cell-of', () => {
  it('reads text, numbers, nothing and objects', () => {
    expect(cellOf('a').text).to.equal('a');
    expect(cellOf(1284).text).to.equal('1,284');
    expect(cellOf(null).text).to.equal('—');
    expect(cellOf({ number: 1284, href: '/x' })).to.include({ text: '1,284', href: '/x' });
    expect(cellOf({ number: null }).text).to.equal('—');
  });

  it('refuses keys it does not know', () => {
    expect(() => cellOf({ txet: 'a' })).to.throw('txet');
    expect(() => cellOf(undefined)).to.throw('undefined');
  });

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
});
