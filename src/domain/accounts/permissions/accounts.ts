import { may, type Grants } from './grant.ts';

export const accountPermissions = {
  'account.list': may(
    'see the accounts with their roles and bodies',
    'systemAdministrator',
    'securityAdministrator',
  ),
  'account.create': may('open an account', 'systemAdministrator'),
} as const satisfies Grants;
