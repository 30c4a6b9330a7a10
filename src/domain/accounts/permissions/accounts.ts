import { may, type Grants } from './grant.ts';

export const accountPermissions = {
  'account.list': may(
    'see the accounts with their roles and bodies',
    'systemAdministrator',
    'securityAdministrator',
  ),
  'account.create': may('open an account', 'systemAdministrator'),
  'account.close': may('close an account, or open a closed one again', 'systemAdministrator'),
  'account.invite': may('hand over a link by which somebody sets a password', 'systemAdministrator'),
  'account.changeRole': may('give an account another role, body or area', 'securityAdministrator'),
  'account.removeCode': may('take the one-time code of a lost telephone away', 'securityAdministrator'),
  'refusal.list': may('see refused sign-ins, standing locks and missed checks', 'securityAdministrator'),
  'account.unlock': may('lift the locks of an account', 'securityAdministrator'),
} as const satisfies Grants;
