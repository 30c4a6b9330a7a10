import { expect } from 'chai';
import { mongo } from 'mongoose';
import { carry } from '../../../src/persistence/moving/carry.ts';

const { BSON } = mongo;
const again = (bytes: Uint8Array) => Buffer.from(BSON.serialize(carry(bytes)!)).toString('hex');

describe('persistence/moving/carry', () => {
  it('keeps numbers in their type and fields in their order', () => {
    const cases: Iterable<readonly [string, unknown]>[] = [
      [['a', new mongo.Double(3)]],
      [
        ['a', new mongo.Int32(3)],
        ['10', new mongo.Long(3)],
        ['9', 'x'],
      ],
      [
        [
          'deep',
          new Map([
            [
              'list',
              [
                new Map([
                  ['b', 1],
                  ['0', 2],
                ]),
              ],
            ],
          ]),
        ],
      ],
    ];
    for (const fields of cases) {
      const bytes = BSON.serialize(new Map(fields) as never);
      expect(again(bytes)).to.equal(Buffer.from(bytes).toString('hex'));
    }
  });

  it('keeps a field that is there twice', () => {
    const twice = '23000000105f6964000100000010610001000000106200020000001061000300000000';
    const deep = '24000000105f69640002000000036e001300000010780001000000107800020000000000';
    for (const bytes of [twice, deep]) expect(again(Buffer.from(bytes, 'hex'))).to.equal(bytes);
  });

  it('has nothing for the retired type undefined, nor for text that is no UTF-8', () => {
    const undefinedField = Buffer.from('08000000066100' + '00', 'hex');
    expect(carry(undefinedField)).to.equal(null);
    const brokenText = Buffer.from('0e00000002610002000000ff0000', 'hex');
    expect(carry(brokenText)).to.equal(null);
  });
});
