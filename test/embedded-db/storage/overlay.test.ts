import { expect } from 'chai';
import fc from 'fast-check';
import { overlayOn } from '../../../src/embedded-db/storage/overlay.ts';
import type { Entry, RangeRequest, View } from '../../../src/embedded-db/storage/view.ts';

const key = (n: number): Buffer => Buffer.of(n);

function plainView(content: Map<number, number>): View {
  const between = ({ start, end, reverse = false }: Omit<RangeRequest, 'limit'>): Entry[] => {
    const keys = [...content.keys()]
      .filter((n) => n >= (start[0] ?? 0) && n < (end[0] ?? 0))
      .sort((a, b) => a - b);
    return (reverse ? keys.reverse() : keys).map((n) => ({
      key: key(n),
      value: Buffer.of(content.get(n) ?? 0),
    }));
  };
  return {
    isStable: true,
    get: (k) => (content.has(k[0] ?? 0) ? Buffer.of(content.get(k[0] ?? 0) ?? 0) : undefined),
    range: (request) => between(request).slice(0, request.limit),
    count: (start, end) => between({ start, end }).length,
    put: (k, v) => void content.set(k[0] ?? 0, v[0] ?? 0),
    remove: (k) => void content.delete(k[0] ?? 0),
  };
}

const small = fc.integer({ min: 0, max: 12 });
const change = fc.record({ key: small, value: fc.option(small) });

describe('embedded-db/storage/overlay', () => {
  it('reads as if its writes had been made, and leaves what lies below untouched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(small, small)),
        fc.array(change),
        fc.record({ start: small, end: small, reverse: fc.boolean(), limit: fc.integer({ min: 1, max: 6 }) }),
        (stored, changes, ask) => {
          const below = new Map(stored);
          const both = new Map(stored);
          const overlay = overlayOn(plainView(below));
          for (const { key: k, value } of changes) {
            if (value === null) {
              overlay.remove(key(k));
              both.delete(k);
            } else {
              overlay.put(key(k), Buffer.of(value));
              both.set(k, value);
            }
          }
          const request = { ...ask, start: key(ask.start), end: key(ask.end) };
          expect(overlay.range(request)).to.deep.equal(plainView(both).range(request));
          expect(overlay.count(request.start, request.end)).to.equal(
            plainView(both).count(request.start, request.end),
          );
          for (let k = 0; k < 13; k++) expect(overlay.get(key(k))).to.deep.equal(plainView(both).get(key(k)));
          expect([...below]).to.deep.equal([...new Map(stored)]);
          overlay.applyTo(plainView(below));
          expect(new Map([...below].sort())).to.deep.equal(new Map([...both].sort()));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
