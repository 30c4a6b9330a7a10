import { expect } from 'chai';
import fc from 'fast-check';
import { Schema } from 'mongoose';
import type { Scope } from '../../src/domain/accounts/scope.ts';
import { createTransaction } from '../../src/persistence/connection.ts';
import { createRecordStore, type RecordStore } from '../../src/persistence/record-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { refusalOf } from '../support/training.ts';

interface Thing {
  readonly id: string;
  readonly version: number;
  readonly centreId: string | null;
  readonly areaCode: string | null;
}

const owners = [null, '', 'a', 'b'] as const;
const scopes: readonly Scope[] = [
  { kind: 'district' },
  { kind: 'public' },
  ...['', 'a', 'b', 'c'].flatMap((own): Scope[] => [
    { kind: 'centre', centreId: own },
    { kind: 'area', areaCode: own },
    { kind: 'evaluator', evaluatorId: own },
    { kind: 'enterprise', enterpriseId: own },
    { kind: 'self', personId: own },
  ]),
  // What only a cast could make: an owner that is missing, and a kind nobody knows.
  { kind: 'centre' } as never,
  { kind: 'area', areaCode: undefined } as never,
  { kind: 'centre', centreId: { $ne: null } } as never,
  { kind: 'everything' } as never,
];

describe('persistence/scope-filter', () => {
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  let things: RecordStore<Thing>;
  const all = owners.flatMap((centreId) =>
    owners.map((areaCode): Thing => ({ id: `${centreId}-${areaCode}`, version: 0, centreId, areaCode })),
  );
  before(async () => {
    database = await openTestDatabase();
    const schema = new Schema(
      { _id: String, version: Number, centreId: String, areaCode: String },
      { versionKey: false, collection: 'things' },
    );
    things = createRecordStore<Thing>(database.connection, 'Thing', schema, {
      centre: 'centreId',
      area: 'areaCode',
    });
    await things.model.createCollection();
    await createTransaction(database.connection)(() => things.addMany(all));
  });
  after(() => database.drop());

  const owns = (scope: Scope, thing: Thing): boolean =>
    scope.kind === 'district' ||
    (scope.kind === 'centre' && scope.centreId !== '' && scope.centreId === thing.centreId) ||
    (scope.kind === 'area' && scope.areaCode !== '' && scope.areaCode === thing.areaCode);

  it('finds, counts and gets what the scope owns, and nothing by an empty, missing or unknown one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...scopes),
        fc.constantFrom({}, { centreId: 'a' }, { areaCode: { $ne: 'a' } }, { $or: [{ centreId: 'b' }, {}] }),
        async (scope, filter) => {
          const found = new Set((await things.find(scope, filter)).map((one) => one.id));
          const unlimited = await things.find({ kind: 'district' }, filter);
          const expected = unlimited.filter((one) => owns(scope, one)).map((one) => one.id);
          expect([...found].sort()).to.deep.equal(expected.sort());
          expect(await things.count(scope, filter)).to.equal(expected.length);
          expect(await things.countEach(scope, [{ centreId: 'nobody' }, filter])).to.deep.equal([
            0,
            expected.length,
          ]);
          for (const { id } of all) {
            const got = await things.findOne(scope, { $and: [{ _id: id }, filter] });
            expect(got !== null).to.equal(expected.includes(id));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes no question about a field the records lack, which would find and count nothing', async () => {
    const mistyped = { centerId: 'a' };
    const ask = [
      () => things.find({ kind: 'district' }, mistyped),
      () => things.count({ kind: 'district' }, mistyped),
      () => things.countEach({ kind: 'district' }, [{}, mistyped]),
    ];
    for (const one of ask) expect((await refusalOf(one())).message).to.include('centerId');
  });

  it('takes no question without a scope: a type error, and at run time as well', async () => {
    // @ts-expect-error A scope must be given.
    const forgotten = things.find(undefined, {});
    expect((await refusalOf(forgotten)).name).to.equal('TypeError');
    // @ts-expect-error A scope must say whose.
    const ownerless: Scope = { kind: 'centre' };
    expect(await things.find(ownerless, {})).to.deep.equal([]);
  });
});
