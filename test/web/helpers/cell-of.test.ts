import { expect } from 'chai';
import { cellOf } from '../../../src/web/helpers/cell-of.ts';

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
});
