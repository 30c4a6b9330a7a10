import { expect } from 'chai';
import { readSignature } from '../../src/web/template-checks.ts';
import { draw } from '../support/draw.ts';

const figure = 'label="x" value=1 unit="persons"';

describe('src/web/template-checks', () => {
  it('reads required and optional arguments from the first line', () => {
    expect(readSignature('{{!-- args: name label hint? -- a field --}}\n<p>')).to.deep.equal({
      required: ['name', 'label'],
      optional: ['hint'],
    });
    expect(readSignature('<p>')).to.deep.equal({ required: [], optional: [] });
  });

  const refusals: Record<string, string> = {
    '{{> nothing a=1}}': 'there is no partial "nothing"',
    '{{> field name="a"}}': 'the partial "field" needs label',
    '{{> field name="a" label="b" hnit="c"}}': 'the partial "field" takes no hnit',
    [`{{> figure ${figure}}}`]: 'the partial "figure" needs definition',
    '{{#within "card" titel="x"}}a{{/within}}': 'the partial "card" takes no titel',
    '{{shout name}}': 'there is no helper "shout"',
    '{{#if (shout name)}}a{{/if}}': 'there is no helper "shout"',
    '{{t "shared.noSuchKey"}}': 'there is no wording "shared.noSuchKey"',
    '{{t "shared.button.importPeople"}}': 'takes count',
    '{{t "shared.button.save" count=2 who="x"}}': 'takes no parameter',
    '{{> notice text=(t "shared.noSuchKey")}}': 'there is no wording',
    '{{#each rows}}{{> field name="a"}}{{/each}}': 'needs label',
    '{{#if a}}b{{else}}{{> field name="a"}}{{/if}}': 'needs label',
  };
  for (const [template, message] of Object.entries(refusals)) {
    it(`refuses ${template}`, () => {
      expect(() => draw(template, { name: 'x', rows: [], a: true })).to.throw(message);
    });
  }

  it('gives a partial its named arguments and nothing else of the page', () => {
    const extra = { 'test/_inner.hbs': '{{!-- args: name hint? -- --}}{{name}}{{#if hint}} {{hint}}{{/if}}' };
    expect(draw('{{> test/inner name="a"}}', { hint: 'leaked' }, {}, extra)).to.equal('a');
  });
});
