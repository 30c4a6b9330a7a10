import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { EJSON } from '../../support/bson.ts';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { mergeFields, type MergeChoices } from '../../../src/domain/people/person-merge.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { correctPersonName } from '../../../src/use-cases/people/correct-person-name.ts';
import { revealNumber } from '../../../src/use-cases/people/reveal-number.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { personKinds } from '../../../src/persistence/person-records.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, certificatesFor } from '../../support/certificates.ts';
import { aPassport, merge, openPairs, register, twins, type Twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import { aLesson, enrol, refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/people/undo-person-merge', function () {
  this.timeout(120_000);
  let world: World;
  let officer: Actor;
  before(async () => {
    world = await openWorld('2021-05-01');
    officer = await anActor(world.deps, 'bureauOfficer');
  });
  after(() => world.close());
  afterEach(() => world.at('2021-05-01'));

  const undo = (mergeId: string, reason = '核实为两个人') =>
    undoPersonMerge(world.deps, { actor: officer, mergeId, reason });

  /** All collections but the accounts of what was done, without versions and stamps of change; sealed values opened. */
  async function digests(): Promise<Record<string, string>> {
    const connection = world.deps.people.model.db;
    const skipped = new Set(['events', 'personMerges', 'guards', 'submissions']);
    const entries = Object.keys(connection.collections)
      .filter((name) => !skipped.has(name))
      .sort()
      .map(async (name) => {
        const documents = await connection.collection(name).find({}).sort({ _id: 1 }).toArray();
        const plain = documents.map((document) =>
          Object.entries(document)
            .filter(
              ([field, value]) => !['version', 'changedAt', 'turns'].includes(field) && value !== undefined,
            )
            .map(([field, value]) => [
              field,
              field.endsWith('Sealed') && typeof value === 'string' ? world.deps.people.open(value) : value,
            ])
            .sort(([a], [b]) => (a! < b! ? -1 : 1)),
        );
        return [name, createHash('sha256').update(EJSON.stringify(plain)).digest('base64url')] as const;
      });
    return Object.fromEntries(await Promise.all(entries));
  }

  const cellsOf = ({ facts }: Twins, index: 0 | 1) => ({
    name: facts[index].name,
    documentType: index === 0 ? '居民身份证' : '护照',
    documentNumber: facts[index].documentNumber,
    birthDay: facts[index].birthDay!,
    gender: '男',
  });

  /** Two records with something of every kind that names a person on each side. */
  async function withRecords(pair: Twins) {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    for (const index of [0, 1] as const) {
      await register(deps, pair.facts[index], { evaluatorId: evaluator.organisation.id });
      const at = await aSession(deps, { capacity: 45 });
      await planLessons(deps, {
        actor: at.staff,
        sessionId: at.session.id,
        lessons: [aLesson(`2021-05-1${index}`)],
      });
      await enrol(deps, at.staff, at.session.id, cellsOf(pair, index), '日期不同');
      const [certificate] = await certificatesFor(deps, evaluator, [pair.ids[index]], {
        skillLevel: index === 0 ? 'intermediate' : 'senior',
      });
      await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
      await revealNumber(deps, {
        actor: officer,
        personId: pair.ids[index],
        field: 'mobile',
        purpose: 'other',
        note: '核对联系方式',
        address: '127.0.0.1',
      });
    }
    await deps.transaction(() =>
      deps.people.model.db
        .model('OverlapCase')
        .create([{ _id: pair.duplicateId, reference: 'K-1', personIds: [...pair.ids].reverse() }]),
    );
    return evaluator;
  }

  it('gives the same database but for what was recorded of it, whatever was chosen', async () => {
    const { deps } = world;
    let random = 7;
    const draw = (count: number) => {
      random = (random * 48_271) % 2_147_483_647;
      return random % count;
    };
    for (let turn = 0; turn < 8; turn += 1) {
      world.at('2021-05-01');
      const pair = await twins(deps, [
        { education: 'bachelor', keyGroups: ['veteran'], name: turn % 2 ? '章珊' : '周明' },
        { householdRegistration: 'rural', keyGroups: ['veteran', 'migrant_worker'] },
      ]);
      await deps.transaction(() =>
        deps.duplicates.note([{ personIds: pair.ids, grounds: ['officer'] }], deps.now()),
      );
      if (turn < 2) await withRecords(pair);
      // A third record that looks like the second.
      await register(deps, { ...pair.facts[1], documentNumber: aPassport() });
      const choices = Object.fromEntries(
        mergeFields.map((field) => [field, draw(2) === 0 ? 'kept' : 'merged']),
      ) as unknown as MergeChoices;
      if (turn % 3 === 0) Object.assign(choices, { keyGroups: 'both' });
      const before = await digests();
      world.at('2021-05-02');
      const done = await merge(deps, officer, pair, { keptId: pair.ids[draw(2)]!, choices });
      const between = await digests();
      expect(between['people']).not.to.equal(before['people']);
      expect(between['duplicates']).not.to.equal(before['duplicates']);
      if (turn < 2) {
        for (const name of [
          'enrolments',
          'candidates',
          'certificates',
          'claimCodes',
          'reveals',
          'overlapCases',
        ])
          expect(between[name], name).not.to.equal(before[name]);
      }
      world.at('2021-05-20');
      await undo(done.id);
      expect(await digests(), `turn ${turn}`).to.deep.equal(before);
    }
  });

  it('moves every model that names a person by id', () => {
    const { models } = world.deps.people.model.db;
    const naming = Object.entries(models)
      .filter(([, model]) => model.schema.path('personId') !== undefined)
      .map(([name]) => name);
    expect(personKinds.map(({ model }) => model)).to.have.members(naming);
    const many = Object.entries(models).filter(([, model]) => model.schema.path('personIds') !== undefined);
    expect(many.map(([name]) => name)).to.have.members(['OverlapCase', 'Duplicate']);
  });

  it('leaves with the kept person what came after: an enrolment, its centre, a corrected name', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const early = await aSession(deps);
    const moved = await enrol(deps, early.staff, early.session.id, cellsOf(pair, 1), '日期不同');
    const done = await merge(deps, officer, pair, { choices: { name: 'merged', document: 'merged' } });
    const late = await aSession(deps);
    const again = await aSession(deps, {}, { actor: early.staff, centreId: early.centreId });
    // Under the merged record's document the kept person is enrolled.
    const fresh = await enrol(deps, late.staff, late.session.id, cellsOf(pair, 1), '日期不同');
    await enrol(deps, again.staff, again.session.id, cellsOf(pair, 1), '日期不同');
    const { version } = await deps.people.get(district, pair.ids[0]);
    await correctPersonName(deps, {
      actor: officer,
      personId: pair.ids[0],
      version,
      name: '周铭',
      reason: '核对身份证原件',
    });
    await undo(done.id);
    const [kept, merged] = await Promise.all(pair.ids.map((id) => deps.people.get(district, id)));
    expect(kept).to.include({ name: '周铭', documentType: 'resident_identity_card' });
    expect(merged).to.include({ name: '周明', documentType: 'passport' });
    expect(kept!.centreIds).to.have.members([early.centreId, late.centreId]);
    expect(merged!.centreIds).to.deep.equal([early.centreId]);
    expect((await deps.enrolments.get(district, fresh.id)).personId).to.equal(pair.ids[0]);
    expect((await deps.enrolments.get(district, moved.id)).personId).to.equal(pair.ids[1]);
    expect(await register(deps, { ...pair.facts[1] })).to.equal(pair.ids[1]);
    for (const id of pair.ids)
      expect((await deps.events.about('person', id)).map((one) => one.what)).to.include('person.mergeUndone');
    expect((await openPairs(deps)).map((one) => one.id)).to.include(pair.duplicateId);
  });

  it('ends the codes that came with the merged record when new slips are printed', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const evaluator = await withRecords(pair);
    const codes = () =>
      deps.people.model.db.collection('claimCodes').countDocuments({ personId: pair.ids[0] });
    await merge(deps, officer, pair);
    expect(await codes()).to.equal(2);
    const [certificate] = await deps.certificates.find(district, { personId: pair.ids[0] });
    await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    expect(await codes()).to.equal(1);
  });

  it('is refused after thirty days, twice, for no reason, and before a later merge is taken back', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const first = await merge(deps, officer, pair);
    const third = await register(deps, {
      ...pair.facts[0],
      documentNumber: aPassport(),
      documentType: 'passport',
    });
    const other = { ids: [pair.ids[0], third] as const, duplicateId: [pair.ids[0], third].sort().join('-') };
    const second = await merge(deps, officer, other, { keptId: third });
    expect((await refusalOf(undo(first.id))).code).to.equal('people.merge.laterMerge');
    expect(await register(deps, pair.facts[1])).to.equal(third);
    expect((await refusalOf(undo(second.id, '错'))).name).to.equal('InvalidInput');
    world.at('2021-05-31T23:59:00+08:00');
    await undo(second.id);
    expect((await refusalOf(undo(second.id))).code).to.equal('people.merge.undoneAlready');
    world.at('2021-06-01T00:00:00+08:00');
    expect((await refusalOf(undo(first.id))).code).to.equal('people.merge.tooLate');
    expect(await register(deps, pair.facts[1])).to.equal(pair.ids[0]);
  });

  it('keeps a person out of scope of whoever had to do only with the merged record, once it is parted', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const { id: centreId } = await anOrganisation(deps);
    await register(deps, pair.facts[1], { centreId });
    const sight = { kind: 'centre', centreId } as const;
    const seen = async () =>
      (await deps.people.byName(sight, '', { skip: 0, limit: 9 })).map((one) => one.id);
    const done = await merge(deps, officer, pair);
    expect(await seen()).to.deep.equal([pair.ids[0]]);
    await undo(done.id);
    expect(await seen()).to.deep.equal([pair.ids[1]]);
  });
});
