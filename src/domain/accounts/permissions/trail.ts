import { may, type Grants } from './grant.ts';

export const trailPermissions = {
  'trail.read': may('read the trail of every act', 'auditor'),
  'trail.export': may('take the trail as a file, which is itself an act', 'auditor'),
} as const satisfies Grants;
