import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/within', () => {
  it('draws a partial around a block that still sees the page', () => {
    const html = draw('{{#each rows}}{{#within "card" title=name}}{{name}}-{{../word}}{{/within}}{{/each}}', {
      word: 'w',
      rows: [{ name: '<a>' }],
    });
    expect(html).to.contain('<h2 class="card__title">&lt;a&gt;</h2>').and.to.contain('&lt;a&gt;-w');
  });
});
