// The bodies of the demo and the people who work for them: training centres, evaluators, enterprises, the bureau.
import { createHash } from 'node:crypto';
import type { Deps } from '../../../deps.ts';
import { scopeOf, type Actor, type Role } from '../../../domain/accounts/actor.ts';
import { needsOneTimeCode, secretBytes } from '../../../domain/accounts/one-time-code.ts';
import {
  creditCheckCharacter,
  organisationCheckCharacter,
} from '../../../domain/organisations/credit-code.ts';
import type { Capacity, Filing, Organisation } from '../../../domain/organisations/organisation.ts';
import { createAccount } from '../../../use-cases/accounts/create-account.ts';
import { registerOrganisation } from '../../../use-cases/organisations/register-organisation.ts';
import { at } from './clock.ts';
import { laneCount } from './lanes.ts';
import type { Random } from './random.ts';

export const demoPassword = 'try-the-demo-2021';

/** The secret of a persona's one-time codes: invented people only, so it is as public as their password. */
export function demoSecretOf(userName: string): Uint8Array {
  return createHash('sha256').update(`Skillroll demo ${userName}`).digest().subarray(0, secretBytes);
}
const system = { accountId: 'system', name: '系统' };

export interface Body {
  readonly organisation: Organisation;
  readonly staff: Actor;
  readonly approver: Actor;
  /** Until when each teacher and each room is taken. */
  readonly teachers: { name: string; until: string }[];
  readonly rooms: { name: string; until: string }[];
}

export interface Bodies {
  readonly centres: readonly Body[];
  readonly evaluators: readonly Body[];
  readonly enterprises: readonly Body[];
  readonly officers: readonly [Actor, Actor];
}

const centreNames = [
  '华艺',
  '鑫源',
  '育才',
  '博远',
  '智诚',
  '金匠',
  '新程',
  '启航',
  '明德',
  '同创',
  '中吴',
  '阳澄',
  '元和',
  '活力岛',
  '高铁新城',
  '漕湖',
  '望亭',
  '黄埭',
  '渭塘',
  '太平',
];
const evaluatorNames = [
  '相城技能评价中心',
  '苏匠职业技能评价',
  '华东人才评价',
  '阳澄湖餐饮行业协会',
  '漕湖智造评价',
  '新城物业评价',
];
const enterpriseWords = [
  '精密机械',
  '汽车零部件',
  '新材料',
  '智能装备',
  '电子科技',
  '模具',
  '纺织',
  '食品',
  '物流',
  '医疗器械',
];
const sites = ['苏州', '相城', '吴越', '盛泽', '恒泰', '立讯', '永鼎', '天顺'];

/** The bodies at scale: at scale 1 twenty-four centres, six evaluators and sixty enterprises. */
export async function makeBodies(deps: Deps, random: Random, scale: number): Promise<Bodies> {
  const start = at(deps, '2019-12-02');
  const areas = deps.reference.areas.map((area) => area.code);
  const officers: [Actor, Actor] = [
    await account(start, 'bureauOfficer', 'officer', '李敏', null),
    await account(start, 'bureauOfficer', 'officer2', '赵强', null),
  ];
  const makeBody = makeBodyWith(start, officers[0]);
  const count = (full: number, least: number) => Math.max(least, Math.round(full * Math.sqrt(scale)));
  const centres: Body[] = [];
  for (let index = 0; index < count(24, 4); index += 1) {
    const name = `苏州市相城区${centreNames[index % centreNames.length]}职业培训${index < centreNames.length ? '学校' : '中心'}`;
    centres.push(
      await makeBody({
        name,
        prefix: '52',
        capacities: ['trainingCentre'],
        areaCode: areas[index % 12]!,
        user: index === 0 ? 'centre' : `centre${index + 1}`,
        roles: ['centreStaff', 'centreApprover'],
      }),
    );
  }
  const evaluators: Body[] = [];
  for (let index = 0; index < count(6, laneCount); index += 1) {
    evaluators.push(
      await makeBody({
        name: evaluatorNames[index]!,
        prefix: '52',
        capacities: ['evaluator'],
        areaCode: areas[(index * 2) % 11]!,
        user: index === 0 ? 'evaluator' : `evaluator${index + 1}`,
        roles: ['evaluatorStaff', 'evaluatorApprover'],
      }),
    );
  }
  const enterprises: Body[] = [];
  for (let index = 0; index < count(60, 12); index += 1) {
    const name = `${sites[index % sites.length]}${random.pick(['宏', '瑞', '达', '嘉', '远'])}${enterpriseWords[index % enterpriseWords.length]}有限公司${index >= 40 ? '相城分公司' : ''}`;
    enterprises.push(
      await makeBody({
        name,
        prefix: '91',
        capacities: ['enterprise'],
        areaCode: areas[(index * 5) % 13]!,
        user: index === 0 ? 'enterprise' : `enterprise${index + 1}`,
        roles: ['enterpriseStaff', 'enterpriseStaff'],
      }),
    );
  }
  return { centres, evaluators, enterprises, officers };
}

interface NewBody {
  name: string;
  prefix: string;
  capacities: readonly Capacity[];
  areaCode: string;
  user: string;
  roles: readonly [Role, Role];
}

function makeBodyWith(deps: Deps, officer: Actor) {
  let serial = 0;
  const levels = ['junior', 'intermediate', 'senior', 'technician', 'senior_technician'];
  return async (given: NewBody): Promise<Body> => {
    serial += 1;
    const capacity = given.capacities[0] as Filing['capacity'];
    const filings = given.capacities.includes('enterprise')
      ? []
      : deps.reference.occupations.map((occupation) => ({
          capacity,
          occupationCode: occupation.code,
          skillLevels: levels,
          methods: capacity === 'evaluator' ? ['level_recognition', 'appraisal'] : [],
          validFrom: '2019-01-01',
          validTo: '2031-12-31',
        }));
    const organisation = await registerOrganisation(deps, {
      actor: officer,
      facts: {
        name: given.name,
        creditCode: creditCode(given.prefix, serial),
        creditCodeReason: null,
        capacities: given.capacities,
        areaCode: given.areaCode,
        divisionCode: '320507',
        numberPrefix: given.capacities.includes('evaluator') ? `S000032${String(990_000 + serial)}` : null,
        phone: `0512-65${String(100_000 + serial).slice(1)}00`.slice(0, 13),
      },
      filings,
    });
    const [staffRole, approverRole] = given.roles;
    const own = { organisationId: organisation.id };
    const staff = await account(deps, staffRole, given.user, `经办${serial}`, own);
    const approver =
      staffRole === approverRole
        ? staff
        : await account(deps, approverRole, `${given.user}-approver`, `复核${serial}`, own);
    return { organisation, staff, approver, teachers: [], rooms: [] };
  };
}

let hashed: Promise<string> | null = null;

async function account(
  deps: Deps,
  role: Role,
  userName: string,
  displayName: string,
  own: { organisationId?: string; areaCode?: string } | null,
): Promise<Actor> {
  // All demo accounts share one password, so one hash is made and used for all.
  hashed ??= deps.passwords.hash(demoPassword);
  const passwords = { ...deps.passwords, hash: () => hashed! };
  const accountId = await createAccount(
    { ...deps, passwords },
    { actor: system, userName, displayName, password: demoPassword, role, ...own },
  );
  if (needsOneTimeCode(role))
    await deps.transaction(() => deps.credentials.keepSecret(accountId, demoSecretOf(userName), 0, []));
  return {
    accountId,
    name: displayName,
    role,
    scope: scopeOf(role, { organisationId: own?.organisationId ?? null, areaCode: own?.areaCode ?? null }),
  };
}

/** Accounts beside the bodies': reader, township desk, reviewer, the three administrators. */
export async function makeOtherAccounts(deps: Deps): Promise<void> {
  const start = at(deps, '2019-12-02');
  await account(start, 'bureauReader', 'reader', '周局', null);
  await account(start, 'townshipDesk', 'township', '元和所', { areaCode: '320507001' });
  await account(start, 'bureauReviewer', 'reviewer', '孙科', null);
  await account(start, 'systemAdministrator', 'admin', '系统管理员', null);
  await account(start, 'securityAdministrator', 'security', '安全管理员', null);
  await account(start, 'auditor', 'auditor', '审计员', null);
}

function creditCode(prefix: string, serial: number): string {
  const body = `MA${String(serial).padStart(6, '0')}`;
  const first17 = `${prefix}320599${body}${organisationCheckCharacter(body)}`;
  return first17 + creditCheckCharacter(first17);
}
