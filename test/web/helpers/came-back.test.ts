import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/came-back', () => {
  const errors = [{ field: 'reason', message: '写明原因。' }];
  const two =
    '<a>{{> field name="reason" label="一" value=(typedIn "" "甲")}}</a>' +
    '<b>{{#if (cameBack "-two")}}open{{/if}}{{> field name="reason" key="-two" label="二" value=(typedIn "-two" "甲")}}</b>';
  const partsOf = (form: string | null) => {
    const html = draw(two, {}, { errors: form === null ? [] : errors, form });
    return [html.slice(0, html.indexOf('<b>')), html.slice(html.indexOf('<b>'))];
  };

  it('gives error and typed value to the form that came back alone', () => {
    const [first, second] = partsOf('-two');
    expect(first).to.not.include('写明原因').and.not.include('甲');
    expect(second)
      .to.include('写明原因。')
      .and.include('id="f-reason-two-error"')
      .and.include('value="甲"')
      .and.include('open');
  });

  it('takes a form without a key for the one whose fields have none', () => {
    const [first, second] = partsOf('');
    expect(first).to.include('id="f-reason-error"').and.include('value="甲"');
    expect(second).to.not.include('写明原因').and.not.include('甲').and.not.include('open');
  });

  it('opens none on a fresh page', () => {
    expect(partsOf(null).join('')).to.not.include('甲').and.not.include('open');
  });

  it('leads the summary to the field of that form', () => {
    const html = draw('{{> error-summary}}', {}, { errors, form: '-two' });
    expect(html).to.include('href="#f-reason-two"');
  });
});
