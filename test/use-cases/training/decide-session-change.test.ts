import { expect } from 'chai';
import {
  approveSessionChange,
  returnSessionChange,
} from '../../../src/use-cases/training/decide-session-change.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import {
  requestSessionChange,
  withdrawSessionChange,
} from '../../../src/use-cases/training/request-session-change.ts';
import type { ChangeableFacts } from '../../../src/domain/training/session-change.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import {
  aLesson,
  anApprovedSession,
  aPlan,
  aRunningSession,
  everybody,
  refusalOf,
  type RunningSession,
} from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/training/decide-session-change', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const code = async (work: Promise<unknown>) => {
    const refusal = await refusalOf(work);
    return (refusal as { problems?: { code: string }[] }).problems?.[0]?.code ?? refusal.code;
  };
  const ask = (at: RunningSession, facts: Partial<ChangeableFacts>, moveLessons = false) =>
    requestSessionChange(world.deps, {
      actor: at.staff,
      sessionId: at.session.id,
      facts,
      moveLessons,
      reason: '教室需要检修',
    });

  it('keeps old beside new and applies the change when another person approves it', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world);
    const change = await ask(at, { venue: '实训楼 201', capacity: 45 });
    expect([change.before, change.after]).to.deep.equal([{ venue: '302 教室' }, { venue: '实训楼 201' }]);
    expect((await deps.trainingSessions.get(at.staff.scope, at.session.id)).venue).to.equal('302 教室');
    const approved = await approveSessionChange(deps, { actor: at.officer, changeId: change.id });
    expect(approved.status).to.equal('approved');
    expect((await deps.trainingSessions.get(at.staff.scope, at.session.id)).venue).to.equal('实训楼 201');
    expect(await code(approveSessionChange(deps, { actor: at.officer, changeId: change.id }))).to.equal(
      'training.changeDecided',
    );
  });

  it('wants a reason for a change to an evaluator that is not filed for the session (C17)', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world);
    const evaluator = await anOrganisation(deps, { capacities: ['evaluator'], filings: [] });
    const change = await ask(at, { evaluatorId: evaluator.id });
    const approve = (warningReason?: string) =>
      approveSessionChange(deps, { actor: at.officer, changeId: change.id, warningReason });
    for (const reason of [undefined, '  '])
      expect(await code(approve(reason))).to.equal('training.evaluatorNotFiled');
    expect((await deps.trainingSessions.get(at.staff.scope, at.session.id)).evaluatorId).to.equal(null);
    const approved = await approve('备案正在办理');
    expect(approved.statusChanges.at(-1)).to.include({ to: 'approved', reason: '备案正在办理' });
    expect((await deps.trainingSessions.get(at.staff.scope, at.session.id)).evaluatorId).to.equal(
      evaluator.id,
    );
  });

  it('takes roster, lessons and attendance along to another area, whose desk then sees them', async () => {
    const { deps } = world;
    const at = await aRunningSession(world, { people: 2 });
    const lessonId = at.lessons[0]!.id;
    await markAttendance(deps, { actor: at.staff, lessonId, marks: everybody(at.enrolments) });
    const change = await ask(at, { areaCode: '320507002' });
    await approveSessionChange(deps, { actor: at.officer, changeId: change.id });
    const seenBy = async (areaCode: string) => {
      const scope = { kind: 'area', areaCode } as const;
      return [
        (await deps.enrolments.ofSession(scope, at.session.id)).length,
        (await deps.lessons.ofSession(scope, at.session.id)).length,
        (await deps.attendances.ofSession(scope, at.session.id)).length,
      ];
    };
    expect(await seenBy('320507001')).to.deep.equal([0, 0, 0]);
    expect(await seenBy('320507002')).to.deep.equal([2, at.lessons.length, 1]);
    const again = await markAttendance(deps, {
      actor: at.staff,
      lessonId,
      marks: everybody(at.enrolments, 'late'),
    });
    expect(again.marks.every((mark) => mark.status === 'late')).to.equal(true);
  });

  it('postpones a session with its planned lessons', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world, { lessons: aPlan('2021-05-06', 15) });
    const change = await ask(at, { startsOn: '2022-03-01', endsOn: '2022-04-05' }, true);
    await approveSessionChange(deps, { actor: at.officer, changeId: change.id });
    const lessons = await deps.lessons.ofSession(at.staff.scope, at.session.id);
    expect([lessons[0]!.day, lessons.at(-1)!.day]).to.deep.equal(['2022-03-01', '2022-03-15']);
  });

  it('refuses a change of days that leaves lessons outside, or moves them onto others', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world);
    const left = await ask(at, { startsOn: '2021-07-01', endsOn: '2021-08-05' });
    expect(await code(approveSessionChange(deps, { actor: at.officer, changeId: left.id }))).to.equal(
      'training.lessonsOutside',
    );
    await withdrawSessionChange(deps, { actor: at.staff, changeId: left.id });
    await anApprovedSession(world, {
      people: 0,
      lessons: [aLesson('2021-07-03')],
      facts: { startsOn: '2021-07-01', endsOn: '2021-07-30' },
      by: { actor: at.staff, centreId: at.centreId },
    });
    const onto = await ask(at, { startsOn: '2021-07-01', endsOn: '2021-08-05' }, true);
    expect(await code(approveSessionChange(deps, { actor: at.officer, changeId: onto.id }))).to.equal(
      'lessons.teacherBusy',
    );
    const running = await aRunningSession(world);
    await markAttendance(deps, {
      actor: running.staff,
      lessonId: running.lessons[0]!.id,
      marks: everybody(running.enrolments),
    });
    const late = await ask(running, { startsOn: '2021-05-07' });
    expect(await code(approveSessionChange(deps, { actor: running.officer, changeId: late.id }))).to.equal(
      'training.lessonsOutside',
    );
  });

  it('refuses what changes nothing, breaks a rule, comes second, is too early, or is decided by its author', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world);
    expect(await code(ask(at, { venue: '302 教室' }))).to.equal('training.nothingChanged');
    expect(await code(ask(at, { capacity: 2 }))).to.equal('training.capacityBelowRoster');
    expect(await code(ask(at, { practiceHours: 10 }))).to.equal('training.hoursShort');
    expect(await code(ask(at, { endsOn: '2021-05-01' }))).to.equal('training.endsBeforeStart');
    const change = await ask(at, { capacity: 30 });
    expect(await code(ask(at, { capacity: 31 }))).to.equal('training.changeWaiting');
    const author = { ...at.officer, accountId: at.staff.accountId };
    expect(await code(approveSessionChange(deps, { actor: author, changeId: change.id }))).to.equal(
      'accounts.secondPerson',
    );
    const returned = await returnSessionChange(deps, {
      actor: at.officer,
      changeId: change.id,
      reason: '说明场地情况',
    });
    expect(returned.statusChanges.at(-1)).to.include({ to: 'returned', reason: '说明场地情况' });
    expect(await code(approveSessionChange(deps, { actor: at.officer, changeId: change.id }))).to.equal(
      'training.changeDecided',
    );
  });

  it('lets exactly one of two requests, and one of two approvals at once, through', async () => {
    const { deps } = world;
    for (let round = 0; round < 10; round += 1) {
      const at = await anApprovedSession(world, { people: 0, lessons: [] });
      const asked = await Promise.allSettled([ask(at, { capacity: 20 }), ask(at, { capacity: 21 })]);
      expect(asked.filter((one) => one.status === 'fulfilled')).to.have.length(1);
      const [change] = await deps.sessionChanges.ofSession(at.staff.scope, at.session.id);
      const second = await anActor(deps, 'bureauOfficer');
      const decided = await Promise.allSettled(
        [at.officer, second].map((actor) => approveSessionChange(deps, { actor, changeId: change!.id })),
      );
      expect(decided.filter((one) => one.status === 'fulfilled')).to.have.length(1);
    }
  });
});
