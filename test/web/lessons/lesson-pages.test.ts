import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anApprovedSession, aRunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const typed = {
  day: '2021-05-10',
  startsAt: '9：00',
  endsAt: '12:00',
  classHours: '',
  kind: 'practice',
  topic: '',
  teacher: '钱老师',
  venue: '308 教室',
  repeat: 'once',
  times: '',
  reason: '',
};

describe('web/lessons/lesson-pages', () => {
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

  it('plans one lesson, then a series of working days', async () => {
    const { session, staff } = await anApprovedSession(world, { lessons: [] });
    const visitor = await signedIn(staff.userName);
    const plan = `/training-sessions/${session.id}/lessons`;
    expect((await visitor.get(plan)).text).to.include('还没有排课');
    expect((await visitor.post(plan, typed)).location).to.equal(plan);
    const series = { ...typed, day: '2021-05-14', repeat: 'workdays', times: '3' };
    expect((await visitor.post(plan, series)).location).to.equal(plan);
    const lessons = await world.deps.lessons.ofSession(staff.scope, session.id);
    expect(lessons.map((one) => one.day)).to.deep.equal([
      '2021-05-10',
      '2021-05-14',
      '2021-05-17',
      '2021-05-18',
    ]);
    expect(lessons[0]).to.include({ startsAt: '09:00', classHours: 4 });
    expect((await visitor.get(plan)).text).to.include('已排 16 课时');
  });

  it('refuses overlaps and days outside in words, keeps what was typed and adds nothing', async () => {
    const { session, staff } = await anApprovedSession(world);
    const visitor = await signedIn(staff.userName);
    const plan = `/training-sessions/${session.id}/lessons`;
    const count = () => world.deps.lessons.count(staff.scope, { sessionId: session.id });
    const before = await count();
    const refusals: [Partial<typeof typed>, string][] = [
      [{ day: '2021-05-06', startsAt: '11:00', endsAt: '14:00' }, '本班 2021年5月6日 09:00-12:00 已有课'],
      [{ day: '2021-07-01' }, '不在本班'],
      [{ startsAt: '25:00' }, '填写时间'],
      [{ endsAt: '08:00' }, '结束要晚于开始'],
      [{ day: '2021-05-10', startsAt: '13:00', endsAt: '21:00', classHours: '' }, '一天'],
      [{ teacher: '' }, '教师'],
    ];
    for (const [change, sentence] of refusals) {
      const answer = await visitor.post(plan, { ...typed, ...change });
      expect(answer.status, sentence).to.equal(422);
      expect(answer.text, sentence).to.include(sentence).and.to.include('value="308 教室"');
    }
    expect(await count()).to.equal(before);
  });

  it('edits, cancels and reopens a lesson, and meets a stale page', async () => {
    const { session, staff, lessons } = await aRunningSession(world);
    const visitor = await signedIn(staff.userName);
    const lesson = lessons[1]!;
    const path = `/lessons/${lesson.id}`;
    const form = { ...typed, day: lesson.day, startsAt: '14:00', endsAt: '17:00', version: '0' };
    expect((await visitor.post(path, form, { from: `${path}/edit` })).location).to.equal(
      `/training-sessions/${session.id}/lessons`,
    );
    const stale = await visitor.post(path, { ...form, venue: '别处' }, { from: `${path}/edit` });
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('308 教室').and.to.include('别处');
    const version = /name="version" value="(\d+)"/.exec(stale.text)![1]!;
    const silent = await visitor.post(
      `${path}/cancellation`,
      { version, reason: '' },
      { from: `${path}/edit` },
    );
    expect(silent.status).to.equal(422);
    await visitor.post(`${path}/cancellation`, { version, reason: '教师生病' }, { from: `${path}/edit` });
    expect((await world.deps.lessons.get(staff.scope, lesson.id)).status).to.equal('cancelled');
  });

  it('shows the week and what waits to be marked, as many as the home page says', async () => {
    const { staff } = await aRunningSession(world);
    world.at('2021-05-08');
    const visitor = await signedIn(staff.userName);
    const home = (await visitor.get('/home')).text.replace(/<[^>]+>/g, '');
    expect(home)
      .to.match(/3\s*次课还没点名/)
      .and.to.match(/今天\s*1\s*次课/);
    const unmarked = await visitor.get('/lessons/unmarked');
    expect(unmarked.text.match(/\/attendance"/g)).to.have.length(3);
    const week = await visitor.get('/lessons?week=2021-05-12');
    expect(week.text).to.include('>2021-05-10<').and.not.to.include('>2021-05-08<');
    expect((await visitor.get('/lessons?week=nonsense')).status).to.equal(200);
  });

  it('shows no lesson to another centre and no form to the bureau', async () => {
    const { session, lessons, officer } = await anApprovedSession(world);
    const other = await anApprovedSession(world);
    const stranger = await signedIn(other.staff.userName);
    expect((await stranger.get(`/training-sessions/${session.id}/lessons`)).status).to.equal(404);
    expect((await stranger.get(`/lessons/${lessons[0]!.id}/edit`)).status).to.equal(404);
    const bureau = await signedIn(officer.userName);
    const plan = await bureau.get(`/training-sessions/${session.id}/lessons`);
    expect(plan.status).to.equal(200);
    expect(plan.text).to.not.include('添加课');
    expect((await bureau.get(`/lessons/${lessons[0]!.id}/edit`)).status).to.equal(403);
  });
});
