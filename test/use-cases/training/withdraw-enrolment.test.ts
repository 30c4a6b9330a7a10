import { expect } from 'chai';
import { enrolTrainee } from '../../../src/use-cases/training/enrol-trainee.ts';
import { reinstateEnrolment, withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { anIdNumber, aSession } from '../../support/rosters.ts';
import { anApprovedSession, aPlan, enrol, refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code: string; problems?: { field: string; code: string }[] }) =>
      error.problems?.map((problem) => `${problem.field} ${problem.code}`).join() ?? error.code,
  );

describe('use-cases/training/withdraw-enrolment', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.at('2021-05-01'));
  after(() => world.close());

  async function enrolled(facts: Parameters<typeof aSession>[1] = {}) {
    const made = await aSession(world.deps, facts);
    const enrolment = await enrolTrainee(world.deps, {
      actor: made.staff,
      sessionId: made.session.id,
      cells: { name: '王五', documentNumber: anIdNumber() },
    });
    return { ...made, enrolment };
  }
  const leave = { on: '2021-05-01', reason: 'illness', note: null } as const;

  it('keeps day and reason, frees the place, and can be undone', async () => {
    const { deps } = world;
    const { staff, session, enrolment } = await enrolled({ capacity: 1 });
    const gone = await withdrawEnrolment(deps, { actor: staff, enrolmentId: enrolment.id, ...leave });
    expect(gone).to.deep.include({
      status: 'withdrawn',
      withdrawnOn: '2021-05-01',
      withdrawnReason: 'illness',
    });
    expect(gone.statusChanges.at(-1)).to.deep.include({ to: 'withdrawn', on: '2021-05-01' });
    expect((await deps.trainingSessions.get(staff.scope, session.id)).enrolled).to.equal(0);
    const back = await reinstateEnrolment(deps, {
      actor: staff,
      enrolmentId: enrolment.id,
      reason: '登记错了人',
    });
    expect(back).to.deep.include({ status: 'enrolled', withdrawnOn: null, withdrawnReason: null });
    const events = await deps.events.about('enrolment', enrolment.id);
    expect(events.map((event) => event.what)).to.deep.equal([
      'enrolment.added',
      'enrolment.withdrawn',
      'enrolment.reinstated',
    ]);
    expect(events.at(-1)!.reason).to.equal('登记错了人');
  });

  it('refuses a day to come, other without words, a stale form, twice, and a full session', async () => {
    const { deps } = world;
    const { staff, session, enrolment } = await enrolled({ capacity: 1 });
    const withdraw = (given: object) =>
      codeOf(withdrawEnrolment(deps, { actor: staff, enrolmentId: enrolment.id, ...leave, ...given }));
    expect(await withdraw({ on: '2021-05-02' })).to.equal('on rosters.dayToCome');
    expect(await withdraw({ reason: 'other' })).to.equal('note rosters.otherNeedsWords');
    expect(await withdraw({ version: 7 })).to.equal('shared.changedMeanwhile');
    expect(await withdraw({})).to.equal(null);
    expect(await withdraw({})).to.equal('rosters.cannotMove');
    await enrolTrainee(deps, {
      actor: staff,
      sessionId: session.id,
      cells: { name: '赵六', documentNumber: anIdNumber() },
    });
    const back = reinstateEnrolment(deps, { actor: staff, enrolmentId: enrolment.id, reason: '登记错了人' });
    expect(await codeOf(back)).to.equal('rosters.overCapacity');
  });

  it('tells to undo the withdrawal instead of enrolling again', async () => {
    const { deps } = world;
    const { staff, session } = await enrolled();
    const documentNumber = anIdNumber();
    const one = await enrolTrainee(deps, {
      actor: staff,
      sessionId: session.id,
      cells: { name: '赵六', documentNumber },
    });
    await withdrawEnrolment(deps, { actor: staff, enrolmentId: one.id, ...leave });
    const again = enrolTrainee(deps, {
      actor: staff,
      sessionId: session.id,
      cells: { name: '赵六', documentNumber },
    });
    expect(await codeOf(again)).to.equal('documentNumber rosters.withdrawnHere');
  });

  it('keeps the enrolment out of another centre’s reach', async () => {
    const { deps } = world;
    const { enrolment } = await enrolled();
    const other = await aSession(deps);
    const theirs = withdrawEnrolment(deps, { actor: other.staff, enrolmentId: enrolment.id, ...leave });
    expect(await codeOf(theirs)).to.equal('shared.notFound');
  });

  it('refuses to bring back a person who sits elsewhere then, under a case reference that stays on record', async () => {
    const { deps } = world;
    const documentNumber = anIdNumber();
    const first = await anApprovedSession(world, { people: 0 });
    const { id } = await enrol(deps, first.staff, first.session.id, { name: '王小明', documentNumber });
    await withdrawEnrolment(deps, { actor: first.staff, enrolmentId: id, ...leave, on: '2021-04-20' });
    const second = await anApprovedSession(world, { people: 0, lessons: aPlan(first.session.startsOn, 15) });
    await enrol(deps, second.staff, second.session.id, { name: '王小明', documentNumber });
    const refused = async () => {
      const back = reinstateEnrolment(deps, { actor: first.staff, enrolmentId: id, reason: '登记错了人' });
      const error = await refusalOf(back);
      expect(error.code).to.equal('rosters.lessonClash');
      return error.details['reference'];
    };
    const reference = await refused();
    expect(await refused()).to.equal(reference);
    expect(await deps.people.model.db.collection('overlapCases').countDocuments({ reference })).to.equal(1);
    expect((await deps.enrolments.get(first.staff.scope, id)).status).to.equal('withdrawn');
  });

  it('refuses a person who sits elsewhere then, under a case reference that stays on record', async () => {
    const { deps } = world;
    const documentNumber = anIdNumber();
    const first = await anApprovedSession(world, { people: 0 });
    await enrol(deps, first.staff, first.session.id, { name: '王小明', documentNumber });
    const second = await anApprovedSession(world, { people: 0, lessons: aPlan(first.session.startsOn, 15) });
    const refused = async () => {
      const error = await refusalOf(
        enrol(deps, second.staff, second.session.id, { name: '王小明', documentNumber }),
      );
      return JSON.stringify((error as unknown as { problems: unknown }).problems).match(/K-\d+/)![0];
    };
    const reference = await refused();
    expect(await refused()).to.equal(reference);
    expect(await deps.people.model.db.collection('overlapCases').countDocuments({ reference })).to.equal(1);
  });
});
