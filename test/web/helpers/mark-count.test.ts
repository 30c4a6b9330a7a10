import { expect } from 'chai';
import { markCount } from '../../../src/web/helpers/mark-count.ts';

describe('src/web/helpers/mark-count', () => {
  const people = [{ mark: 'late' }, { mark: 'late' }, { mark: '' }, {}, { notJoined: true }];

  it('counts a mark, and who has none, but not who joins later', () => {
    expect(markCount(people, 'late')).to.equal(2);
    expect(markCount(people, 'present')).to.equal(0);
    expect(markCount(people, 'unmarked')).to.equal(2);
  });
});
