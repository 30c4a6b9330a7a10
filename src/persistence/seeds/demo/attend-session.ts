// Lessons, rosters and who was there.
import type { Actor } from '../../../domain/accounts/actor.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { LessonFacts } from '../../../domain/training/lesson.ts';
import type { SessionFacts } from '../../../domain/training/session-rules.ts';
import { checkRoster } from '../../../use-cases/training/check-roster.ts';
import { commitRoster } from '../../../use-cases/training/commit-roster.ts';
import { markAttendances } from '../../../use-cases/training/mark-attendance.ts';
import { withdrawEnrolment } from '../../../use-cases/training/withdraw-enrolment.ts';
import { at } from './clock.ts';
import { rosterRows, type Identity } from './identities.ts';
import { weekday, type PlannedSession } from './plan.ts';
import type { Stage } from './stage.ts';
import type { TaughtSession } from './teach-session.ts';

/** Two lessons of four class hours a working day: theory first, then practice. */
export function lessonDays(
  facts: Pick<SessionFacts, 'startsOn' | 'theoryHours' | 'practiceHours' | 'venue'>,
  plan: PlannedSession,
): LessonFacts[] {
  const lessons: LessonFacts[] = [];
  const total = (facts.theoryHours + facts.practiceHours) / 4;
  let day = facts.startsOn;
  for (let index = 0; index < total; index += 1) {
    const afternoon = index % 2 === 1;
    if (index > 0 && !afternoon) day = weekday(addDays(day, 1));
    lessons.push({
      day,
      startsAt: afternoon ? '13:00' : '08:30',
      endsAt: afternoon ? '16:00' : '11:30',
      classHours: 4,
      kind:
        index < facts.theoryHours / 4
          ? plan.project !== null && index === 1
            ? 'online'
            : 'theory'
          : 'practice',
      topic: null,
      teacher: facts.venue.replace('实训教室', '教师'),
      venue: facts.venue,
    });
  }
  return lessons;
}

/** Checks a roster of those people; the import, to be committed in a numbering transaction of learners. */
export async function check(
  stage: Stage,
  staff: Actor,
  sessionId: string,
  identities: readonly Identity[],
  day: string,
): Promise<string> {
  const { rosterImport } = await checkRoster(at(stage.deps, day, 9), {
    actor: staff,
    sessionId,
    rows: rosterRows(identities),
  });
  return rosterImport.id;
}

/** Enrols the people of a checked roster; overlapping dates and ages near retirement are accepted with a reason. */
export async function enrol(
  stage: Stage,
  staff: Actor,
  importId: string,
  identities: readonly Identity[],
  day: string,
) {
  const { enrolments } = await commitRoster(at(stage.deps, day, 9), {
    actor: staff,
    importId,
    reasons: {
      'rosters.retired': '本人申请继续就业',
      'rosters.overlappingDates': '上课时间不冲突',
      'rosters.underAge': '—',
    },
    withoutBadRows: false,
  });
  return enrolments.map((enrolment, index) => {
    const identity = identities[index]!;
    identity.personId = enrolment.personId;
    return { enrolment, identity };
  });
}

export async function attend(
  stage: Stage,
  given: {
    staff: Actor;
    sessionId: string;
    endsOn: string;
    plan: PlannedSession;
    people: TaughtSession['people'];
  },
): Promise<Set<string>> {
  const { deps, random } = stage;
  const left = new Set<string>();
  if (given.plan.kind === 'work_training') return left;
  const lessons = (await deps.lessons.ofSession(given.staff.scope, given.sessionId)).filter(
    (one) => one.status === 'planned',
  );
  const habits = given.people.map((one) => ({ id: one.enrolment.id, kind: random.next() }));
  const leaver = random.chance(0.25) ? habits[0]!.id : null;
  const marks = lessons.map((lesson) => ({
    lessonId: lesson.id,
    marks: habits.map(({ id, kind }) => ({
      enrolmentId: id,
      status:
        kind < 0.012
          ? ('absent' as const)
          : kind < 0.05 && random.chance(0.4)
            ? ('absent' as const)
            : random.chance(0.02)
              ? ('late' as const)
              : random.chance(0.015)
                ? ('leave' as const)
                : ('present' as const),
    })),
  }));
  await markAttendances(at(deps, given.endsOn, 17), {
    actor: given.staff,
    lessons: marks,
    reason: '据纸质点名册补录',
  });
  if (leaver !== null) {
    await withdrawEnrolment(at(deps, given.endsOn, 18), {
      actor: given.staff,
      enrolmentId: leaver,
      on: given.endsOn,
      reason: 'found_work',
      note: null,
    });
    left.add(leaver);
  }
  return left;
}
