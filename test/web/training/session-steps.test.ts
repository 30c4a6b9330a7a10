import { expect } from 'chai';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anApprovedSession, aRunningSession, everybody } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';

describe('web/training/session-steps', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const signedIn = async (userName: string) => {
    const visitor = site.visitor();
    await visitor.signIn(userName);
    return visitor;
  };
  const step = async (visitor: Visitor, path: string, tail: string, version?: string) => {
    const page = await visitor.get(path);
    const shown = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? '0';
    return visitor.post(`${path}/${tail}`, { version: version ?? shown }, { from: path });
  };

  it('takes a session from its start to its closure, one button after the other', async () => {
    const { session, staff, enrolments, lessons } = await anApprovedSession(world);
    let visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    const early = await step(visitor, path, 'start');
    expect(early.status).to.equal(422);
    expect(early.text).to.include('开班日期为');
    world.at(session.startsOn);
    visitor = await signedIn(staff.userName);
    expect((await step(visitor, path, 'start')).status).to.equal(303);
    expect((await visitor.get(path)).text)
      .to.include('办理结业')
      .and.to.include('已备案');
    const open = await step(visitor, path, 'completion');
    expect(open.status).to.equal(422);
    expect(open.text).to.include('还有 15 次课');
    world.at('2021-06-11');
    visitor = await signedIn(staff.userName);
    for (const lesson of lessons)
      await markAttendance(world.deps, {
        actor: staff,
        lessonId: lesson.id,
        marks: everybody(enrolments),
        reason: '补记',
      });
    expect((await step(visitor, path, 'completion')).status).to.equal(303);
    expect((await step(visitor, path, 'assessed')).status).to.equal(303);
    expect((await step(visitor, path, 'closure')).status).to.equal(303);
    const closed = await visitor.get(path);
    expect(closed.text).to.include('已办结').and.not.to.include('取消培训班');
    const again = await step(visitor, path, 'start');
    expect(again.status).to.be.oneOf([409, 422]);
  });

  it('refuses a step from a page that is no longer current', async () => {
    const { session, staff } = await aRunningSession(world);
    const visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    const stale = await step(visitor, path, 'completion', String(session.version - 1));
    expect(stale.status).to.equal(409);
    expect((await world.deps.trainingSessions.get(staff.scope, session.id)).status).to.equal('in_progress');
  });

  it('leaves every step to the centre', async () => {
    const { session, officer } = await anApprovedSession(world);
    const desk = await anActor(world.deps, 'townshipDesk', { areaCode: '320507001' });
    const path = `/training-sessions/${session.id}`;
    for (const userName of [officer.userName, desk.userName]) {
      const visitor = await signedIn(userName);
      expect((await visitor.get(path)).status).to.equal(200);
      for (const tail of ['filing', 'start', 'completion', 'assessed', 'closure', 'cancellation', 'changes'])
        expect((await step(visitor, path, tail)).status, `${userName} ${tail}`).to.equal(403);
    }
    expect((await world.deps.trainingSessions.get(officer.scope, session.id)).version).to.equal(
      session.version,
    );
  });

  it('shows both versions when a change was asked for from an outdated page', async () => {
    const { session, staff } = await anApprovedSession(world);
    const visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    const stale = await visitor.post(
      `${path}/changes`,
      {
        name: session.name,
        capacity: '45',
        theoryHours: '20',
        practiceHours: '40',
        startsOn: session.startsOn,
        endsOn: session.endsOn,
        venue: '九号楼',
        areaCode: session.areaCode!,
        evaluatorId: '',
        reason: '教室需要检修',
        version: String(session.version - 1),
      },
      { from: `${path}/changes/new` },
    );
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('302 教室').and.to.include('九号楼').and.to.include('对方改成');
    expect(await world.deps.sessionChanges.ofSession(staff.scope, session.id)).to.have.length(0);
  });

  it('lets one change wait at a time and withdraws only what still waits', async () => {
    const { session, staff } = await anApprovedSession(world);
    const visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    const change = await requestSessionChange(world.deps, {
      actor: staff,
      sessionId: session.id,
      facts: { capacity: 44 },
      reason: '实训设备不足',
    });
    const other = await anApprovedSession(world);
    const stranger = await signedIn(other.staff.userName);
    expect(
      (await stranger.post(`/session-changes/${change.id}/withdrawal`, {}, { from: '/home' })).status,
    ).to.equal(404);
    expect(
      (await visitor.post(`/session-changes/${change.id}/withdrawal`, {}, { from: path })).status,
    ).to.equal(303);
    const twice = await visitor.post(`/session-changes/${change.id}/withdrawal`, {}, { from: path });
    expect(twice.status).to.equal(422);
    expect(twice.text).to.include('已经办过');
  });

  it('says before a session that runs is cancelled what goes and what stays', async () => {
    const { session, staff, enrolments, lessons } = await aRunningSession(world);
    await markAttendance(world.deps, {
      actor: staff,
      lessonId: lessons[0]!.id,
      marks: everybody(enrolments),
    });
    const visitor = await signedIn(staff.userName);
    const page = await visitor.get(`/training-sessions/${session.id}/cancellation/new`);
    const facts = page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(facts).to.include('将取消的课 14').and.to.include('已上的课（保留） 1');
    const count = enrolments.length;
    expect(facts).to.include(`本班有 ${count} 人次计入 2021 年补贴性职业技能培训（F13）`);
    const [, before, after] = /F13 由 (\d+) 人次变为 (\d+) 人次/.exec(facts)!;
    expect(Number(before) - Number(after)).to.equal(count);
  });

  it('offers every year on record, and a tab that is empty says so', async () => {
    const { staff } = await anApprovedSession(world);
    world.at('2030-02-01');
    const visitor = await signedIn(staff.userName);
    expect((await visitor.get('/training-sessions')).text).to.include('<option value="2021"');
    expect((await visitor.get('/training-sessions?state=returned')).text).to.include('清除筛选');
    expect((await visitor.get('/training-sessions?due=start')).text).to.include('name="due" value="start"');
    world.at('2021-04-20');
  });
});
