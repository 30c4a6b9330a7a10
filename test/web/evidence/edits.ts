// One record of each kind on which a sensitive edit can be made, with the form that makes it and a page that tells of it.
import type { SensitiveEdit } from '../../../src/domain/trail/sensitive-edits.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { closeAccount } from '../../../src/use-cases/accounts/close-account.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { fileProgramme, submitProgramme } from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { recogniseStudio } from '../../../src/use-cases/studios/recognise-studio.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { markAttendance, markAttendances } from '../../../src/use-cases/training/mark-attendance.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, aScoredAssessment, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { merge, register, twins } from '../../support/duplicates.ts';
import { aSession, rows } from '../../support/rosters.ts';
import { anApprovedSession, aRunningSession, everybody } from '../../support/training.ts';
import type { World } from '../../support/world.ts';

export interface Edit {
  /** User name of who makes the edit. */
  readonly by: string;
  readonly about: { readonly kind: string; readonly id: string };
  /** The page with the form. */
  readonly from: string;
  /** Where the form is sent to. */
  readonly path: string;
  /** What is typed besides the reason. */
  readonly fields: Readonly<Record<string, string>>;
  /** Who looks at which page afterwards: the maker unless said otherwise. */
  readonly timeline: { readonly by?: string; readonly path: string };
}

async function aCertificate({ deps }: World) {
  const evaluator = await anEvaluator(deps);
  const [certificate] = await certificatesFor(deps, evaluator, await peopleOf(deps, evaluator, ['周八']));
  return { evaluator, id: certificate!.id };
}

async function aMerge({ deps }: World) {
  const officer = await anActor(deps, 'bureauOfficer');
  const pair = await twins(deps);
  return { officer, ...pair };
}

const strings = (facts: Readonly<Record<string, string | number | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value ?? '')]));

async function aHeldLesson(world: World) {
  const { lessons, enrolments, staff, officer } = await aRunningSession(world, { people: 1 });
  const lessonId = lessons[0]!.id;
  await markAttendance(world.deps, { actor: staff, lessonId, marks: everybody(enrolments) });
  return { lesson: await world.deps.lessons.get(district, lessonId), staff, officer };
}

async function aStudio({ deps }: World) {
  const officer = await anActor(deps, 'bureauOfficer');
  const { id } = await recogniseStudio(deps, {
    actor: officer,
    facts: {
      name: '王师傅工作室',
      kind: 'skill_master',
      hostId: null,
      hostName: '某公司',
      occupationCode: null,
      craft: null,
      areaCode: '320507001',
      members: [{ name: '王师傅', role: 'lead', skillLevel: null, from: '2021-03-01', to: null }],
      termEnd: '2024-12-31',
    },
    recognition: { tier: 'district', recognisedOn: '2021-03-01', document: '相人社〔2021〕1号' },
  });
  return { officer, id };
}

/** An officer's account, and what an administrator does with it at its page. */
async function anAccount(
  { deps }: World,
  role: 'systemAdministrator' | 'securityAdministrator',
  act: string,
  fields: Edit['fields'] = {},
): Promise<Edit> {
  const { accountId } = await anActor(deps, 'bureauOfficer');
  return {
    by: (await anActor(deps, role)).userName,
    about: { kind: 'account', id: accountId },
    from: `/users/${accountId}`,
    path: `/users/${accountId}/${act}`,
    fields,
    timeline: { path: `/users/${accountId}` },
  };
}

export const edits: Readonly<Record<SensitiveEdit, (world: World) => Promise<Edit>>> = {
  async 'person.nameCorrected'(world) {
    const id = await register(world.deps);
    return {
      by: (await anActor(world.deps, 'bureauOfficer')).userName,
      about: { kind: 'person', id },
      from: `/people/${id}/name/new`,
      path: `/people/${id}/name`,
      fields: { name: '周鸣', version: '0' },
      timeline: { path: `/people/${id}` },
    };
  },
  async 'person.merged'(world) {
    const { officer, ids, duplicateId } = await aMerge(world);
    const people = await world.deps.people.byIds(district, ids);
    return {
      by: officer.userName,
      about: { kind: 'person', id: ids[1] },
      from: `/duplicates/${duplicateId}`,
      path: `/duplicates/${duplicateId}/merge`,
      fields: {
        keptId: ids[0],
        versionOne: String(people.get([...ids].sort()[0]!)!.version),
        versionTwo: String(people.get([...ids].sort()[1]!)!.version),
      },
      timeline: { path: `/people/${ids[1]}` },
    };
  },
  async 'person.mergeUndone'(world) {
    const { officer, ids, duplicateId } = await aMerge(world);
    const { id } = await merge(world.deps, officer, { ids, duplicateId });
    return {
      by: officer.userName,
      about: { kind: 'person', id: ids[0] },
      from: `/person-merges/${id}`,
      path: `/person-merges/${id}/reversal`,
      fields: {},
      timeline: { path: `/person-merges/${id}` },
    };
  },
  async 'enrolment.reinstated'(world) {
    const { deps } = world;
    const { staff, enrolments } = await anApprovedSession(world, { people: 1, lessons: [] });
    const enrolmentId = enrolments[0]!.id;
    const away = { on: '2021-04-20', reason: 'illness', note: null } as const;
    const { version } = await withdrawEnrolment(deps, { actor: staff, enrolmentId, ...away });
    return {
      by: staff.userName,
      about: { kind: 'enrolment', id: enrolmentId },
      from: `/enrolments/${enrolmentId}`,
      path: `/enrolments/${enrolmentId}/reinstatement`,
      fields: { version: String(version) },
      timeline: { path: `/people/${enrolments[0]!.personId}` },
    };
  },
  async 'sessionChange.submitted'(world) {
    const { session, staff, officer } = await anApprovedSession(world, { people: 0, lessons: [] });
    const { name, capacity, theoryHours, practiceHours, venue, areaCode } = session;
    return {
      by: staff.userName,
      about: { kind: 'trainingSession', id: session.id },
      from: `/training-sessions/${session.id}/changes/new`,
      path: `/training-sessions/${session.id}/changes`,
      fields: {
        version: String(session.version),
        startsOn: '2021-05-13',
        endsOn: '2021-06-17',
        evaluatorId: '',
        name,
        venue,
        areaCode: areaCode ?? '',
        ...strings({ capacity, theoryHours, practiceHours }),
      },
      timeline: { by: officer.userName, path: `/training-sessions/${session.id}` },
    };
  },
  async 'trainingSession.cancelled'(world) {
    const { session, staff, officer } = await anApprovedSession(world, { people: 1, lessons: [] });
    return {
      by: staff.userName,
      about: { kind: 'trainingSession', id: session.id },
      from: `/training-sessions/${session.id}/cancellation/new`,
      path: `/training-sessions/${session.id}/cancellation`,
      fields: { version: String(session.version) },
      timeline: { by: officer.userName, path: `/training-sessions/${session.id}` },
    };
  },
  async 'rosterImport.undone'(world) {
    const { deps } = world;
    const { staff, session } = await aSession(deps);
    const { rosterImport } = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(2) });
    await commitRoster(deps, { actor: staff, importId: rosterImport.id });
    return {
      by: staff.userName,
      about: { kind: 'rosterImport', id: rosterImport.id },
      from: `/roster-imports/${rosterImport.id}`,
      path: `/roster-imports/${rosterImport.id}/reversal`,
      fields: {},
      timeline: { path: `/training-sessions/${session.id}` },
    };
  },
  async 'lesson.corrected'(world) {
    const { lesson, staff, officer } = await aHeldLesson(world);
    const { day, startsAt, endsAt, classHours, kind, teacher, version } = lesson;
    return {
      by: staff.userName,
      about: { kind: 'lesson', id: lesson.id },
      from: `/lessons/${lesson.id}/edit`,
      path: `/lessons/${lesson.id}`,
      fields: strings({ day, startsAt, endsAt, classHours, kind, teacher, version, venue: '303 教室' }),
      timeline: { by: officer.userName, path: `/training-sessions/${lesson.sessionId}` },
    };
  },
  async 'lesson.reopened'(world) {
    const { lesson, staff, officer } = await aHeldLesson(world);
    return {
      by: staff.userName,
      about: { kind: 'lesson', id: lesson.id },
      from: `/lessons/${lesson.id}/edit`,
      path: `/lessons/${lesson.id}/reopening`,
      fields: { version: String(lesson.version) },
      timeline: { by: officer.userName, path: `/training-sessions/${lesson.sessionId}` },
    };
  },
  async 'attendance.corrected'(world) {
    const { deps } = world;
    const { session, lessons, enrolments, staff, officer } = await aRunningSession(world, { people: 1 });
    world.at('2021-06-01');
    const marks = lessons.map((one) => ({ lessonId: one.id, marks: everybody(enrolments) }));
    await markAttendances(deps, { actor: staff, lessons: marks, reason: '集中补录' });
    await completeTrainingSession(deps, { actor: staff, sessionId: session.id });
    const { id } = lessons[0]!;
    return {
      by: staff.userName,
      about: { kind: 'lesson', id },
      from: `/lessons/${id}/attendance`,
      path: `/lessons/${id}/attendance`,
      fields: { openedAt: '0', [`mark.${enrolments[0]!.id}`]: 'absent' },
      timeline: { by: officer.userName, path: `/training-sessions/${session.id}` },
    };
  },
  async 'programme.withdrawn'(world) {
    const { deps } = world;
    const { id: enterpriseId } = await anOrganisation(deps, { capacities: ['enterprise'] });
    const staff = await anActor(deps, 'enterpriseStaff', { organisationId: enterpriseId });
    const { id } = await draftProgramme(deps, { actor: staff, enterpriseId, facts: aProgramme() });
    const list = [anApprentice('学徒一')];
    await enrolApprentices(deps, { actor: staff, programmeId: id, enrolledOn: '2021-04-20', rows: list });
    await submitProgramme(deps, { actor: staff, programmeId: id });
    const officer = await anActor(deps, 'bureauReviewer');
    const { version } = await fileProgramme(deps, { actor: officer, programmeId: id });
    return {
      by: (await anActor(deps, 'bureauOfficer')).userName,
      about: { kind: 'programme', id },
      from: `/apprenticeships/${id}/withdrawal/new`,
      path: `/apprenticeships/${id}/withdrawal`,
      fields: { version: String(version) },
      timeline: { by: staff.userName, path: `/apprenticeships/${id}` },
    };
  },
  async 'studio.renewed'(world) {
    const { officer, id } = await aStudio(world);
    return {
      by: officer.userName,
      about: { kind: 'studio', id },
      from: `/studios/${id}`,
      path: `/studios/${id}/renewal`,
      fields: { termEnd: '2027-12-31' },
      timeline: { path: `/studios/${id}` },
    };
  },
  async 'studio.leadChanged'(world) {
    const { officer, id } = await aStudio(world);
    return {
      by: officer.userName,
      about: { kind: 'studio', id },
      from: `/studios/${id}`,
      path: `/studios/${id}/lead`,
      fields: { name: '李师傅', from: '2021-04-01' },
      timeline: { path: `/studios/${id}` },
    };
  },
  async 'recognition.annulled'(world) {
    const { officer, id } = await aStudio(world);
    const [recognition] = await world.deps.recognitions.find(district, { subjectId: id });
    return {
      by: officer.userName,
      about: { kind: 'studio', id },
      from: `/recognitions/${recognition!.id}/annulment/new`,
      path: `/recognitions/${recognition!.id}/annulment`,
      fields: {},
      timeline: { path: `/studios/${id}` },
    };
  },
  'account.roleChanged': (world) =>
    anAccount(world, 'securityAdministrator', 'role', {
      role: 'bureauReviewer',
      organisationId: '',
      areaCode: '',
    }),
  'account.closed': (world) => anAccount(world, 'systemAdministrator', 'closure'),
  async 'account.reopened'(world) {
    const edit = await anAccount(world, 'systemAdministrator', 'reopening');
    const account = await world.deps.accounts.get(district, edit.about.id);
    const system = { accountId: 'system', name: 'system' };
    await closeAccount(world.deps, { actor: system, account, reason: '长期不在岗' });
    return edit;
  },
  'account.codeRemoved': (world) => anAccount(world, 'securityAdministrator', 'code-removal'),
  async 'certificate.revoked'(world) {
    const { evaluator, id } = await aCertificate(world);
    return {
      by: (await anActor(world.deps, 'bureauOfficer')).userName,
      about: { kind: 'certificate', id },
      from: `/certificates/${id}/revocation/new`,
      path: `/certificates/${id}/revocation`,
      fields: { category: 'cheating' },
      timeline: { by: evaluator.approver.userName, path: `/certificates/${id}` },
    };
  },
  async 'assessment.scoreCorrected'({ deps }) {
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['吴九']);
    const { assessment, candidates } = await aScoredAssessment(deps, evaluator, people);
    const { id } = candidates[0]!;
    const { version } = await deps.candidates.get(district, id);
    return {
      by: evaluator.staff.userName,
      about: { kind: 'candidate', id },
      from: `/assessments/${assessment.id}/corrections/new`,
      path: `/assessments/${assessment.id}/corrections`,
      fields: { attempt: `${id}.0.${version}`, theory: '59.5', practice: '75' },
      timeline: { by: evaluator.approver.userName, path: `/assessments/${assessment.id}` },
    };
  },
  async 'certificate.replaced'(world) {
    const { evaluator, id } = await aCertificate(world);
    return {
      by: evaluator.staff.userName,
      about: { kind: 'certificate', id },
      from: `/certificates/${id}/replacement/new`,
      path: `/certificates/${id}/replacement`,
      fields: {},
      timeline: { path: `/certificates/${id}` },
    };
  },
};
