// The training part of what is held about a person: enrolments, marks, and rows of uploaded rosters.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Person } from '../../domain/people/person.ts';
import { recordsOfPerson } from '../people/records-of-person.ts';
import type { Entry } from './subject-record.ts';

type CourseDeps = Pick<
  Deps,
  | 'people'
  | 'personMerges'
  | 'enrolments'
  | 'trainingSessions'
  | 'lessons'
  | 'attendances'
  | 'rosterImports'
  | 'organisations'
>;

/** All enrolments, taken-back ones too, with what hangs on them. */
export async function courseRecords(deps: CourseDeps, person: Person) {
  const personId = person.id;
  const enrolments = await deps.enrolments.find(district, { personId }, { sort: { createdAt: 1 } });
  const sessionIds = [...new Set(enrolments.map((one) => one.sessionId))];
  const sessions = new Map(
    (await deps.trainingSessions.find(district, { _id: { $in: sessionIds } })).map((one) => [one.id, one]),
  );
  const centres = await deps.organisations.namesOf(enrolments.map((one) => one.centreId));
  const attendance: Entry[] = [];
  const uploadedRows: Entry[] = [];
  for (const { id, sessionId } of enrolments) {
    const session = sessions.get(sessionId)?.number ?? '';
    const days = new Map((await deps.lessons.ofSession(district, sessionId)).map((one) => [one.id, one.day]));
    for (const { id: lessonId, marks } of await deps.attendances.ofSession(district, sessionId))
      for (const { status, note, hours } of marks.filter((mark) => mark.enrolmentId === id))
        attendance.push({ session, day: days.get(lessonId) ?? '', status, note, hours });
  }
  const records = await recordsOfPerson(deps, personId);
  for (const { fileName, number, cells } of await deps.rosterImports.rowsAbout(sessionIds, records))
    uploadedRows.push({ file: fileName, row: number, ...cells });
  return {
    enrolmentIds: enrolments.map((one) => one.id),
    entries: {
      enrolments: enrolments.map((one): Entry => {
        const session = sessions.get(one.sessionId);
        return {
          session: session?.number ?? '',
          sessionName: session?.name ?? '',
          centre: centres.get(one.centreId) ?? '',
          startsOn: session?.startsOn ?? null,
          endsOn: session?.endsOn ?? null,
          joinedOn: one.joinedOn,
          status: one.status,
          withdrawnOn: one.withdrawnOn,
          theoryHours: one.hours.theory,
          practiceHours: one.hours.practice,
          onlineHours: one.hours.online,
          employer: one.employer,
          education: one.education,
          householdRegistration: one.householdRegistration,
        };
      }),
      attendance,
      uploadedRows,
    },
  };
}
