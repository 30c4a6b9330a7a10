// Who can sign in to the demo, and what each may try first; the trainee gets a fresh claim slip each time.
import { createHmac } from 'node:crypto';
import type { Deps } from '../../../deps.ts';
import { district } from '../../../domain/accounts/scope.ts';
import { scopeOf, type Actor } from '../../../domain/accounts/actor.ts';
import { makeClaimCodes } from '../../../use-cases/certifications/make-claim-codes.ts';
import {
  codeOfStep,
  needsOneTimeCode,
  stepOf,
  type HmacSha1,
} from '../../../domain/accounts/one-time-code.ts';
import { demoPassword, demoSecretOf } from './bodies.ts';

const personas: readonly (readonly [string, string, string])[] = [
  [
    '培训机构经办人 Training centre staff',
    'centre',
    '今日点名，上传花名册 / mark attendance, upload a roster',
  ],
  [
    '培训机构复核人 Training centre approver',
    'centre-approver',
    '复核一批培训合格证书 / approve completion certificates',
  ],
  ['评价机构经办人 Evaluator staff', 'evaluator', '录入成绩，申请发证 / enter scores, request certificates'],
  ['评价机构复核人 Evaluator approver', 'evaluator-approver', '复核发证 / approve a batch'],
  ['企业经办人 Enterprise staff', 'enterprise', '新型学徒制备案 / file an apprenticeship'],
  ['人社局经办人 Bureau officer', 'officer', '/years/2021, 备案审批 / figures and filings'],
  [
    '人社局第二经办人 Second bureau officer',
    'officer2',
    '复核另一经办人提交的 / decide what the first entered',
  ],
  [
    '人社局复核人 Bureau reviewer',
    'reviewer',
    '备案审批，复核录入的证书 / decide filings and entered certificates',
  ],
  ['人社局领导 Bureau reader', 'reader', '/years/2021 只看汇总 / totals only'],
  ['元和街道人社所 Township desk', 'township', '本板块统计 / the figures of its area'],
  ['系统管理员 System administrator', 'admin', '开设账号 / open accounts'],
  [
    '安全管理员 Security administrator',
    'security',
    '变更角色，解除锁定，拒绝与锁定 / roles, locks, refusals',
  ],
  ['审计员 Auditor', 'auditor', '操作日志，查看号码记录 / the trail, numbers shown'],
];

/** The user names of all of them. */
export const personaNames: readonly string[] = personas.map(([, userName]) => userName);

/** Rows of role, user name, password, present one-time code and what to try; the last is the trainee's certificate number, name and claim code. */
export async function preparePersonas(deps: Deps): Promise<string[][]> {
  const rows = await Promise.all(
    personas.map(async ([role, userName, hint]) => [
      role,
      userName,
      demoPassword,
      (await needsCode(deps, userName)) ? demoCodeOf(userName, deps.now()) : '',
      hint,
    ]),
  );
  const slip = await trainee(deps);
  return slip === null
    ? rows
    : [
        ...rows,
        [
          '持证人 Trainee (/certificate-finds/new)',
          `${slip.certificateNumber} ${slip.holderName}`,
          slip.claimCode,
          '',
          '找我的证书 / find my certificate',
        ],
      ];
}

async function needsCode(deps: Deps, userName: string): Promise<boolean> {
  const account = await deps.unscoped.accountByUserName.byUserName(userName);
  return account !== null && needsOneTimeCode(account.role);
}

/** The code a persona's authenticator would show at the instant. */
export function demoCodeOf(userName: string, now: Date): string {
  const hmac: HmacSha1 = (key, message) => createHmac('sha1', key).update(message).digest();
  return codeOfStep(hmac, demoSecretOf(userName), stepOf(now));
}

async function trainee(deps: Deps) {
  const account = await deps.unscoped.accountByUserName.byUserName('evaluator');
  if (account === null) return null;
  const actor: Actor = {
    accountId: account.id,
    name: account.displayName,
    role: account.role,
    scope: scopeOf(account.role, account),
  };
  const [batch] = await deps.certificateBatches.find(
    district,
    { evaluatorId: account.organisationId, status: 'issued' },
    { sort: { createdAt: -1 }, page: { skip: 0, limit: 1 } },
  );
  if (batch === undefined) return null;
  const [slip] = await makeClaimCodes(deps, { actor, batchId: batch.id });
  return slip ?? null;
}
