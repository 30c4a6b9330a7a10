import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/build', () => {
  it('puts objects, lists and text together', () => {
    expect(draw('{{#with (object href="/x" text=word)}}{{href}} {{text}}{{/with}}', { word: '<' })).to.equal(
      '/x &lt;',
    );
    expect(draw('{{#each (array "a" "b")}}{{this}};{{/each}}')).to.equal('a;b;');
    expect(draw('{{concat "row-" id}}', { id: 7 })).to.equal('row-7');
  });
});
