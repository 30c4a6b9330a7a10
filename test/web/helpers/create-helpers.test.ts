import { expect } from 'chai';
import { createHelpers } from '../../../src/web/helpers/create-helpers.ts';
import { wording } from '../../support/draw.ts';

describe('src/web/helpers/create-helpers', () => {
  const helpers = createHelpers({
    wording,
    partial: () => () => '',
  });

  it('registers functions under names that cannot hide a built-in', () => {
    for (const [name, helper] of Object.entries(helpers)) {
      expect(helper, name).to.be.a('function');
      expect(['if', 'unless', 'each', 'with', 'lookup', 'log']).not.to.include(name);
    }
    expect(helpers).to.include.keys(
      't',
      'day',
      'instant',
      'count',
      'unit',
      'certNumber',
      'eq',
      'and',
      'or',
      'not',
    );
  });
});
