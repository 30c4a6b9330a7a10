// Apprenticeships, studios, platforms, and certificates recorded from elsewhere.
import type { Deps } from '../../../deps.ts';
import type { Actor } from '../../../domain/accounts/actor.ts';
import type { RecordedRow } from '../../../domain/certifications/recorded-certificate.ts';
import { skillLevelOf } from '../../../domain/certifications/skill-levels.ts';
import { addDays } from '../../../domain/shared/calendar-day.ts';
import { draftProgramme } from '../../../use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../use-cases/apprenticeships/enrol-apprentices.ts';
import { changeApprentice, transferApprentice } from '../../../use-cases/apprenticeships/move-apprentice.ts';
import {
  fileProgramme,
  returnProgramme,
  startProgramme,
  submitProgramme,
} from '../../../use-cases/apprenticeships/move-programme.ts';
import { approveRecordedCertificates } from '../../../use-cases/certifications/approve-recorded-certificates.ts';
import { submitRecordedCertificates } from '../../../use-cases/certifications/submit-recorded-certificates.ts';
import {
  changeStudioLead,
  recogniseStudio,
  renewStudio,
  upgradeStudio,
} from '../../../use-cases/studios/recognise-studio.ts';
import { recogniseTrainingPlatform } from '../../../use-cases/studios/recognise-training-platform.ts';
import type { Body } from './bodies.ts';
import { personFacts } from './certify.ts';
import { at } from './clock.ts';
import type { Identity } from './identities.ts';
import { weekday } from './plan.ts';
import type { Stage } from './stage.ts';

/** One filed programme a year for each enterprise, apprentices shared out over them; some leave, one transfers. */
export async function fileApprenticeships(
  stage: Stage,
  year: number,
  enterprises: readonly Body[],
  apprentices: number,
): Promise<void> {
  const { deps, random, officers } = stage;
  const made: { apprenticeIds: string[]; programmeId: string; enterprise: Body }[] = [];
  for (const [index, enterprise] of enterprises.entries()) {
    const count =
      Math.floor(apprentices / enterprises.length) + (index < apprentices % enterprises.length ? 1 : 0);
    const startsOn = weekday(`${year}-${String(3 + (index % 8)).padStart(2, '0')}-08`);
    const { staff } = enterprise;
    const day = (offset: number) => at(deps, addDays(startsOn, offset));
    const programme = await draftProgramme(day(-40), {
      actor: staff,
      enterpriseId: enterprise.organisation.id,
      facts: {
        schoolId: null,
        schoolName: '苏州相城技工学校',
        occupationCode: random.pick(['6-18-01-07', '6-31-01-03', '6-20-01-01', '6-18-04-01']),
        targetLevel: random.pick(['intermediate', 'senior']),
        startsOn,
        termMonths: 12,
        plannedCount: count + 5,
        classHoursPerYear: 400,
        areaCode: enterprise.organisation.areaCode,
      },
    });
    const until = addDays(startsOn, 700);
    const people = Array.from({ length: count }, () => stage.cast.take(1, startsOn, until)[0]!);
    const enrolled = await enrolApprentices(day(-35), {
      actor: staff,
      programmeId: programme.id,
      enrolledOn: addDays(startsOn, -35),
      rows: people.map((one, place) => ({
        facts: personFacts(one),
        contractNumber: `HT${year}${index}${place}`,
        contractFrom: addDays(startsOn, -60),
        contractTo: until,
        enterpriseMentor: random.pick(['钱师傅', '孙师傅', '吴师傅']),
        schoolMentor: random.pick(['郑老师', '冯老师']),
      })),
    });
    await submitProgramme(day(-30), { actor: staff, programmeId: programme.id });
    if (index % 5 === 1) {
      await returnProgramme(day(-26), {
        actor: officers[1],
        programmeId: programme.id,
        reason: '请补充企校合作协议',
      });
      await submitProgramme(day(-24), { actor: staff, programmeId: programme.id });
    }
    await fileProgramme(day(-20), { actor: officers[0], programmeId: programme.id });
    // The last of several is still to begin: the bureau may withdraw its filing.
    if (index < enterprises.length - 1 || index === 0)
      await startProgramme(day(0), { actor: staff, programmeId: programme.id });
    if (enrolled.length > 4)
      await changeApprentice(day(60), {
        actor: staff,
        apprenticeId: enrolled[0]!.id,
        to: 'left',
        on: addDays(startsOn, 59),
        reason: '离职',
      });
    made.push({ apprenticeIds: enrolled.map((one) => one.id), programmeId: programme.id, enterprise });
  }
  const [first, second] = made;
  if (first !== undefined && second !== undefined && first.apprenticeIds.length > 1) {
    await transferApprentice(at(deps, `${year}-12-01`), {
      actor: officers[0],
      apprenticeId: first.apprenticeIds[1]!,
      toProgrammeId: second.programmeId,
      on: `${year}-12-01`,
      reason: '随岗调动',
    });
  }
}

/** Recognitions of a year: provincial rural-talent studios, district skill-master studios, district platforms. */
export async function recognise(
  stage: Stage,
  year: number,
  hosts: readonly Body[],
  counts: { rural: number; masters: number; platforms: number },
): Promise<string[]> {
  const { deps, random, officers } = stage;
  const actor = officers[0];
  const studioIds: string[] = [];
  const host = (index: number) => hosts[index % hosts.length]!.organisation;
  const studio = async (
    kind: 'rural_talent' | 'skill_master',
    tier: 'provincial' | 'district',
    index: number,
    day: string,
  ) => {
    const { id, name, areaCode } = host(index);
    const lead = {
      name: random.pick(['顾建明', '沈文华', '陆志强', '钱月琴', '蒋国栋', '范玉珍']),
      role: 'lead' as const,
      skillLevel: 'senior_technician',
      from: day,
      to: null,
    };
    const title = kind === 'rural_talent' ? `${lead.name}缂丝技艺大师工作室` : `${lead.name}技能大师工作室`;
    const facts = {
      name: `${title}${year - 2019}${index + 1}`,
      kind,
      hostId: id,
      hostName: name,
      occupationCode: kind === 'rural_talent' ? null : '6-31-01-03',
      craft: kind === 'rural_talent' ? '缂丝' : null,
      areaCode,
      members: [lead],
      termEnd: addDays(day, 1095),
    };
    const document = `${kind === 'rural_talent' ? '苏人社发' : '相人社'}〔${year}〕${10 + index}号`;
    const made = await recogniseStudio(at(deps, day), {
      actor,
      facts,
      recognition: { tier, recognisedOn: day, document },
    });
    studioIds.push(made.id);
  };
  for (let index = 0; index < counts.rural; index += 1)
    await studio('rural_talent', 'provincial', index, `${year}-09-1${index}`);
  for (let index = 0; index < counts.masters; index += 1)
    await studio('skill_master', 'district', index + 3, `${year}-06-1${index}`);
  for (let index = 0; index < counts.platforms; index += 1) {
    const { id, name, areaCode } = host(index + 7);
    const day = `${year}-10-${11 + index}`;
    const industry = random.pick(['智能制造', '数字经济', '生物医药', '新能源汽车', '现代服务']);
    await recogniseTrainingPlatform(at(deps, day), {
      actor,
      facts: {
        name: `${industry}人才培训平台${year - 2019}${index + 1}`,
        hostId: id,
        hostName: name,
        industry,
        areaCode,
        capacity: 50 + index * 10,
        occupationCodes: ['6-18-01-07'],
        termEnd: addDays(day, 1095),
      },
      recognition: { tier: 'district', recognisedOn: day, document: `相人社〔${year}〕${40 + index}号` },
    });
  }
  return studioIds;
}

/** Last year's studios go on: one is raised a tier, one renewed, one gets a new lead; none of it is a new studio. */
export async function continueStudios(stage: Stage, studioIds: readonly string[]): Promise<void> {
  const { deps, officers } = stage;
  const actor = officers[1];
  const [, second, third] = studioIds;
  if (second !== undefined)
    await upgradeStudio(at(deps, '2021-11-05'), {
      actor,
      studioId: second,
      recognition: { tier: 'municipal', recognisedOn: '2021-11-05', document: '苏人保〔2021〕66号' },
      termEnd: '2024-11-04',
    });
  if (third !== undefined) {
    await renewStudio(at(deps, '2021-12-01'), {
      actor,
      studioId: third,
      termEnd: '2026-06-30',
      reason: '考核合格，续期',
    });
    await changeStudioLead(at(deps, '2021-12-10'), {
      actor,
      studioId: third,
      lead: { name: '许国平', skillLevel: 'senior_technician' },
      from: '2021-12-10',
      reason: '原领办人退休',
    });
  }
}

/** Certificates issued elsewhere or earlier, submitted by one officer and approved by the other. */
export async function recordElsewhere(
  deps: Deps,
  officers: readonly [Actor, Actor],
  people: readonly Identity[],
  given: {
    day: string;
    issuedOn: (index: number) => string;
    kind: 'national_qualification' | 'skill_level';
    skillLevel: string;
    counted: boolean;
    issuer: string;
    serialFrom: number;
  },
): Promise<void> {
  if (people.length === 0) return;
  const digit = skillLevelOf(given.skillLevel)!.digit;
  const areas = deps.reference.areas;
  const rows = people.map((one, index): RecordedRow => {
    const issuedOn = given.issuedOn(index);
    const yy = issuedOn.slice(2, 4);
    const serial = given.serialFrom + index;
    const certificateNumber =
      given.kind === 'skill_level'
        ? `S000032880001${yy}${digit}${String(serial).padStart(6, '0')}`
        : `${yy}10050${String(100 + (serial % 800))}${digit}${String(serial).padStart(5, '0')}`;
    return {
      number: index + 1,
      cells: {
        name: one.name,
        documentNumber: one.documentNumber,
        kind: given.kind === 'skill_level' ? '职业技能等级证书' : '国家职业资格证书',
        certificateNumber,
        occupationCode: '4-07-05-04',
        skillLevel: given.skillLevel,
        issuedOn,
        issuer: given.issuer,
        countedDivision: given.counted ? '320507' : '320508',
        areaCode: given.counted ? areas[index % areas.length]!.code : '',
        source: '省技能人才评价网查询',
        verification: 'verified_provincial',
      },
    };
  });
  const list = await submitRecordedCertificates(at(deps, given.day, 9), {
    actor: officers[0],
    fileName: '外来证书.xlsx',
    rows,
  });
  await approveRecordedCertificates(at(deps, given.day, 15), { actor: officers[1], importId: list.id });
}
