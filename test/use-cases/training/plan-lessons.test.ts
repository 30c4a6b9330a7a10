import { expect } from 'chai';
import { cancelLesson, editLesson } from '../../../src/use-cases/training/change-lesson.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { repeatWeekly } from '../../../src/domain/training/lesson-rules.ts';
import type { LessonFacts } from '../../../src/domain/training/lesson.ts';
import { aLesson, anApprovedSession, enrol, refusalOf, type RunningSession } from '../../support/training.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const reason = '不同日期授课';

describe('use-cases/training/plan-lessons', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const plan = (at: RunningSession, ...lessons: LessonFacts[]) =>
    planLessons(world.deps, { actor: at.staff, sessionId: at.session.id, lessons });
  const code = async (work: Promise<unknown>) => {
    const refusal = await refusalOf(work);
    return (refusal as { problems?: { code: string }[] }).problems?.[0]?.code ?? refusal.code;
  };
  const sibling = (of: RunningSession) =>
    anApprovedSession(world, { people: 0, lessons: [], by: { actor: of.staff, centreId: of.centreId } });

  it('plans one lesson, or one every week, with class hours of 45 minutes', async () => {
    const at = await anApprovedSession(world, { people: 0, lessons: [] });
    const weekly = repeatWeekly(aLesson('2021-05-06', { startsAt: '09:00', endsAt: '11:15' }), 3);
    const lessons = await plan(at, ...weekly);
    expect(lessons.map((lesson) => [lesson.day, lesson.classHours])).to.deep.equal([
      ['2021-05-06', 3],
      ['2021-05-13', 3],
      ['2021-05-20', 3],
    ]);
    expect(await world.deps.lessons.ofSession(at.staff.scope, at.session.id)).to.have.length(3);
  });

  it('refuses times that do not fit, days outside the session, and sessions that take no lessons', async () => {
    const at = await anApprovedSession(world, { people: 0, lessons: [] });
    expect(await code(plan(at, aLesson('2021-05-06', { endsAt: '08:00' })))).to.equal(
      'lessons.endsBeforeStart',
    );
    expect(await code(plan(at, aLesson('2021-05-06', { endsAt: '09:10' })))).to.equal('lessons.tooShort');
    expect(await code(plan(at, aLesson('2021-05-06', { classHours: 5 })))).to.equal('lessons.hoursTooMany');
    expect(await code(plan(at, aLesson('2021-06-11')))).to.equal('lessons.outsideSession');
    expect(await code(plan(at))).to.equal('lessons.nothingToPlan');
    const other = await anApprovedSession(world, { people: 0, lessons: [] });
    expect(
      await code(
        planLessons(world.deps, {
          actor: other.staff,
          sessionId: at.session.id,
          lessons: [aLesson('2021-05-06')],
        }),
      ),
    ).to.equal('shared.notFound');
  });

  it('refuses the same teacher, room or session twice at once, and lets touching times and online lessons be', async () => {
    const at = await anApprovedSession(world, { people: 0, lessons: [aLesson('2021-05-06')] });
    const next = await sibling(at);
    const elsewhere = aLesson('2021-05-06', { startsAt: '10:00', teacher: '李老师', venue: '实训楼 B' });
    const refused = await refusalOf(plan(next, { ...elsewhere, teacher: '王老师' }));
    expect(refused).to.include({ code: 'lessons.teacherBusy' });
    expect(refused.details).to.deep.include({ venue: '302 教室', time: '09:00' });
    expect(await code(plan(next, { ...elsewhere, venue: '302教室' }))).to.equal('lessons.venueTaken');
    expect(await code(plan(at, elsewhere))).to.equal('lessons.sessionBusy');
    expect(await code(plan(next, elsewhere, { ...elsewhere, startsAt: '11:00' }))).to.equal(
      'lessons.sessionBusy',
    );
    await plan(next, { ...elsewhere, kind: 'online', venue: '302 教室' });
    await plan(at, aLesson('2021-05-06', { startsAt: '12:00', endsAt: '13:30' }));
  });

  it('asks for a reason where a day holds more than 8 class hours, and keeps it', async () => {
    const at = await anApprovedSession(world, { people: 0, lessons: [aLesson('2021-05-06')] });
    const long = aLesson('2021-05-06', { startsAt: '13:00', endsAt: '17:30' });
    expect(await code(plan(at, long))).to.equal('lessons.dayTooLong');
    const [lesson] = await planLessons(world.deps, {
      actor: at.staff,
      sessionId: at.session.id,
      lessons: [long],
      reason: '实训设备只借到当天',
    });
    expect(lesson!.acceptedWarnings).to.deep.equal([
      { code: 'lessons.dayTooLong', reason: '实训设备只借到当天' },
    ]);
  });

  it('refuses a lesson while a trainee sits in another centre, giving a case reference and nothing of the other side', async () => {
    const { deps } = world;
    const documentNumber = anIdNumber();
    const here = await anApprovedSession(world, { people: 0, lessons: [aLesson('2021-05-06')] });
    await enrol(deps, here.staff, here.session.id, { name: '王小明', documentNumber });
    const there = await anApprovedSession(world, { people: 0, lessons: [] });
    await enrol(deps, there.staff, there.session.id, { name: '王小明', documentNumber }, reason);
    const meeting = aLesson('2021-05-06', { startsAt: '11:00', endsAt: '12:30' });
    const refusal = await refusalOf(plan(there, meeting));
    expect(refusal).to.include({ code: 'lessons.personsBusy' });
    expect(refusal.details).to.deep.equal({ names: ['王小明'], reference: 'K-1' });
    expect(await deps.lessons.ofSession(there.staff.scope, there.session.id)).to.deep.equal([]);
    const again = await refusalOf(plan(there, meeting));
    expect(again.details).to.include({ reference: 'K-1' });
    await plan(there, aLesson('2021-05-06', { startsAt: '12:00', endsAt: '13:30' }));
    await cancelLesson(deps, { actor: here.staff, lessonId: here.lessons[0]!.id, reason: '停电' });
    await plan(there, aLesson('2021-05-06', { startsAt: '09:00', endsAt: '10:30' }));
  });

  it('places an edited lesson anew and refuses a stale page', async () => {
    const at = await anApprovedSession(world, {
      people: 0,
      lessons: [aLesson('2021-05-06'), aLesson('2021-05-07')],
    });
    const [first, second] = at.lessons;
    const edit = (facts: LessonFacts, version?: number) =>
      editLesson(world.deps, { actor: at.staff, lessonId: second!.id, facts, version });
    expect(await code(edit(aLesson('2021-05-06')))).to.equal('lessons.sessionBusy');
    const moved = await edit(aLesson('2021-05-08', { topic: '触电急救' }), 0);
    expect(moved).to.include({ day: '2021-05-08', topic: '触电急救', version: 1 });
    expect(await code(edit(aLesson('2021-05-09'), 0))).to.equal('shared.changedMeanwhile');
    await cancelLesson(world.deps, { actor: at.staff, lessonId: first!.id, reason: '教师请假' });
    expect(
      await code(
        editLesson(world.deps, { actor: at.staff, lessonId: first!.id, facts: aLesson('2021-05-09') }),
      ),
    ).to.equal('lessons.cancelled');
  });

  describe('of two plans at once exactly one wins, fifty times', function () {
    this.timeout(120_000);
    const race = async (first: () => Promise<unknown>, second: () => Promise<unknown>, refused: string) => {
      const results = await Promise.allSettled([first(), second()]);
      const lost = results.filter((result) => result.status === 'rejected');
      expect(lost, 'exactly one is refused').to.have.length(1);
      expect((lost[0] as PromiseRejectedResult).reason).to.have.property('code', refused);
    };
    const slot = (round: number) => {
      const day = `2021-05-${String(6 + (round % 25)).padStart(2, '0')}`;
      return round < 25
        ? { day, startsAt: '08:00', endsAt: '09:30' }
        : { day, startsAt: '10:00', endsAt: '11:30' };
    };

    it('for a teacher', async () => {
      const a = await anApprovedSession(world, { people: 0, lessons: [] });
      const b = await sibling(a);
      for (let round = 0; round < 50; round += 1)
        await race(
          () => plan(a, { ...aLesson(''), ...slot(round), venue: '一号室' }),
          () => plan(b, { ...aLesson(''), ...slot(round), venue: '二号室' }),
          'lessons.teacherBusy',
        );
    });

    it('for a room', async () => {
      const a = await anApprovedSession(world, { people: 0, lessons: [] });
      const b = await sibling(a);
      for (let round = 0; round < 50; round += 1)
        await race(
          () => plan(a, { ...aLesson(''), ...slot(round), teacher: '甲' }),
          () => plan(b, { ...aLesson(''), ...slot(round), teacher: '乙' }),
          'lessons.venueTaken',
        );
    });

    it('for a person in two centres', async () => {
      const documentNumber = anIdNumber();
      const a = await anApprovedSession(world, { people: 0, lessons: [] });
      const b = await anApprovedSession(world, { people: 0, lessons: [] });
      await enrol(world.deps, a.staff, a.session.id, { name: '李小红', documentNumber });
      await enrol(world.deps, b.staff, b.session.id, { name: '李小红', documentNumber }, reason);
      for (let round = 0; round < 50; round += 1)
        await race(
          () => plan(a, { ...aLesson(''), ...slot(round) }),
          () => plan(b, { ...aLesson(''), ...slot(round) }),
          'lessons.personsBusy',
        );
    });
  });
});
