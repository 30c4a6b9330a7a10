import { by, type Grants } from './grant.ts';

export const accountPermissions = {
  'account.list': by('administrator'),
  'account.create': by('administrator'),
  'account.resetPassword': by('administrator'),
  'account.close': by('administrator'),
} as const satisfies Grants;
