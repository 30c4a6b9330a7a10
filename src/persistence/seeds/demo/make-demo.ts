// Makes Xiangcheng's 2020 and 2021 by calling the product's own use-cases, from a fixed seed and given days.
import type { Deps } from '../../../deps.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { replaceCertificate } from '../../../use-cases/certifications/replace-certificate.ts';
import { revokeCertificate } from '../../../use-cases/certifications/revoke-certificate.ts';
import { makeBodies, makeOtherAccounts, type Bodies } from './bodies.ts';
import { createCast } from './cast.ts';
import { examineCohort, examineList } from './certify.ts';
import { at } from './clock.ts';
import { createPopulation, type Identity } from './identities.ts';
import { makeOpenWork } from './open-work.ts';
import { continueStudios, fileApprenticeships, recognise, recordElsewhere } from './other-records.ts';
import { recordSession } from './past-year.ts';
import { planSessions, spread, targetsOf2021, weekday, type PlannedSession, type Targets } from './plan.ts';
import { createRandom } from './random.ts';
import { teachSession, type Stage } from './teach-session.ts';

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
  options.onProgress(0, 'bodies');
  const bodies = await makeBodies(deps, random, options.scale);
  await makeOtherAccounts(deps);
  const employers = bodies.enterprises.map((one) => one.organisation.name);
  const stage: Stage = {
    deps,
    random,
    officers: bodies.officers,
    cast: createCast(random, createPopulation(random), employers, 0.19),
  };
  await makePastYear(stage, bodies, targets, options);
  await makeYear(stage, bodies, targets, options);
  options.onProgress(0.98, 'open work');
  await makeOpenWork(stage, bodies, options.today);
  options.onProgress(1, 'done');
}

async function makePastYear(
  stage: Stage,
  bodies: Bodies,
  targets: Targets,
  options: DemoOptions,
): Promise<void> {
  const { deps, random } = stage;
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
  for (const [index, plan] of planned.entries()) {
    options.onProgress((0.25 * index) / planned.length, '2020');
    await recordSession(stage, plan, bodies.centres[index % bodies.centres.length]!);
  }
  const people = stage.cast.known.filter((one) => one.personId !== null);
  const certified = Math.round(targets.certified * share);
  const seniors = Math.round(targets.highSkilledGross * share);
  await examineLists(stage, bodies, people.slice(0, seniors), 'senior', 2020);
  await examineLists(stage, bodies, people.slice(seniors, certified), 'intermediate', 2020);
  await fileApprenticeships(
    stage,
    2020,
    bodies.enterprises.slice(0, Math.max(2, Math.round(targets.enterprises * share))),
    Math.max(2, Math.round(targets.apprentices * share)),
  );
  const studios = await recognise(stage, 2020, bodies.enterprises, { rural: 1, masters: 3, platforms: 6 });
  await continueStudios(stage, studios);
}

async function makeYear(stage: Stage, bodies: Bodies, targets: Targets, options: DemoOptions): Promise<void> {
  const { deps, random, officers } = stage;
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
  const left = {
    senior: targets.highSkilledGross - highOwn + targets.revoked,
    intermediate: low - lowRecorded - lowOwn,
  };
  const issued: { id: string; evaluator: number; rank: number }[] = [];
  for (const [index, plan] of planned.entries()) {
    options.onProgress(0.27 + (0.68 * index) / planned.length, '2021');
    const evaluatorAt = index % bodies.evaluators.length;
    const evaluator = bodies.evaluators[evaluatorAt]!;
    const taught = await teachSession(
      stage,
      plan,
      bodies.centres[index % bodies.centres.length]!,
      plan.certifies ? evaluator.organisation.id : null,
    );
    const level = plan.skillLevel as keyof typeof left;
    if (!plan.certifies || left[level] === 0) continue;
    const isLast = !planned.slice(index + 1).some((one) => one.certifies && one.skillLevel === level);
    const examined = await examineCohort(
      stage,
      evaluator,
      taught,
      Math.min(left[level], isLast ? 80 : random.int(24, 44)),
    );
    left[level] -= examined.certificates.length;
    for (const one of examined.certificates)
      issued.push({ id: one.id, evaluator: evaluatorAt, rank: one.rank ?? 0 });
  }
  const before = stage.cast.known.filter(
    (one) => one.rank === 4 && one.freeFrom < '2021-01-20' && one.certified === 1,
  );
  const seniorsNow = Math.max(0, highOwn - targets.upgraders + left.senior);
  await examineLists(stage, bodies, before.slice(0, targets.upgraders), 'technician', 2021);
  await examineLists(stage, bodies, stage.cast.invent(seniorsNow), 'senior', 2021);
  await examineLists(stage, bodies, stage.cast.invent(lowOwn + left.intermediate), 'intermediate', 2021);
  const again = stage.cast.known
    .filter((one) => one.certified === 1 && one.rank >= 3 && one.freeFrom > '2021-02-01')
    .slice(-targets.secondCertificates);
  await examineLists(stage, bodies, again, 'junior', 2021, '4-03-02-01');
  const elsewhere = {
    kind: 'national_qualification' as const,
    counted: true,
    issuer: '江苏省职业技能鉴定中心',
    skillLevel: 'intermediate',
  };
  await recordElsewhere(deps, officers, stage.cast.invent(lowRecorded), {
    ...elsewhere,
    day: '2021-12-28',
    issuedOn: (index) => `2021-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    serialFrom: 1,
  });
  await recordElsewhere(deps, officers, stage.cast.invent(Math.ceil(lowRecorded / 3)), {
    ...elsewhere,
    kind: 'skill_level',
    counted: false,
    issuer: '苏州市姑苏区某评价机构',
    skillLevel: 'senior',
    day: '2021-11-20',
    issuedOn: () => '2021-08-20',
    serialFrom: 1,
  });
  await recordElsewhere(deps, officers, stage.cast.invent(Math.ceil(lowRecorded / 4)), {
    ...elsewhere,
    day: '2021-03-20',
    issuedOn: () => '2018-06-15',
    skillLevel: 'senior',
    serialFrom: 5000,
  });
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
      actor: bodies.evaluators[one.evaluator]!.staff,
      certificateId: one.id,
      reason: '遗失补发',
    });
  }
  await fileApprenticeships(stage, 2021, bodies.enterprises.slice(-targets.enterprises), targets.apprentices);
  await recognise(stage, 2021, bodies.enterprises, { rural: 1, masters: 4, platforms: 7 });
}

/** Evaluators examine lists of up to 40 people through the year. */
async function examineLists(
  stage: Stage,
  bodies: Bodies,
  people: readonly Identity[],
  skillLevel: string,
  year: number,
  occupation?: string,
): Promise<void> {
  const { random, deps } = stage;
  for (let from = 0, list = 0; from < people.length; from += 40, list += 1) {
    const heldOn = weekday(
      addDays(`${year}-01-20`, Math.floor((300 * from) / Math.max(40, people.length)) + random.int(0, 10)),
    );
    const evaluator = bodies.evaluators[list % bodies.evaluators.length]!;
    const occupationCode = occupation ?? random.pick(deps.reference.occupations).code;
    await examineList(stage, evaluator, people.slice(from, from + 40), {
      skillLevel,
      occupationCode,
      heldOn,
    });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
