import { expect } from 'chai';
import type { Deps } from '../../../src/deps.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { auditedCollections } from '../../../src/persistence/trail/record-versions.ts';
import { verifyTrail } from '../../../src/persistence/trail/verify-trail.ts';
import { sealAll } from '../../../src/sealer.ts';
import { sweepDuplicates } from '../../../src/use-cases/people/sweep-duplicates.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { merge, twins } from '../../support/duplicates.ts';
import { aRunningSession, everybody } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('persistence/trail/record-versions', function () {
  this.timeout(60_000);
  let world: World;
  let deps: Deps;
  beforeEach(async () => {
    world = await openWorld();
    ({ deps } = world);
  });
  afterEach(() => world.close());

  const db = () => deps.people.model.db.db!;
  const unaccounted = async () => {
    const { fault, unaccounted: found } = await verifyTrail(deps.people.model.db, {
      witnessed: [],
      now: new Date(),
    });
    expect(fault).to.equal(null);
    return found;
  };

  it('counts every store of records that has versions, but the files drawn', () => {
    const versioned = Object.values(deps.people.model.db.models)
      .filter((model) => model.schema.path('version') !== undefined)
      .map((model) => model.collection.collectionName);
    expect(versioned.sort()).to.deep.equal([...auditedCollections, 'prints'].sort());
  });

  it('tells of every version the product writes: added, saved, credited, withdrawn, sealed or not', async () => {
    await sealAll(deps);
    const { unmade } = await work();
    expect(await unaccounted()).to.deep.equal([['organisations', unmade]]);
    await sealAll(deps);
    expect(await unaccounted()).to.deep.equal([['organisations', unmade]]);
    const told = await db().collection('events').findOne({ what: 'attendance.marked' });
    expect(told!['wrote']).to.include({ attendances: 1, lessons: 1, enrolments: 3 });
  });

  it('tells of pairs of possible duplicates that registration or the sweep noted, of merges and reversals', async () => {
    const pair = await twins(deps);
    await deps.duplicates.model.deleteMany({});
    await sealAll(deps);
    expect(await unaccounted()).to.deep.equal([]);
    world.at('2031-01-01');
    const swept = await sweepDuplicates(deps, { who: { accountId: 'system', name: 'system' } });
    expect(swept.found).to.equal(1);
    expect(await unaccounted()).to.deep.equal([]);
    const officer = await anActor(deps, 'bureauOfficer');
    await sealAll(deps);
    const before = await unaccounted();
    const { id } = await merge(deps, officer, pair);
    await setLegalHold(deps, { actor: officer, kind: 'person', id: pair.ids[0], reason: '信访件未办结' });
    await undoPersonMerge(deps, { actor: officer, mergeId: id, reason: '核实为两个人' });
    await askErasure(deps, { personId: pair.ids[0] });
    expect(await unaccounted()).to.deep.equal(before);
  });

  it('finds a record added, changed or taken away past the trail', async () => {
    await work();
    await sealAll(deps);
    expect(
      await unaccounted(),
      'what there was before the trail is told of by its first event',
    ).to.deep.equal([]);
    const people = db().collection<{ _id: string }>('people');
    const person = (await people.findOne({}))!;
    await people.insertOne({
      ...person,
      _id: 'by hand',
      learnerNumber: 'L9',
      documentHash: 'x',
      version: 0,
    } as never);
    expect(await unaccounted()).to.deep.equal([['people', 1]]);
    await people.updateOne({ _id: 'by hand' }, { $inc: { version: 1 } });
    expect(await unaccounted()).to.deep.equal([['people', 2]]);
    await people.deleteOne({ _id: 'by hand' });
    await db()
      .collection('enrolments')
      .updateOne({ version: { $gt: 1 } }, { $inc: { version: -1 } });
    expect(await unaccounted()).to.deep.equal([['enrolments', -1]]);
  });

  it('takes back what a transaction wrote that came to nothing', async () => {
    await sealAll(deps);
    const { staff, session } = await aRunningSession(world, { people: 1 });
    const before = await unaccounted();
    const [enrolment] = await deps.enrolments.ofSession(district, session.id);
    await deps
      .transaction(async () => {
        await withdrawEnrolment(deps, {
          actor: staff,
          enrolmentId: enrolment!.id,
          on: '2021-05-06',
          reason: 'family',
          note: null,
        });
        throw new Error('changed their mind');
      })
      .catch(() => {});
    expect(await unaccounted()).to.deep.equal(before);
  });

  /** A session with a lesson held; the centres are made past the use-cases, and so without an event. */
  async function work(): Promise<{ unmade: number }> {
    const running = await aRunningSession(world, { people: 3 });
    const { staff, lessons, enrolments } = running;
    await markAttendance(deps, { actor: staff, lessonId: lessons[0]!.id, marks: everybody(enrolments) });
    await withdrawEnrolment(deps, {
      actor: staff,
      enrolmentId: enrolments[0]!.id,
      on: '2021-05-06',
      reason: 'family',
      note: null,
    });
    await anOrganisation(deps);
    return { unmade: await db().collection('organisations').countDocuments({}) };
  }
});
