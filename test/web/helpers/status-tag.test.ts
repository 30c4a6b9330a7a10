import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/status-tag', () => {
  it('gives tone, shape and word of a state', () => {
    const template = '{{#with (statusTag code)}}{{tone}} {{shape}} {{t wordKey}}{{/with}}';
    expect(draw(template, { code: 'late' })).to.equal('warn triangle 迟到');
    expect(() => draw(template, { code: 'asleep' })).to.throw('no status "asleep"');
    expect(() => draw(template, { code: null })).to.throw('{{statusTag}}');
  });

  it('gives every answer of a check its own shape', () => {
    const shapes = draw(
      '{{#each (array "valid" "expired" "revoked" "replaced" "unknown" "elsewhere")}}{{verdictShape this}} {{/each}}',
    );
    expect(new Set(shapes.trim().split(' ')).size).to.equal(6);
    expect(() => draw('{{verdictShape "fine"}}')).to.throw('fine');
  });
});
