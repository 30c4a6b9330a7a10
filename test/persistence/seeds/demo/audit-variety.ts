// Whether a demo's 2021 has what a real year has: failures, changes of mind and odd cases, and the sizes of its bodies.
import { countedCertificates, countedEnrolments } from './counted-records.ts';
import { changesOf, none, some, text, type Collections, type Finding, type Raw } from './raw-year.ts';

/** Everything a year has is there at least once; how many bodies, areas and sessions only at full scale. */
export function variety(raw: Collections, scale: number): Finding[] {
  return [
    ...sessions(raw),
    ...people(raw),
    ...certificates(raw),
    ...(scale === 1 ? bodies(raw) : []),
    none(
      '2020 has no lessons',
      raw.lessons.filter((one) => text(one['day']) < '2021-01-01').map((one) => one._id),
    ),
  ];
}

const where = (records: readonly Raw[], field: string, value: unknown) =>
  records.filter((one) => one[field] === value);

const ownerCounts = (records: readonly Raw[], of: (one: Raw) => string): Map<string, Set<string>> => {
  const owners = new Map<string, Set<string>>();
  for (const one of records) {
    const person = text(one['personId']);
    owners.set(person, (owners.get(person) ?? new Set<string>()).add(of(one)));
  }
  return owners;
};

function sessions({ trainingSessions, sessionChanges, enrolments }: Collections): Finding[] {
  const of2021 = trainingSessions.filter((one) => !one['recordedFromPaper']);
  const postponed = sessionChanges.filter(
    (one) => one['status'] === 'approved' && 'startsOn' in (one['after'] as object),
  );
  const outOf2021 = postponed.filter((one) =>
    (one['after'] as { startsOn: string }).startsOn.startsWith('2022-'),
  );
  const hours = new Set(of2021.map((one) => Number(one['theoryHours']) + Number(one['practiceHours'])));
  return [
    some('cancelled sessions', where(of2021, 'status', 'cancelled').length),
    some('rejected sessions', where(of2021, 'status', 'rejected').length),
    some(
      'sessions returned and submitted again',
      of2021.filter((one) => changesOf(one).some(({ to }) => to === 'returned')).length,
    ),
    some('sessions postponed into 2022', outOf2021.length),
    some('unsubsidised sessions', where(of2021, 'subsidised', false).length),
    some('work training', where(of2021, 'kind', 'work_training').length),
    some('several lengths of session', hours.size, 2),
    ...['completed', 'incomplete', 'absent', 'withdrawn'].map((status) =>
      some(`enrolments that ended ${status}`, where(enrolments, 'status', status).length),
    ),
  ];
}

function people(raw: Collections): Finding[] {
  const counted = countedEnrolments(raw);
  const roll = new Set(counted.map((one) => one._id));
  const withdrawn = where(raw.enrolments, 'status', 'withdrawn');
  const skill = new Set(
    where(raw.assessments, 'purpose', 'skillLevel')
      .filter((one) => text(one['heldOn']).startsWith('2021-'))
      .map((one) => one._id),
  );
  const candidates = raw.candidates.filter((one) => skill.has(text(one['assessmentId'])));
  const courses = ownerCounts(counted, (one) => text(one['sessionId']));
  return [
    some('withdrawn before the start', withdrawn.filter((one) => !roll.has(one._id)).length),
    some('withdrawn later', withdrawn.filter((one) => roll.has(one._id)).length),
    some('persons with two courses', [...courses.values()].filter((one) => one.size > 1).length),
    some(
      're-sits that passed',
      candidates.filter((one) => (one['attempts'] as unknown[]).length > 1 && one['certificateId']).length,
    ),
    some('candidates who failed', candidates.filter((one) => !one['certificateId']).length),
  ];
}

function certificates(raw: Collections): Finding[] {
  const counted = countedCertificates(raw);
  const recorded = where(raw.certificates, 'origin', 'recorded');
  const levels = ownerCounts(
    raw.certificates.filter((one) => one['kind'] !== 'training_completion'),
    (one) => text(one['skillLevel']),
  );
  return [
    some('revoked certificates', where(raw.certificates, 'status', 'revoked').length),
    some('replaced prints', where(raw.prints, 'state', 'replaced').length),
    some('counted certificates recorded from outside', where(counted, 'origin', 'recorded').length),
    some(
      'recorded certificates of 2021 that count elsewhere',
      recorded.filter(
        (one) => text(one['issuedOn']).startsWith('2021-') && one['countedDivision'] !== '320507',
      ).length,
    ),
    some(
      'certificates of earlier years',
      recorded.filter((one) => text(one['issuedOn']) < '2020-01-01').length,
    ),
    some('completion certificates', where(raw.certificates, 'kind', 'training_completion').length),
    some('persons with two levels', [...levels.values()].filter((one) => one.size > 1).length),
  ];
}

function bodies(raw: Collections): Finding[] {
  const able = (capacity: string) =>
    raw.organisations.filter((one) => (one['capacities'] as string[]).includes(capacity)).length;
  const counted = countedEnrolments(raw);
  const sessionOf = new Map(raw.trainingSessions.map((one) => [one._id, one]));
  const areas = new Set(counted.map((one) => sessionOf.get(text(one['sessionId']))!['areaCode']));
  const taught = new Set(counted.map((one) => text(one['sessionId'])));
  const within = (what: string, count: number, least: number, most: number): Finding => ({
    what,
    wrong: count >= least && count <= most ? null : `are ${count}, should be ${least} to ${most}`,
  });
  return [
    within('areas with counted training', areas.size, 13, 13),
    within('training centres and evaluators', able('trainingCentre') + able('evaluator'), 25, 40),
    within('enterprises', able('enterprise'), 60, 70),
    within('sessions with counted person-times', taught.size, 1_050, 1_200),
  ];
}
