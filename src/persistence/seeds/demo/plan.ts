// The plan of sizes: how many sessions of which kind begin when, and how many people they hold. It sets sizes beforehand;
// nothing is added afterwards to make a total fit.
import type { TrainingKind } from '../../../domain/training/training-session.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import type { Random } from './random.ts';

export type Fate = 'taught' | 'cancelled' | 'rejected' | 'postponedOut' | 'unsubsidised' | 'workTraining';

export interface PlannedSession {
  readonly startsOn: string;
  readonly kind: TrainingKind;
  readonly fate: Fate;
  /** Enrolments still on the roster at the start: what counts. */
  size: number;
  /** Withdrawn before the start: what does not. */
  readonly early: number;
  readonly occupationCode: string | null;
  readonly skillLevel: string | null;
  readonly project: string | null;
  readonly returnedOnce: boolean;
  readonly postponedWithin: boolean;
  readonly certifies: boolean;
  readonly certifiesCompletion: boolean;
}

export interface Targets {
  readonly personTimes: number;
  readonly certified: number;
  readonly highSkilledGross: number;
  readonly upgraders: number;
  readonly secondCertificates: number;
  readonly revoked: number;
  readonly recorded: number;
  readonly ownList: number;
  readonly enterprises: number;
  readonly apprentices: number;
}

/** What Xiangcheng's 2021 looked like, at scale. */
export function targetsOf2021(scale: number): Targets {
  const n = (full: number) => Math.max(1, Math.round(full * scale));
  return {
    personTimes: n(51_990),
    certified: n(5_901),
    highSkilledGross: n(4_950),
    upgraders: n(4_950) - n(4_802),
    secondCertificates: n(313),
    revoked: n(14),
    recorded: n(180),
    ownList: n(420),
    enterprises: Math.max(2, Math.round(10 * Math.sqrt(scale))),
    apprentices: n(371),
  };
}

const monthWeights = [3, 2, 8, 10, 13, 13, 9, 8, 10, 9, 10, 4];
const kinds: readonly TrainingKind[] = [
  'upskilling',
  'upskilling',
  'upskilling',
  'employment_skills',
  'employment_skills',
  'pre_job',
  'pre_job',
  'project',
  'startup',
  'special_ability',
  'high_skill',
  'safety',
];
const projects = [
  '新员工岗前培训',
  '安全生产知识',
  '社区护理',
  '直播电商入门',
  '家政服务规范',
  '叉车作业常识',
  '创业意识培训',
];

/** The sessions of 2021 at scale; the sizes of the taught ones sum to the person-times. */
export function planSessions(
  random: Random,
  scale: number,
  targets: Targets,
  occupations: readonly string[],
): PlannedSession[] {
  const total = Math.max(12, Math.round(1_104 * scale));
  const few = (full: number) => Math.max(1, Math.round(full * scale));
  const certifying = Math.max(2, Math.round(190 * scale));
  const sessions: PlannedSession[] = [];
  for (let index = 0; index < total; index += 1) {
    const certifies = index < certifying;
    const level = certifies ? (random.chance(0.9) ? 'senior' : 'intermediate') : null;
    sessions.push(plan(random, 'taught', occupations, { certifies, level }));
  }
  const sum = sessions.reduce((all, one) => all + one.size, 0);
  spread(random, sessions, targets.personTimes - sum);
  const others: [Fate, number][] = [
    ['cancelled', 10],
    ['rejected', 5],
    ['postponedOut', 4],
    ['unsubsidised', 12],
    ['workTraining', 40],
  ];
  for (const [fate, full] of others)
    for (let index = 0; index < few(full); index += 1)
      sessions.push(plan(random, fate, occupations, { certifies: false, level: null }));
  return sessions.sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
}

function plan(
  random: Random,
  fate: Fate,
  occupations: readonly string[],
  given: { certifies: boolean; level: string | null },
): PlannedSession {
  const month = fate === 'postponedOut' ? 12 : weighted(random, monthWeights) + 1;
  const first = `2021-${String(month).padStart(2, '0')}-01`;
  const kind =
    fate === 'workTraining'
      ? 'work_training'
      : given.certifies
        ? random.pick(['upskilling', 'employment_skills', 'high_skill'] as const)
        : random.pick(kinds);
  const byProject =
    fate === 'workTraining' ? false : ['pre_job', 'project', 'startup', 'safety'].includes(kind);
  const level =
    given.level ??
    (byProject || fate === 'workTraining'
      ? null
      : random.chance(0.6)
        ? random.pick(['junior', 'intermediate'] as const)
        : null);
  return {
    startsOn: weekday(addDays(first, random.int(0, month === 12 ? 9 : 24))),
    kind,
    fate,
    size: fate === 'workTraining' ? random.int(12, 40) : random.int(32, 60),
    early: random.chance(0.3) ? random.int(1, 3) : 0,
    occupationCode: byProject || fate === 'workTraining' ? null : random.pick(occupations),
    skillLevel: level,
    project: byProject ? random.pick(projects) : null,
    returnedOnce: random.chance(0.05),
    postponedWithin: fate === 'taught' && month < 11 && random.chance(0.02),
    certifies: given.certifies,
    certifiesCompletion: fate === 'taught' && !given.certifies && random.chance(0.3),
  };
}

/** Spreads a difference over the sizes, one person at a time, keeping each between 20 and 78. */
export function spread(random: Random, sessions: readonly { size: number }[], difference: number): void {
  let left = difference;
  for (let guard = 0; left !== 0 && guard < 5_000_000; guard += 1) {
    const one = random.pick(sessions);
    const step = Math.sign(left);
    if (one.size + step < 20 || one.size + step > 78) continue;
    one.size += step;
    left -= step;
  }
}

function weighted(random: Random, weights: readonly number[]): number {
  let at = random.next() * weights.reduce((sum, one) => sum + one, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (at -= weight) < 0),
  );
}

/** The day, or the Monday after a weekend. */
export function weekday(day: string): string {
  const of = new Date(`${day}T00:00:00Z`).getUTCDay();
  return of === 6 ? addDays(day, 2) : of === 0 ? addDays(day, 1) : day;
}
