import { expect } from 'chai';
import { refuse } from '../../../src/web/helpers/helper-tools.ts';

describe('src/web/helpers/helper-tools', () => {
  it('says which helper got nothing', () => {
    expect(() => refuse('day', undefined)).to.throw('{{day}} cannot print a missing value.');
  });
});
