import { expect } from 'chai';
import fc from 'fast-check';
import { encodeValue } from '../../../src/embedded-db/keys/encode.ts';
import { compareValues } from '../../../src/embedded-db/query/compare.ts';
import { orderOf } from '../support/order.ts';
import { anyValue } from '../support/values.ts';

describe('embedded-db/keys/encode', () => {
  it('orders bytes as values are ordered', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(Buffer.compare(encodeValue(a), encodeValue(b))).to.equal(orderOf(a, b));
        expect(compareValues(a, b)).to.equal(orderOf(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  it('never makes one key the beginning of another, so that fields can follow each other', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const [one, other] = [encodeValue(a), encodeValue(b)];
        if (!one.equals(other)) expect(other.subarray(0, one.length).equals(one)).to.equal(false);
      }),
      { numRuns: 3000 },
    );
  });
});
