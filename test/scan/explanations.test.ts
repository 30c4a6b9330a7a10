import { expect } from 'chai';
import { explanations, reasonOf } from './explanations.ts';

describe('scan/explanations', () => {
  it('gives a reason in words for each finding it covers', () => {
    for (const { finding, reason } of explanations) expect(reason, String(finding)).to.match(/\w+ \w+ \w+/);
  });

  it('covers the finding of that scanner at that place, and no other', () => {
    const text =
      'level 1: Secure Flag cookie, GET /: Secure flag is not set in the cookie : skillroll_visitor';
    expect(reasonOf({ scanner: 'wapiti', text })).to.include('loopback');
    expect(reasonOf({ scanner: 'nikto', text })).to.equal(null);
    expect(reasonOf({ scanner: 'wapiti', text: `${text}; and more` })).to.equal(null);
    expect(reasonOf({ scanner: 'wapiti', text: 'level 3: Cross Site Scripting, GET /: x' })).to.equal(null);
  });
});
