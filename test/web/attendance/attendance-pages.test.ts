import { expect } from 'chai';
import { readPdf } from '../../documents/read-pdf.ts';
import { openSite } from '../../support/browse.ts';
import { aRunningSession, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/attendance/attendance-pages', () => {
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
  const enter = async (running: RunningSession) => {
    const visitor = site.visitor();
    await visitor.signIn(running.staff.userName);
    return { visitor, path: `/lessons/${running.lessons[0]!.id}/attendance` };
  };
  const marks = (running: RunningSession, statuses: readonly string[]) =>
    Object.fromEntries(running.enrolments.map((one, index) => [`mark.${one.id}`, statuses[index] ?? '']));
  const stored = async (running: RunningSession) =>
    (await world.deps.attendances.findOne(running.staff.scope, { _id: running.lessons[0]!.id }))?.marks ?? [];

  it('marks the rest present without script, then saves the class', async () => {
    const running = await aRunningSession(world, { people: 4 });
    const { visitor, path } = await enter(running);
    const page = await visitor.get(path);
    expect(page.text.match(/type="radio"/g)).to.have.length(20);
    const filled = await visitor.post(
      `${path}/prefill`,
      { ...marks(running, ['late']), openedAt: '-1' },
      { from: path },
    );
    expect(filled.status).to.equal(200);
    expect(filled.text.match(/value="present" checked/g)).to.have.length(3);
    expect(filled.text.match(/value="late" checked/g)).to.have.length(1);
    expect(await stored(running)).to.deep.equal([]);
    const saved = await visitor.post(
      path,
      { ...marks(running, ['late', 'present', 'absent', 'present']), openedAt: '-1' },
      { from: path },
    );
    expect(saved.location).to.equal(path);
    const kept = await stored(running);
    expect(kept).to.have.length(4);
    expect(kept.filter((mark) => mark.status === 'absent')).to.have.length(1);
    const [first] = await world.deps.enrolments.ofSession(running.staff.scope, running.session.id);
    expect(first!.hours.practice).to.be.at.least(0);
  });

  it('shows whose marks met, and saves yours once you have looked', async () => {
    const running = await aRunningSession(world, { people: 2 });
    const { visitor, path } = await enter(running);
    await visitor.post(path, { ...marks(running, ['present', 'present']), openedAt: '-1' }, { from: path });
    const stale = await visitor.post(
      path,
      { ...marks(running, ['absent', 'present']), openedAt: '-1' },
      { from: path },
    );
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('刚刚点过下面几个人').and.to.include(running.enrolments[0]!.name);
    expect((await stored(running)).every((mark) => mark.status === 'present')).to.equal(true);
    const openedAt = /name="openedAt" value="(-?\d+)"/.exec(stale.text)![1]!;
    const again = await visitor.post(
      path,
      { ...marks(running, ['absent', 'present']), openedAt },
      { from: path },
    );
    expect(again.status).to.equal(303);
    expect((await stored(running)).filter((mark) => mark.status === 'absent')).to.have.length(1);
  });

  it('asks for a reason long after the lesson, and refuses days to come and unknown marks', async () => {
    const running = await aRunningSession(world, { people: 2 });
    world.at('2021-05-20');
    const { visitor, path } = await enter(running);
    const body = { ...marks(running, ['present', 'present']), openedAt: '-1' };
    const silent = await visitor.post(path, { ...body, reason: '' }, { from: path });
    expect(silent.status).to.equal(422);
    expect(silent.text).to.include('写明补点原因').and.to.include('value="present" checked');
    expect((await visitor.post(path, { ...body, reason: '纸质补录' }, { from: path })).status).to.equal(303);
    const last = running.lessons.at(-1)!;
    world.at('2021-05-07');
    const future = `/lessons/${last.id}/attendance`;
    const early = await visitor.post(future, { ...body }, { from: future });
    expect(early.status).to.equal(422);
    expect(early.text).to.include('还没到');
    const odd = await visitor.post(path, { ...marks(running, ['dancing']), openedAt: '-1' }, { from: path });
    expect(odd.status).to.equal(422);
  });

  it('records rates, and what is short', async () => {
    const running = await aRunningSession(world, { people: 2 });
    const { visitor, path } = await enter(running);
    await visitor.post(path, { ...marks(running, ['present', 'absent']), openedAt: '-1' }, { from: path });
    const record = await visitor.get(`/training-sessions/${running.session.id}/attendance`);
    expect(record.text).to.include('已点 1/15 次课').and.to.include('差 44 课时').and.to.include('100%');
    const text = record.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text)
      .to.match(/已得课时 理论 实操 线上/)
      .and.to.match(/ 4 (4 0|0 4) 0 100%/);
  });

  it('prints the sign-in sheet with masked numbers', async () => {
    const running = await aRunningSession(world, { people: 3 });
    const { visitor } = await enter(running);
    for (const path of [
      `/lessons/${running.lessons[0]!.id}/sign-in-sheet.pdf`,
      `/training-sessions/${running.session.id}/sign-in-sheet.pdf`,
    ]) {
      const sheet = await visitor.get(path);
      expect(sheet.headers.get('content-type')).to.equal('application/pdf');
      const text = JSON.stringify(readPdf(sheet.bytes).pages);
      expect(text).to.include(running.enrolments[0]!.name);
      expect(text).to.not.match(/320599\d{11}/);
    }
  });

  it('belongs to the centre', async () => {
    const running = await aRunningSession(world, { people: 1 });
    const other = await enter(await aRunningSession(world, { people: 1 }));
    const { path } = await enter(running);
    expect((await other.visitor.get(path)).status).to.equal(404);
    const answer = await other.visitor.post(path, marks(running, ['present']), { from: other.path });
    expect(answer.status).to.equal(404);
    const officer = site.visitor();
    await officer.signIn(running.officer.userName);
    expect((await officer.get(path)).status).to.equal(403);
    expect((await officer.get(`/training-sessions/${running.session.id}/attendance`)).status).to.equal(200);
  });
});
