import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

const text = (html: string): string => html.replace(/<[^>]+>/g, '');

describe('src/web/helpers/cert-number', () => {
  it('groups 1-4-2-6-2-1-6, and the text copied stays whole', () => {
    const html = draw('{{certNumber n}}', { n: 'S000032999999214000112' });
    expect([...html.matchAll(/<span>(\w+)<\/span>/g)].map((match) => match[1])).to.deep.equal([
      ...['S', '0000', '32', '999999', '21', '4', '000112'],
    ]);
    expect(text(html)).to.equal('S000032999999214000112');
  });

  it('leaves any other number in one piece, escaped', () => {
    expect(text(draw('{{certNumber n}}', { n: '2110320507<b>' }))).to.equal('2110320507&lt;b&gt;');
    expect(() => draw('{{certNumber n}}', { n: null })).to.throw('{{certNumber}}');
  });
});
