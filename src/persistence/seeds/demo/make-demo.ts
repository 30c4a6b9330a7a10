// Makes Xiangcheng's 2020 and 2021 by calling the product's own use-cases, from a fixed seed and given days.
import type { Deps } from '../../../deps.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { sealAll } from '../../../sealer.ts';
import { replaceCertificate } from '../../../use-cases/certifications/replace-certificate.ts';
import { revokeCertificate } from '../../../use-cases/certifications/revoke-certificate.ts';
import { makeBodies, makeOtherAccounts, type Bodies, type Body } from './bodies.ts';
import { examineCohort, examineList } from './certify.ts';
import { at } from './clock.ts';
import type { Identity } from './identities.ts';
import { inLanes, knownPeople, openLanes, shareOf, splitOver, type Lane } from './lanes.ts';
import { makeOpenWork } from './open-work.ts';
import { continueStudios, fileApprenticeships, recognise, recordElsewhere } from './other-records.ts';
import { recordSession } from './past-year.ts';
import { planSessions, spread, targetsOf2021, weekday, type PlannedSession, type Targets } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { teachSession } from './teach-session.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly scale: number;
  /** The day the demo is made: open work for the personas lies around it. */
  readonly today: string;
  /** Called with the share done, 0 to 1, and what is being made. */
  readonly onProgress: (share: number, what: string) => void;
}

/** Fills an empty database with the two years; every record comes from a use-case. */
export async function makeDemo(deps: Deps, options: DemoOptions): Promise<void> {
  const random = createRandom(options.seed);
  const targets = targetsOf2021(options.scale);
  // The trail begins before the first record, which then needs no telling of.
  await sealAll(deps);
  options.onProgress(0, 'bodies');
  const bodies = await makeBodies(deps, random, options.scale);
  await makeOtherAccounts(deps);
  const lanes = openLanes(deps, bodies, options.seed);
  const making: Making = { deps: lanes[0]!.deps, random, bodies, targets, options, lanes };
  await makePastYear(making);
  await makeYear(making);
  options.onProgress(0.98, 'open work');
  await makeOpenWork(lanes[0]!, bodies, options.today);
  options.onProgress(0.99, 'seal the trail');
  await sealAll(deps);
  options.onProgress(1, 'done');
}

interface Making {
  readonly deps: Deps;
  readonly random: Random;
  readonly bodies: Bodies;
  readonly targets: Targets;
  readonly options: DemoOptions;
  readonly lanes: readonly Lane[];
}

async function makePastYear({ deps, random, bodies, targets, options, lanes }: Making): Promise<void> {
  const occupations = deps.reference.occupations.map((one) => one.code);
  const share = 0.8;
  const scaled = { ...targets, personTimes: Math.round(targets.personTimes * share) };
  const planned = planSessions(random, options.scale * share, scaled, occupations)
    .filter((one) => one.fate === 'taught' || one.fate === 'workTraining')
    .map((one): PlannedSession => ({ ...one, startsOn: weekday(`2020${one.startsOn.slice(4)}`), early: 0 }));
  spread(
    random,
    planned.filter((one) => one.fate === 'taught'),
    scaled.personTimes - sum(planned.filter((one) => one.fate === 'taught').map((one) => one.size)),
  );
  let done = 0;
  await inLanes(lanes, planned, async (lane, plan, index) => {
    await recordSession(lane, plan, lane.centres[index % lane.centres.length]!);
    options.onProgress((0.25 * ++done) / planned.length, '2020');
  });
  const people = knownPeople(lanes).filter((one) => one.personId !== null);
  const certified = Math.round(targets.certified * share);
  const seniors = Math.round(targets.highSkilledGross * share);
  await examineLists(lanes, people.slice(0, seniors), { skillLevel: 'senior', year: 2020 });
  await examineLists(lanes, people.slice(seniors, certified), { skillLevel: 'intermediate', year: 2020 });
  const [stage] = lanes;
  await fileApprenticeships(
    stage!,
    2020,
    bodies.enterprises.slice(0, Math.max(2, Math.round(targets.enterprises * share))),
    Math.max(2, Math.round(targets.apprentices * share)),
  );
  const studios = await recognise(stage!, 2020, bodies.enterprises, { rural: 1, masters: 3, platforms: 6 });
  await continueStudios(stage!, studios);
}

interface Issued {
  readonly id: string;
  readonly evaluator: Body;
  readonly rank: number;
}

async function makeYear(making: Making): Promise<void> {
  const { deps, random, bodies, targets, options, lanes } = making;
  const planned = planSessions(
    random,
    options.scale,
    targets,
    deps.reference.occupations.map((one) => one.code),
  );
  const low = targets.certified - targets.highSkilledGross;
  const lowRecorded = Math.min(targets.recorded, Math.floor(low / 2));
  const lowOwn = Math.min(Math.floor(targets.ownList * 0.28), low - lowRecorded);
  const highOwn = Math.max(targets.upgraders, Math.round(targets.ownList * 0.72));
  const wanted = {
    senior: targets.highSkilledGross - highOwn + targets.revoked,
    intermediate: low - lowRecorded - lowOwn,
  };
  const { left, issued } = await teachYear(making, planned, wanted);
  const before = knownPeople(lanes).filter(
    (one) => one.rank === 4 && one.freeFrom < '2021-01-20' && one.certified === 1,
  );
  const seniorsNow = Math.max(0, highOwn - targets.upgraders + left.senior);
  await examineLists(lanes, before.slice(0, targets.upgraders), { skillLevel: 'technician', year: 2021 });
  await examineLists(lanes, invent(lanes, seniorsNow), { skillLevel: 'senior', year: 2021 });
  await examineLists(lanes, invent(lanes, lowOwn + left.intermediate), {
    skillLevel: 'intermediate',
    year: 2021,
  });
  const again = knownPeople(lanes)
    .filter((one) => one.certified === 1 && one.rank >= 3 && one.freeFrom > '2021-02-01')
    .slice(-targets.secondCertificates);
  await examineLists(lanes, again, { skillLevel: 'junior', year: 2021, occupation: '4-03-02-01' });
  await recordOthers(making, lowRecorded);
  await revokeAndReplace(making, issued);
  await fileApprenticeships(
    lanes[0]!,
    2021,
    bodies.enterprises.slice(-targets.enterprises),
    targets.apprentices,
  );
  await recognise(lanes[0]!, 2021, bodies.enterprises, { rural: 1, masters: 4, platforms: 7 });
}

type Wanted = Record<'senior' | 'intermediate', number>;

/** Teaches the year's sessions and examines cohorts until each lane has issued its part of the wanted certificates. */
async function teachYear(
  { lanes, options }: Making,
  planned: readonly PlannedSession[],
  wanted: Wanted,
): Promise<{ left: Wanted; issued: readonly Issued[] }> {
  const seniors = splitOver(lanes, wanted.senior);
  const intermediates = splitOver(lanes, wanted.intermediate);
  const left = lanes.map(({ at: lane }): Wanted => ({
    senior: seniors[lane]!,
    intermediate: intermediates[lane]!,
  }));
  const issued = lanes.map((): Issued[] => []);
  let done = 0;
  await inLanes(lanes, planned, async (lane, plan, index) => {
    options.onProgress(0.27 + (0.68 * ++done) / planned.length, '2021');
    const evaluator = lane.evaluators[index % lane.evaluators.length]!;
    const taught = await teachSession(
      lane,
      plan,
      lane.centres[index % lane.centres.length]!,
      plan.certifies ? evaluator.organisation.id : null,
    );
    const mine = left[lane.at]!;
    const level = plan.skillLevel as keyof Wanted;
    if (!plan.certifies || mine[level] === 0) return;
    const isLast = !shareOf(planned, lane.at)
      .slice(index + 1)
      .some((one) => one.certifies && one.skillLevel === level);
    const size = Math.min(mine[level], isLast ? 80 : lane.random.int(24, 44));
    const examined = await examineCohort(lane, evaluator, taught, size);
    mine[level] -= examined.certificates.length;
    for (const one of examined.certificates)
      issued[lane.at]!.push({ id: one.id, evaluator, rank: one.rank ?? 0 });
  });
  return {
    left: {
      senior: sum(left.map((one) => one.senior)),
      intermediate: sum(left.map((one) => one.intermediate)),
    },
    issued: issued.flat(),
  };
}

/** Certificates of other issuers: of the year, of elsewhere, and of a year before. */
async function recordOthers(
  { deps, bodies: { officers }, lanes }: Making,
  lowRecorded: number,
): Promise<void> {
  const elsewhere = {
    kind: 'national_qualification' as const,
    counted: true,
    issuer: '江苏省职业技能鉴定中心',
    skillLevel: 'intermediate',
  };
  await recordElsewhere(deps, officers, invent(lanes, lowRecorded), {
    ...elsewhere,
    day: '2021-12-28',
    issuedOn: (index) => `2021-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    serialFrom: 1,
  });
  await recordElsewhere(deps, officers, invent(lanes, Math.ceil(lowRecorded / 3)), {
    ...elsewhere,
    kind: 'skill_level',
    counted: false,
    issuer: '苏州市姑苏区某评价机构',
    skillLevel: 'senior',
    day: '2021-11-20',
    issuedOn: () => '2021-08-20',
    serialFrom: 1,
  });
  await recordElsewhere(deps, officers, invent(lanes, Math.ceil(lowRecorded / 4)), {
    ...elsewhere,
    day: '2021-03-20',
    issuedOn: () => '2018-06-15',
    skillLevel: 'senior',
    serialFrom: 5000,
  });
}

async function revokeAndReplace(
  { deps, random, bodies: { officers }, targets }: Making,
  issued: readonly Issued[],
): Promise<void> {
  for (const one of issued.filter((each) => each.rank === 4).slice(0, targets.revoked)) {
    await revokeCertificate(at(deps, '2021-12-15'), {
      actor: officers[0],
      certificateId: one.id,
      category: random.pick(['cheating', 'issued_in_error', 'false_facts']),
      reason: '核查发现成绩记录与原始试卷不符',
    });
  }
  for (const one of issued.slice(-Math.max(1, targets.revoked * 2))) {
    await replaceCertificate(at(deps, '2022-01-04'), {
      actor: one.evaluator.staff,
      certificateId: one.id,
      reason: '原件遗失，申请补发',
    });
  }
}

/** Evaluators examine lists of up to 40 people through the year. */
async function examineLists(
  lanes: readonly Lane[],
  people: readonly Identity[],
  given: { skillLevel: string; year: number; occupation?: string },
): Promise<void> {
  const lists = Array.from({ length: Math.ceil(people.length / 40) }, (_, list) => 40 * list);
  await inLanes(lanes, lists, async (lane, from, index) => {
    const { random, deps, evaluators } = lane;
    const heldOn = weekday(
      addDays(
        `${given.year}-01-20`,
        Math.floor((300 * from) / Math.max(40, people.length)) + random.int(0, 10),
      ),
    );
    await examineList(lane, evaluators[index % evaluators.length]!, people.slice(from, from + 40), {
      skillLevel: given.skillLevel,
      occupationCode: given.occupation ?? random.pick(deps.reference.occupations).code,
      heldOn,
    });
  });
}

/** That many new people, from each lane its part. */
function invent(lanes: readonly Lane[], count: number): Identity[] {
  const parts = splitOver(lanes, count);
  return lanes.flatMap((lane) => lane.cast.invent(parts[lane.at]!));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
