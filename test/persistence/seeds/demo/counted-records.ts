// Which records of 2021 count, told from raw documents in another way than the product does.
import { changesOf, reachedOn, text, type Collections, type Raw } from './raw-year.ts';

type Counted = 'training' | 'workTraining';

/** The subsidised sessions whose first held lesson lies in 2021, with that day. */
function countedSessions(raw: Collections, which: Counted): Map<string, string> {
  const firstHeld = new Map<string, string>();
  for (const lesson of raw.lessons) {
    if (lesson['status'] !== 'held') continue;
    const session = text(lesson['sessionId']);
    const known = firstHeld.get(session);
    if (known === undefined || text(lesson['day']) < known) firstHeld.set(session, text(lesson['day']));
  }
  const counted = new Map<string, string>();
  for (const session of raw.trainingSessions) {
    const states = new Set(changesOf(session).map((change) => change.to));
    const alive = states.has('approved') && states.has('in_progress');
    if (!alive || ['rejected', 'cancelled'].includes(text(session['status']))) continue;
    if (session['subsidised'] !== true) continue;
    const isWorkTraining = session['kind'] === 'work_training';
    if (isWorkTraining !== (which === 'workTraining')) continue;
    const first =
      session['recordedFromPaper'] || isWorkTraining ? text(session['startsOn']) : firstHeld.get(session._id);
    if (first?.startsWith('2021-')) counted.set(session._id, first);
  }
  return counted;
}

/** The person-times of 2021; work training has no lessons, so its planned first day stands for the first held one. */
export function countedEnrolments(raw: Collections, which: Counted = 'training'): Raw[] {
  const sessions = countedSessions(raw, which);
  return raw.enrolments.filter((one) => {
    const first = sessions.get(text(one['sessionId']));
    if (first === undefined || one['status'] === 'undone') return false;
    return one['status'] !== 'withdrawn' || text(one['withdrawnOn']) >= first;
  });
}

/** The certificates of 2021 that count for the district and stand. */
export function countedCertificates(raw: Collections): Raw[] {
  return raw.certificates.filter(
    (one) =>
      ['national_qualification', 'skill_level'].includes(text(one['kind'])) &&
      text(one['issuedOn']).startsWith('2021-') &&
      one['countedDivision'] === '320507' &&
      one['status'] === 'valid',
  );
}

/** Each apprentice's first day in a filed programme, by person; a day before the filing counts as the filing's. */
export function firstApprenticeDays(raw: Collections): Map<string, string> {
  const filed = new Map(filedProgrammes(raw).map(({ programme, day }) => [programme._id, day]));
  const first = new Map<string, string>();
  for (const apprentice of raw.apprentices) {
    if (apprentice['status'] === 'undone') continue;
    const person = text(apprentice['personId']);
    for (const posting of apprentice['postings'] as { programmeId: string; enrolledOn: string }[]) {
      const filing = filed.get(posting.programmeId);
      if (filing === undefined) continue;
      const day = posting.enrolledOn > filing ? posting.enrolledOn : filing;
      const known = first.get(person);
      if (known === undefined || day < known) first.set(person, day);
    }
  }
  return first;
}

/** The programmes that stand filed, with the day of filing. */
export function filedProgrammes(raw: Collections): { programme: Raw; day: string }[] {
  return raw.apprenticeshipProgrammes.flatMap((programme) => {
    const day = reachedOn(programme, 'filed');
    const gone = ['withdrawn', 'rejected'].includes(text(programme['status']));
    return day === null || gone ? [] : [{ programme, day }];
  });
}
