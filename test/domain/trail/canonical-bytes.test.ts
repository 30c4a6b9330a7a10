import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalBytes, storable, type StoredEvent } from '../../../src/domain/trail/canonical-bytes.ts';
import { events } from './random-events.ts';

const hex = (event: StoredEvent): string => Buffer.from(canonicalBytes(event)).toString('hex');

describe('domain/trail/canonical-bytes', () => {
  it('gives the same bytes whatever the order of the fields', () => {
    fc.assert(
      fc.property(events, (event) => {
        const turned = Object.fromEntries(Object.entries(event).reverse());
        expect(hex(turned)).to.equal(hex(event));
        expect(hex(structuredClone(event))).to.equal(hex(event));
      }),
      { numRuns: 300 },
    );
  });

  it('gives different events different bytes', () => {
    fc.assert(
      fc.property(events, events, (one, other) => {
        fc.pre(!deepEqual(one, other));
        expect(hex(one)).to.not.equal(hex(other));
      }),
      { numRuns: 1_000 },
    );
  });

  const base = { _id: 'e1', what: 'a.b', after: { x: 1 } };
  const pairs: readonly [string, StoredEvent, StoredEvent][] = [
    ['null and absent', { ...base, reason: null }, base],
    ['a number and its digits', { ...base, reason: 1 }, { ...base, reason: '1' }],
    ['an instant and its text', { ...base, at: new Date(0) }, { ...base, at: '1970-01-01T00:00:00.000Z' }],
    ['one millisecond', { ...base, at: new Date(1) }, { ...base, at: new Date(2) }],
    ['false and null', { ...base, reason: false }, { ...base, reason: null }],
    ['zero and its negative', { ...base, reason: 0 }, { ...base, reason: -0 }],
    ['an empty list and an empty object', { ...base, after: [] }, { ...base, after: {} }],
    ['a list and an object of places', { ...base, after: ['a'] }, { ...base, after: { 0: 'a' } }],
    ['where a text ends', { ...base, after: ['ab', 'c'] }, { ...base, after: ['a', 'bc'] }],
    ['where a list ends', { ...base, after: [['a'], 'b'] }, { ...base, after: [['a', 'b']] }],
    ['where a field stands', { ...base, y: 1 }, { ...base, after: { x: 1, y: 1 } }],
    ['a name and its value', { ...base, ab: 'c' }, { ...base, a: 'bc' }],
  ];
  for (const [what, one, other] of pairs)
    it(`tells apart: ${what}`, () => expect(hex(one)).to.not.equal(hex(other)));

  it('leaves out the marks of an event sealed and not sealed yet, and nothing else', () => {
    expect(hex({ ...base, sealBatch: 7, unsealedSince: new Date(5) })).to.equal(hex(base));
    expect(hex({ ...base, seal: 7 })).to.not.equal(hex(base));
  });

  it('makes storable what storage would change, and refuses what it could not give back', () => {
    expect(storable({ a: undefined, b: [undefined, { c: undefined }], d: null })).to.deep.equal({
      b: [null, {}],
      d: null,
    });
    expect(storable({ a: 'x\ud800y', b: '\udc00', c: '😀' })).to.deep.equal({
      a: 'x\ufffdy',
      b: '\ufffd',
      c: '😀',
    });
    for (const value of [1n, new Map(), new Date(NaN), () => 1, Symbol('x'), /x/, new Uint8Array(2)]) {
      expect(() => storable({ after: { deep: [value] } })).to.throw(TypeError, 'after.deep.0');
      expect(() => canonicalBytes({ after: value })).to.throw();
    }
  });
});

function deepEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).to.deep.equal(other);
    return true;
  } catch {
    return false;
  }
}
