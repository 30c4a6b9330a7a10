import { expect } from 'chai';
import fc from 'fast-check';
import { decode, docOf, encode, keysOf, type Doc, type Value } from '../../../src/embedded-db/query/bson.ts';
import { QueryError } from '../../../src/embedded-db/query/errors.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const codeOf = (action: () => unknown): number | undefined => {
  try {
    action();
  } catch (error) {
    if (error instanceof QueryError) return error.code;
    throw error;
  }
  return undefined;
};
const nested = (levels: number): Doc => {
  let doc: Doc = docOf([]);
  for (let level = 0; level < levels; level += 1) doc = docOf([['a', level % 2 === 0 ? doc : [doc]]]);
  return doc;
};

describe('embedded-db/query/bson', () => {
  it('keeps the order of fields that JavaScript would sort, at every depth', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', '10', '9', '0', 'b', '01', '4294967295', '-1'));
    const doc = fc.letrec<{ doc: Doc; value: Value }>((tie) => ({
      doc: fc
        .tuple(names, fc.array(tie('value'), { minLength: 8, maxLength: 8 }))
        .map(([keys, values]) => docOf(keys.map((key, at) => [key, values[at]!]))),
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(1),
        tie('doc'),
        fc.array(tie('doc'), { maxLength: 2 }),
      ),
    })).doc;
    const order = (value: Value): unknown =>
      Array.isArray(value)
        ? value.map(order)
        : typeof value === 'object'
          ? keysOf(value as Doc).map((key) => [key, order((value as Doc)[key]!)])
          : value;
    fc.assert(
      fc.property(doc, (one) => {
        const stored = encode(one);
        expect(order(decode(stored))).to.deep.equal(order(one));
        expect(Buffer.compare(stored, encode(decode(stored)))).to.equal(0);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no document for a value of another type because of its fields', () => {
    const fields = docOf([['_bsontype', 'ObjectId'], ['toBSON', 1], ['constructor', 2]]); // prettier-ignore
    for (const doc of [fields, docOf([['a', fields]]), docOf([['a', [fields]]])])
      expect(decode(encode(doc))).to.deep.equal(doc);
  });

  it('reads only the fields that are asked for', () => {
    const stored = encode(docOf([['a', 1], ['b', docOf([['c', 2]])], ['d', 'x']])); // prettier-ignore
    expect({ ...decode(stored, new Set(['b', 'x'])) }).to.deep.equal({ b: { c: 2 } });
  });

  it('reads the deprecated types and refuses to write them', () => {
    for (const hex of ['0800000006610000', '1a0000000c610002000000620056e1fc72e0c917e9c471416100']) {
      const doc = decode(bytes(hex));
      expect(keysOf(doc)).to.deep.equal(['a']);
      expect(codeOf(() => encode(doc))).to.equal(115);
    }
  });

  it('refuses what is nested too deeply, is too large or has a name with a zero byte', () => {
    expect(codeOf(() => encode(nested(130)))).to.equal(undefined);
    expect(codeOf(() => encode(nested(140)))).to.equal(15);
    expect(codeOf(() => encode(docOf([['9', 1], ['1', nested(140)]])))).to.equal(15); // prettier-ignore
    expect(codeOf(() => encode(docOf([['a', 'x'.repeat(18 * 2 ** 20)]])))).to.equal(10334);
    expect(codeOf(() => encode(docOf(Array.from({ length: 40 }, (_, at) => [`a${at}`, 'x'.repeat(2 ** 19)]))))).to.equal(10334); // prettier-ignore
    expect(codeOf(() => encode(docOf([['a\0b', 1]])))).to.equal(2);
  });
});
