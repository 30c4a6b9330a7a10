import { expect } from 'chai';
import fc from 'fast-check';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { attendanceStatuses, type PostedMark } from '../../../src/domain/training/attendance.ts';
import { cancelLesson, editLesson, reopenLesson } from '../../../src/use-cases/training/change-lesson.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { markAttendance, markAttendances } from '../../../src/use-cases/training/mark-attendance.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { aLesson, aPlan, aRunningSession, enrol, everybody, refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/training/mark-attendance', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const hoursOf = async (actor: Actor, id: string) =>
    (await world.deps.enrolments.get(actor.scope, id)).hours;

  it('holds the lesson, credits hours by kind and status, and notes the first held day', async () => {
    const { deps } = world;
    const { staff, session, lessons, enrolments } = await aRunningSession(world);
    const [a, b, c] = enrolments;
    const attendance = await markAttendance(deps, {
      actor: staff,
      lessonId: lessons[0]!.id,
      marks: [
        { enrolmentId: a!.id, status: 'present' },
        { enrolmentId: b!.id, status: 'late', note: '15 分钟' },
        { enrolmentId: c!.id, status: 'absent' },
      ],
    });
    expect(attendance.marks.map((mark) => mark.hours)).to.deep.equal([4, 2, 0]);
    expect(await hoursOf(staff, a!.id)).to.deep.equal({ theory: 0, practice: 4, online: 0 });
    expect(await hoursOf(staff, b!.id)).to.deep.equal({ theory: 0, practice: 2, online: 0 });
    expect((await deps.lessons.get(staff.scope, lessons[0]!.id)).status).to.equal('held');
    const after = await deps.trainingSessions.get(staff.scope, session.id);
    expect(after.firstHeld.map((one) => one.day)).to.deep.equal(['2021-05-06']);
    const [event] = await deps.events.about('lesson', lessons[0]!.id);
    expect(event).to.include({ what: 'attendance.marked' });
    expect(event!.after).to.deep.include({ counts: { present: 1, late: 1, absent: 1 } });
  });

  it('counts only the difference when a mark is corrected, and keeps one event a marking', async () => {
    const { deps } = world;
    const { staff, lessons, enrolments } = await aRunningSession(world, { people: 1 });
    const lessonId = lessons[0]!.id;
    const mark = (status: PostedMark['status']) =>
      markAttendance(deps, { actor: staff, lessonId, marks: [{ enrolmentId: enrolments[0]!.id, status }] });
    await mark('present');
    await mark('late');
    await mark('leftEarly');
    await mark(null);
    await mark('present');
    expect(await hoursOf(staff, enrolments[0]!.id)).to.deep.equal({ theory: 0, practice: 4, online: 0 });
    expect(await deps.events.about('lesson', lessonId)).to.have.length(5);
  });

  it('merges two pages by person and refuses only where both marked one person differently', async () => {
    const { deps } = world;
    const { staff, lessons, enrolments } = await aRunningSession(world);
    const lessonId = lessons[0]!.id;
    const [a, b, c] = enrolments.map((one) => one.id) as [string, string, string];
    const post = (openedAt: number, marks: Record<string, PostedMark['status']>) =>
      markAttendance(deps, {
        actor: staff,
        lessonId,
        openedAt,
        marks: Object.entries(marks).map(([enrolmentId, status]) => ({ enrolmentId, status })),
      });
    await post(-1, { [a]: 'present', [b]: null, [c]: null });
    const merged = await post(-1, { [a]: null, [b]: 'late', [c]: null });
    expect(new Map(merged.marks.map((mark) => [mark.enrolmentId, mark.status]))).to.deep.equal(
      new Map([
        [a, 'present'],
        [b, 'late'],
      ]),
    );
    const refusal = await refusalOf(post(-1, { [a]: 'absent', [b]: null, [c]: 'present' }));
    expect(refusal).to.include({ name: 'MarksClash', code: 'attendance.bothMarked' });
    expect(refusal).to.have.deep.property('enrolmentIds', [a]);
    const stored = await deps.attendances.get(staff.scope, lessonId);
    expect(stored.marks).to.have.length(2);
    const again = await post(stored.version, { [a]: 'absent', [b]: 'late', [c]: 'present' });
    expect(again.marks.map((mark) => mark.status).sort()).to.deep.equal(['absent', 'late', 'present']);
  });

  it('refuses late joiners, withdrawn people, strangers, days to come, cancelled lessons and sessions not running', async () => {
    const { deps } = world;
    const { staff, session, lessons, enrolments } = await aRunningSession(world);
    const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
    const marks = everybody(enrolments);
    const first = lessons[0]!;
    expect(await code(markAttendance(deps, { actor: staff, lessonId: lessons[3]!.id, marks }))).to.equal(
      'attendance.dayToCome',
    );
    const stranger = await aRunningSession(world);
    world.at('2021-05-06');
    expect(
      await code(
        markAttendance(deps, { actor: staff, lessonId: first.id, marks: everybody(stranger.enrolments) }),
      ),
    ).to.equal('attendance.notOnRoster');
    expect(
      await code(markAttendance(deps, { actor: stranger.staff, lessonId: first.id, marks: [] })),
    ).to.equal('shared.notFound');
    expect(
      await code(
        markAttendances(deps, {
          actor: staff,
          lessons: [
            { lessonId: first.id, marks },
            { lessonId: stranger.lessons[0]!.id, marks: [] },
          ],
        }),
      ),
    ).to.equal('shared.notFound');
    await withdrawEnrolment(deps, {
      actor: staff,
      enrolmentId: enrolments[2]!.id,
      on: '2021-05-06',
      reason: 'illness',
      note: null,
    });
    expect(await code(markAttendance(deps, { actor: staff, lessonId: first.id, marks }))).to.equal(
      'attendance.notOnRoster',
    );
    world.at('2021-05-08');
    const late = await enrol(deps, staff, session.id);
    expect(
      await code(markAttendance(deps, { actor: staff, lessonId: lessons[1]!.id, marks: everybody([late]) })),
    ).to.equal('attendance.notOnRoster');
    await markAttendance(deps, { actor: staff, lessonId: lessons[2]!.id, marks: everybody([late]) });
    await cancelLesson(deps, { actor: staff, lessonId: lessons[1]!.id, reason: '停电' });
    expect(await code(markAttendance(deps, { actor: staff, lessonId: lessons[1]!.id, marks: [] }))).to.equal(
      'attendance.cancelled',
    );
  });

  it('asks for a reason later than 48 hours after the lesson', async () => {
    const { deps } = world;
    const { staff, lessons, enrolments } = await aRunningSession(world);
    world.at('2021-05-09');
    const mark = (reason?: string) =>
      markAttendance(deps, { actor: staff, lessonId: lessons[0]!.id, marks: everybody(enrolments), reason });
    const refusal = await refusalOf(mark());
    expect(refusal).to.have.nested.property('problems[0].code', 'attendance.lateReason');
    await mark('点名册补录');
  });

  it('takes hours and first held day back when a held lesson is reopened, moved or changes its kind', async () => {
    const { deps } = world;
    const { staff, session, lessons, enrolments } = await aRunningSession(world, { people: 2 });
    const day = async () =>
      (await deps.trainingSessions.get(staff.scope, session.id)).firstHeld.map((one) => one.day);
    world.at('2021-05-07');
    await markAttendances(deps, {
      actor: staff,
      lessons: [lessons[1]!, lessons[0]!].map((one) => ({ lessonId: one.id, marks: everybody(enrolments) })),
    });
    expect(await day()).to.deep.equal(['2021-05-06']);
    await reopenLesson(deps, { actor: staff, lessonId: lessons[0]!.id, reason: '点错了班级' });
    expect(await day()).to.deep.equal(['2021-05-06', '2021-05-07']);
    expect(await hoursOf(staff, enrolments[0]!.id)).to.deep.equal({ theory: 0, practice: 4, online: 0 });
    await editLesson(deps, {
      actor: staff,
      lessonId: lessons[1]!.id,
      facts: aLesson('2021-06-01', { kind: 'online', classHours: 3 }),
      reason: '日期登记错误',
    });
    expect(await day()).to.deep.equal(['2021-05-06', '2021-05-07', '2021-06-01']);
    expect(await hoursOf(staff, enrolments[0]!.id)).to.deep.equal({ theory: 0, practice: 0, online: 3 });
    await reopenLesson(deps, { actor: staff, lessonId: lessons[1]!.id, reason: '点错了班级' });
    expect((await day()).at(-1)).to.equal(null);
    expect(await hoursOf(staff, enrolments[1]!.id)).to.deep.equal({ theory: 0, practice: 0, online: 0 });
  });

  it('derives results again when marks are corrected after completion', async () => {
    const { deps } = world;
    const { staff, session, lessons, enrolments } = await aRunningSession(world, { people: 2 });
    world.at('2021-06-01');
    const [a, b] = enrolments;
    for (const [index, lesson] of lessons.entries())
      await markAttendance(deps, {
        actor: staff,
        lessonId: lesson.id,
        reason: '按签到表更正',
        marks: [
          { enrolmentId: a!.id, status: 'present' },
          { enrolmentId: b!.id, status: index < 4 ? 'absent' : 'present' },
        ],
      });
    await completeTrainingSession(deps, { actor: staff, sessionId: session.id });
    const status = async () => (await deps.enrolments.get(staff.scope, b!.id)).status;
    expect(await status()).to.equal('incomplete');
    await markAttendance(deps, {
      actor: staff,
      lessonId: lessons[0]!.id,
      reason: '签到表核对',
      marks: [{ enrolmentId: b!.id, status: 'present' }],
    });
    expect(await status()).to.equal('completed');
  });

  it('keeps hours of everybody equal to a naive recount whatever is marked, corrected, moved or reopened', async function () {
    this.timeout(120_000);
    const { deps } = world;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.record({
              act: fc.constant('mark' as const),
              lesson: fc.nat(3),
              statuses: fc.array(fc.constantFrom(...attendanceStatuses, null), {
                minLength: 3,
                maxLength: 3,
              }),
            }),
            fc.record({
              act: fc.constantFrom('reopen' as const, 'edit' as const),
              lesson: fc.nat(3),
              hours: fc.integer({ min: 1, max: 8 }),
            }),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        async (steps) => {
          const { staff, session, lessons, enrolments } = await aRunningSession(world, {
            lessons: aPlan('2021-05-06', 4),
          });
          world.at('2021-05-28');
          for (const step of steps) {
            const lessonId = lessons[step.lesson]!.id;
            const base = { actor: staff, lessonId, reason: '随机的步骤' };
            if (step.act === 'mark') {
              const marks = enrolments.map((one, index) => ({
                enrolmentId: one.id,
                status: step.statuses[index]!,
              }));
              await markAttendance(deps, { ...base, marks });
            } else if (step.act === 'reopen') await reopenLesson(deps, base).catch(() => undefined);
            else
              await editLesson(deps, {
                ...base,
                facts: aLesson(`2021-05-2${step.lesson}`, { classHours: step.hours / 2, kind: 'theory' }),
              });
          }
          const kept = await deps.lessons.ofSession(staff.scope, session.id);
          const marked = await deps.attendances.ofSession(staff.scope, session.id);
          const share = { present: 1, late: 0.5, leftEarly: 0.5, leave: 0, absent: 0 };
          for (const one of await deps.enrolments.ofSession(staff.scope, session.id)) {
            const naive = { theory: 0, practice: 0, online: 0 };
            for (const lesson of kept) {
              const attendance = marked.find((candidate) => candidate.id === lesson.id);
              const mark = attendance?.marks.find((candidate) => candidate.enrolmentId === one.id);
              if (lesson.status === 'held' && mark)
                naive[lesson.kind] += share[mark.status] * lesson.classHours;
            }
            expect(one.hours).to.deep.equal(naive);
          }
          const held = kept.filter((lesson) => lesson.status === 'held').map((lesson) => lesson.day);
          const stored = await deps.trainingSessions.get(staff.scope, session.id);
          expect(stored.firstHeld.at(-1)?.day ?? null).to.equal(held.sort()[0] ?? null);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('lets two markings of one session at once both count', async () => {
    const { deps } = world;
    const { staff, lessons, enrolments } = await aRunningSession(world);
    world.at('2021-05-07');
    await Promise.all(
      [lessons[0]!, lessons[1]!].map((lesson) =>
        markAttendance(deps, { actor: staff, lessonId: lesson.id, marks: everybody(enrolments) }),
      ),
    );
    expect(await hoursOf(staff, enrolments[0]!.id)).to.deep.equal({ theory: 0, practice: 8, online: 0 });
  });
});
