import { expect } from 'chai';
import { addDays } from '../../../src/domain/shared/calendar-day.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { cancelLesson } from '../../../src/use-cases/training/change-lesson.ts';
import { markAttendances } from '../../../src/use-cases/training/mark-attendance.ts';
import {
  assessTrainingSession,
  cancelTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../../src/use-cases/training/run-training-session.ts';
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

describe('use-cases/training/run-training-session', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
  const move = (at: RunningSession) => ({ actor: at.staff, sessionId: at.session.id });
  const markAll = (at: RunningSession, lessons = at.lessons) =>
    markAttendances(world.deps, {
      actor: at.staff,
      reason: '集中补录',
      lessons: lessons.map((lesson) => ({ lessonId: lesson.id, marks: everybody(at.enrolments) })),
    });

  it('starts on its first day with people and lessons, not before and not without', async () => {
    const { deps } = world;
    const at = await anApprovedSession(world);
    expect(await code(startTrainingSession(deps, move(at)))).to.equal('training.notYet');
    const empty = await anApprovedSession(world, { people: 0 });
    const unplanned = await anApprovedSession(world, { lessons: [] });
    world.at('2021-05-06');
    expect(await code(startTrainingSession(deps, move(empty)))).to.equal('training.nobodyEnrolled');
    expect(await code(startTrainingSession(deps, move(unplanned)))).to.equal('training.noLessons');
    expect((await startTrainingSession(deps, move(at))).status).to.equal('in_progress');
    expect(await code(startTrainingSession(deps, move(at)))).to.equal('training.cannotMove');
  });

  it('is completed once everything was held or cancelled and everybody marked, with a result for each', async () => {
    const { deps } = world;
    const at = await aRunningSession(world);
    const [a, b, c] = at.enrolments.map((one) => one.id) as [string, string, string];
    world.at('2021-06-01');
    expect(await code(completeTrainingSession(deps, move(at)))).to.equal('training.lessonsOpen');
    await markAttendances(deps, {
      actor: at.staff,
      reason: '集中补录',
      lessons: at.lessons.map((lesson, index) => ({
        lessonId: lesson.id,
        marks: [
          { enrolmentId: a, status: index < 12 ? 'present' : 'absent' },
          { enrolmentId: b, status: index < 11 ? 'present' : 'leave' },
          ...(index === 0 ? [] : [{ enrolmentId: c, status: 'absent' as const }]),
        ],
      })),
    });
    const unmarked = await refusalOf(completeTrainingSession(deps, move(at)));
    expect([unmarked.code, unmarked.details]).to.deep.equal(['training.unmarked', { count: 1 }]);
    await markAttendances(deps, {
      actor: at.staff,
      reason: '补点',
      lessons: [{ lessonId: at.lessons[0]!.id, marks: [{ enrolmentId: c, status: 'absent' }] }],
    });
    expect((await completeTrainingSession(deps, move(at))).status).to.equal('completed');
    const results = await Promise.all([a, b, c].map((id) => deps.enrolments.get(at.staff.scope, id)));
    // 60 planned hours × 80 % = 48: twelve lessons of 4 reach it, eleven do not.
    expect(results.map((one) => one.status)).to.deep.equal(['completed', 'incomplete', 'absent']);
    expect((await assessTrainingSession(deps, move(at))).status).to.equal('assessed');
    expect((await closeTrainingSession(deps, move(at))).status).to.equal('closed');
  });

  it('refuses completion when too few hours or too little practice were delivered (C14)', async () => {
    const { deps } = world;
    const short = await aRunningSession(world, { lessons: aPlan('2021-05-06', 13) });
    world.at('2021-06-01');
    await markAll(short);
    const refusal = await refusalOf(completeTrainingSession(deps, move(short)));
    expect([refusal.code, refusal.details]).to.deep.equal([
      'training.deliveredShort',
      { held: 52, minimum: 56 },
    ]);

    const theory = await aRunningSession(world, {
      lessons: Array.from({ length: 15 }, (_, index) =>
        aLesson(addDays('2021-05-06', index), { kind: index < 8 ? 'practice' : 'theory' }),
      ),
    });
    world.at('2021-06-01');
    await markAll(theory);
    expect(await code(completeTrainingSession(deps, move(theory)))).to.equal(
      'training.deliveredPracticeShort',
    );
  });

  it('completes with cancelled lessons when the rest suffices', async () => {
    const { deps } = world;
    const at = await aRunningSession(world, { lessons: aPlan('2021-05-06', 16) });
    await cancelLesson(deps, { actor: at.staff, lessonId: at.lessons[15]!.id, reason: '教师请假' });
    world.at('2021-06-01');
    await markAll(at, at.lessons.slice(0, 15));
    expect((await completeTrainingSession(deps, move(at))).status).to.equal('completed');
  });

  it('is called off with a reason, which frees its planned lessons', async () => {
    const { deps } = world;
    const at = await aRunningSession(world);
    await markAttendances(deps, {
      actor: at.staff,
      lessons: [{ lessonId: at.lessons[0]!.id, marks: everybody(at.enrolments) }],
    });
    const cancelled = await cancelTrainingSession(deps, { ...move(at), reason: '场地临时停用' });
    expect(cancelled.statusChanges.at(-1)).to.include({ to: 'cancelled', reason: '场地临时停用' });
    const lessons = await deps.lessons.ofSession(at.staff.scope, at.session.id);
    expect(lessons.map((lesson) => lesson.status)).to.deep.equal([
      'held',
      ...Array<string>(14).fill('cancelled'),
    ]);
    expect(await code(cancelTrainingSession(deps, { ...move(at), reason: '再次取消一遍' }))).to.equal(
      'training.cannotMove',
    );
  });
});
