// Audits a demo's 2021 from its raw documents, by another way than the product counts: figures, what backs each counted
// record, and what is derived.
import type { Connection } from 'mongoose';
import { countFigures, type FigureCount } from '../../../../src/domain/headcounts/index.ts';
import { district } from '../../../../src/domain/accounts/scope.ts';
import type { Headcounts } from '../../../../src/persistence/reads/headcounts.ts';
import { targetsOf2021 } from '../../../../src/persistence/seeds/demo/plan.ts';

export interface Finding {
  readonly what: string;
  /** What is wrong; null when nothing is. */
  readonly wrong: string | null;
}

type Raw = Record<string, unknown> & { _id: string };
interface Change {
  to: string;
  at: Date;
  on?: string;
}

const text = (value: unknown) => value as string;
const changesOf = (one: Raw) => one['statusChanges'] as Change[];
const dayOf = (instant: Date) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Every check with its outcome; the demo was made at the scale. */
export async function auditYear(
  connection: Connection,
  headcounts: Headcounts,
  scale: number,
): Promise<Finding[]> {
  const raw = await readAll(connection);
  const { columns } = await headcounts.years([2021, 2020]);
  const query = { cutOff: new Date(), scope: district };
  const [now, before] = columns.map(
    (one) => new Map(countFigures(one, query).map((figure) => [figure.code, figure])),
  );
  return [
    ...sizes(now!, scale),
    ...lastYear(now!, before!),
    ...companions(now!),
    ...recount(raw, now!),
    ...backing(raw),
    ...derived(raw),
  ];
}

const names = [
  'trainingSessions',
  'enrolments',
  'lessons',
  'attendances',
  'certificates',
  'certificateBatches',
  'certificateImports',
  'candidates',
  'apprenticeshipProgrammes',
  'apprentices',
  'recognitions',
] as const;
type Collections = Record<(typeof names)[number], Raw[]>;

async function readAll(connection: Connection): Promise<Collections> {
  const entries: [string, Raw[]][] = [];
  for (const name of names)
    entries.push([name, (await connection.collection<Raw>(name).find({}).toArray()) as Raw[]]);
  return Object.fromEntries(entries) as Collections;
}

type Figures = ReadonlyMap<string, FigureCount>;

function equal(what: string, is: unknown, should: unknown): Finding {
  return { what, wrong: is === should ? null : `is ${String(is)}, should be ${String(should)}` };
}

function valueOf(figures: Figures, code: string): number {
  return figures.get(code)?.value ?? Number.NaN;
}

function companionOf(figures: Figures, code: string, key: string): number {
  const figure = figures.get(code);
  const found = figure?.recorded ? figure.companions.find((one) => one.key === key) : undefined;
  return found?.value ?? Number.NaN;
}

function sizes(figures: Figures, scale: number): Finding[] {
  const targets = targetsOf2021(scale);
  const wanted: Record<string, number> = {
    F13: targets.personTimes,
    F14: targets.certified,
    F15: targets.enterprises,
    F16: targets.apprentices,
    F17: 1,
    F18: 4,
    F19: 7,
    F20: targets.highSkilledGross - targets.upgraders,
  };
  const full = { F13: 51_990, F14: 5_901, F15: 10, F16: 371, F17: 1, F18: 4, F19: 7, F20: 4_802 };
  return [
    ...Object.entries(wanted).map(([code, size]) =>
      equal(`${code} of 2021 is the plan's size`, valueOf(figures, code), size),
    ),
    ...(scale === 1
      ? Object.entries(full).map(([code, value]) =>
          equal(`${code} of 2021 is the bulletin's`, valueOf(figures, code), value),
        )
      : []),
  ];
}

/** 2020 lies at 70 to 90 % of 2021, apart from figures too small to be divided so. */
function lastYear(now: Figures, before: Figures): Finding[] {
  return ['F13', 'F14', 'F16', 'F18', 'F19', 'F20'].map((code) => {
    const share = valueOf(before, code) / valueOf(now, code);
    const tolerance = valueOf(now, code) < 20 ? 0.15 : 0;
    const inside = share >= 0.7 - tolerance && share <= 0.9 + tolerance;
    return {
      what: `${code} of 2020 is 70 to 90 % of 2021`,
      wrong: inside ? null : `is ${(share * 100).toFixed(1)} %`,
    };
  });
}

function companions(now: Figures): Finding[] {
  const differ = (what: string, a: number, b: number): Finding => ({
    what,
    wrong: a > 0 && b > 0 && a !== b ? null : `${a} and ${b}`,
  });
  return [
    differ('person-times differ from persons', valueOf(now, 'F13'), companionOf(now, 'F13', 'persons')),
    differ('certificates differ from persons', valueOf(now, 'F14'), companionOf(now, 'F14', 'certificates')),
    differ(
      'new high-skilled talents differ from gross',
      valueOf(now, 'F20'),
      companionOf(now, 'F20', 'highSkilledGross'),
    ),
    differ('there are no-shows', companionOf(now, 'F13', 'noShows'), Number.MAX_SAFE_INTEGER),
    differ('work training stands beside', companionOf(now, 'F13', 'workTraining'), Number.MAX_SAFE_INTEGER),
  ];
}

/** The subsidised sessions whose first held lesson lies in 2021, with that day. */
function countedSessions(raw: Collections): Map<string, string> {
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
    if (session['subsidised'] !== true || session['kind'] === 'work_training') continue;
    const first = session['recordedFromPaper'] ? text(session['startsOn']) : firstHeld.get(session._id);
    if (first?.startsWith('2021-')) counted.set(session._id, first);
  }
  return counted;
}

function countedEnrolments(raw: Collections): Raw[] {
  const sessions = countedSessions(raw);
  return raw.enrolments.filter((one) => {
    const first = sessions.get(text(one['sessionId']));
    if (first === undefined || one['status'] === 'undone') return false;
    return one['status'] !== 'withdrawn' || text(one['withdrawnOn']) >= first;
  });
}

function countedCertificates(raw: Collections): Raw[] {
  return raw.certificates.filter(
    (one) =>
      ['national_qualification', 'skill_level'].includes(text(one['kind'])) &&
      text(one['issuedOn']).startsWith('2021-') &&
      one['countedDivision'] === '320507' &&
      one['status'] === 'valid',
  );
}

function recount(raw: Collections, figures: Figures): Finding[] {
  const enrolments = countedEnrolments(raw);
  const certificates = countedCertificates(raw);
  const persons = (records: readonly Raw[]) => new Set(records.map((one) => text(one['personId']))).size;
  const earlier = new Set(
    raw.certificates
      .filter(
        (one) =>
          ['national_qualification', 'skill_level'].includes(text(one['kind'])) &&
          one['status'] === 'valid' &&
          Number(one['rank'] ?? 0) >= 4 &&
          text(one['issuedOn']) < '2021-01-01',
      )
      .map((one) => text(one['personId'])),
  );
  const high = certificates.filter((one) => Number(one['rank'] ?? 0) >= 4);
  const filed = raw.apprenticeshipProgrammes.filter((one) =>
    changesOf(one).some(
      (change) => change.to === 'filed' && (change.on ?? dayOf(change.at)).startsWith('2021-'),
    ),
  );
  const recognised = (kind: string, tier: string) =>
    raw.recognitions.filter(
      (one) =>
        one['kind'] === kind &&
        one['tier'] === tier &&
        text(one['recognisedOn']).startsWith('2021-') &&
        !one['annulledAt'],
    ).length;
  return [
    equal('F13 recounted', valueOf(figures, 'F13'), enrolments.length),
    equal('persons recounted', companionOf(figures, 'F13', 'persons'), persons(enrolments)),
    equal('F14 recounted', valueOf(figures, 'F14'), persons(certificates)),
    equal('certificates recounted', companionOf(figures, 'F14', 'certificates'), certificates.length),
    equal('F15 recounted', valueOf(figures, 'F15'), new Set(filed.map((one) => one['enterpriseId'])).size),
    equal('F17 recounted', valueOf(figures, 'F17'), recognised('rural_talent', 'provincial')),
    equal('F18 recounted', valueOf(figures, 'F18'), recognised('skill_master', 'district')),
    equal('F19 recounted', valueOf(figures, 'F19'), recognised('training_platform', 'district')),
    equal(
      'F20 recounted',
      valueOf(figures, 'F20'),
      [...new Set(high.map((one) => text(one['personId'])))].filter((id) => !earlier.has(id)).length,
    ),
    equal('gross recounted', companionOf(figures, 'F20', 'highSkilledGross'), persons(high)),
  ];
}

function none(what: string, wrong: readonly string[]): Finding {
  return {
    what,
    wrong: wrong.length === 0 ? null : `${wrong.length} are not, such as ${wrong.slice(0, 3).join(', ')}`,
  };
}

/** Every counted enrolment has its session, held lessons and a result; every counted certificate its scores or its source. */
function backing(raw: Collections): Finding[] {
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
    const approver = batch === undefined ? undefined : changesOf(batch).at(-1);
    return (
      candidate?.['personId'] !== one['personId'] ||
      best('theory') < 60 ||
      best('practice') < 60 ||
      batch?.['status'] !== 'issued' ||
      (approver as { by?: string } | undefined)?.by === batch['proposedBy']
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

/** Credited hours, places taken and the first held day are what the records say. */
function derived(raw: Collections): Finding[] {
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
  return [
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
