// What stands behind each counted record of 2021, and whether what is derived says what the records do.
import { countedCertificates, countedEnrolments } from './counted-records.ts';
import { changesOf, none, text, type Collections, type Finding } from './raw-year.ts';

/** Every counted enrolment has its session, held lessons and a result; every counted certificate its scores or its source. */
export function backing(raw: Collections): Finding[] {
  const held = new Set(
    raw.lessons.filter((one) => one['status'] === 'held').map((one) => text(one['sessionId'])),
  );
  const marked = new Set(
    raw.attendances.flatMap((one) =>
      (one['marks'] as { enrolmentId: string }[]).map((mark) => mark.enrolmentId),
    ),
  );
  const results = ['completed', 'incomplete', 'absent', 'withdrawn'];
  const enrolments = countedEnrolments(raw);
  const candidates = new Map(raw.candidates.map((one) => [one._id, one]));
  const batches = new Map(raw.certificateBatches.map((one) => [one._id, one]));
  const imports = new Map(raw.certificateImports.map((one) => [one._id, one]));
  const certificates = countedCertificates(raw);
  const unbacked = certificates.filter((one) => {
    if (one['origin'] === 'recorded') {
      const list = imports.get(text(one['importId']));
      return list?.['status'] !== 'approved' || !one['source'];
    }
    const candidate = candidates.get(text(one['candidateId']));
    const batch = batches.get(text(one['batchId']));
    const attempts = (candidate?.['attempts'] ?? []) as { theory: number | null; practice: number | null }[];
    const best = (subject: 'theory' | 'practice') =>
      Math.max(...attempts.map((each) => each[subject] ?? -1), -1);
    const approver = batch === undefined ? undefined : changesOf(batch).at(-1)?.by;
    return (
      candidate?.['personId'] !== one['personId'] ||
      candidate?.['certificateId'] !== one._id ||
      best('theory') < 60 ||
      best('practice') < 60 ||
      batch?.['status'] !== 'issued' ||
      approver === batch['proposedBy']
    );
  });
  return [
    none(
      'every counted enrolment has held lessons',
      enrolments.filter((one) => !held.has(text(one['sessionId']))).map((one) => one._id),
    ),
    none(
      'every counted enrolment was marked',
      enrolments.filter((one) => !marked.has(one._id)).map((one) => one._id),
    ),
    none(
      'every counted enrolment has a result',
      enrolments.filter((one) => !results.includes(text(one['status']))).map((one) => one._id),
    ),
    none(
      'every counted certificate has its scores or its source, and a second person',
      unbacked.map((one) => text(one['number'])),
    ),
    none(
      'no certificate number is there twice',
      duplicates(raw.certificates.map((one) => text(one['numberKey']))),
    ),
  ];
}

function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** Credited hours, places taken and first held days are what the records say. */
export function derived(raw: Collections): Finding[] {
  const kindOf = new Map(
    raw.lessons.filter((one) => one['status'] === 'held').map((one) => [one._id, text(one['kind'])]),
  );
  const hours = new Map<string, Record<string, number>>();
  for (const attendance of raw.attendances) {
    const kind = kindOf.get(attendance._id);
    if (kind === undefined) continue;
    for (const mark of attendance['marks'] as { enrolmentId: string; hours: number }[]) {
      const sum = hours.get(mark.enrolmentId) ?? {};
      hours.set(mark.enrolmentId, { ...sum, [kind]: (sum[kind] ?? 0) + mark.hours });
    }
  }
  const off = raw.enrolments.filter((one) => {
    const kept = one['hours'] as Record<string, number>;
    const counted = hours.get(one._id) ?? {};
    return ['theory', 'practice', 'online'].some((kind) => (kept[kind] ?? 0) !== (counted[kind] ?? 0));
  });
  const live = new Map<string, number>();
  for (const one of raw.enrolments)
    if (!['undone', 'withdrawn'].includes(text(one['status'])))
      live.set(text(one['sessionId']), (live.get(text(one['sessionId'])) ?? 0) + 1);
  const firstHeld = new Map<string, string>();
  for (const lesson of raw.lessons) {
    const known = firstHeld.get(text(lesson['sessionId'])) ?? '9999';
    if (lesson['status'] === 'held' && text(lesson['day']) < known)
      firstHeld.set(text(lesson['sessionId']), text(lesson['day']));
  }
  return [
    none(
      'the first held day is that of the first held lesson',
      raw.trainingSessions
        .filter((one) => {
          const kept = (one['firstHeld'] as { day: string | null }[]).at(-1)?.day ?? null;
          return kept !== (firstHeld.get(one._id) ?? null);
        })
        .map((one) => text(one['number'])),
    ),
    none(
      'credited hours are the marks added up',
      off.map((one) => one._id),
    ),
    none(
      'places taken are the people on the roster',
      raw.trainingSessions
        .filter((one) => Number(one['enrolled']) !== (live.get(one._id) ?? 0))
        .map((one) => text(one['number'])),
    ),
  ];
}
