import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/error-for', () => {
  const errors = [{ field: 'title', message: '填写班名。' }];

  it("finds the frame's error of the field's name", () => {
    const html = draw(
      '{{> field name="title" label="班名"}}{{> field name="other" label="其他"}}',
      {},
      { errors },
    );
    expect(html.match(/填写班名。/g)).to.have.length(1);
    expect(html.match(/aria-invalid="true" aria-describedby="f-title-error"/g)).to.have.length(1);
  });

  it('takes the one given before it', () => {
    expect(draw('{{errorFor "title" "另一句"}}', {}, { errors })).to.equal('另一句');
    expect(draw('{{errorFor "title" ""}}', {}, { errors })).to.equal('填写班名。');
  });
});
