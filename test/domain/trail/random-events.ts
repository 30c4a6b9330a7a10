// Events as fast-check draws them: any text, numbers of every kind, nested facts.
import fc from 'fast-check';

const instants = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });
// MongoDB takes no zero in a name; a dollar in front or a dot would be an operator or a path in an update.
const names = fc
  .string({ minLength: 1, maxLength: 6, unit: 'grapheme-ascii' })
  .filter((name) => !/[$.\0]/.test(name));
const texts = fc.string({ maxLength: 12, unit: 'grapheme' });

const { facts } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    instants,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('facts'),
  ),
  facts: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

/** Stored events without seal; ids are distinct with all but certainty. */
export const events = fc.record(
  {
    _id: fc.uuid(),
    what: texts,
    who: fc.record({ accountId: texts, name: texts }),
    about: fc.record({ kind: texts, id: texts }),
    when: instants,
    address: fc.option(texts, { nil: null }),
    before: facts as fc.Arbitrary<Record<string, unknown>>,
    after: facts as fc.Arbitrary<Record<string, unknown>>,
    reason: texts,
  },
  { requiredKeys: ['_id', 'what', 'who', 'about', 'when', 'address'], noNullPrototype: true },
);
