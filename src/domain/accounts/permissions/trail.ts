import { bureau, centre, evaluator, may, type Grants } from './grant.ts';

export const trailPermissions = {
  'trail.read': may('read the trail of every act', 'auditor'),
  'trail.export': may('take the trail as a file, which is itself an act', 'auditor'),
  'evidence.open': may(
    'open the file that proves a change, where the change stands in a timeline one may see',
    ...bureau,
    'townshipDesk',
    ...centre,
    ...evaluator,
    'enterpriseStaff',
    'systemAdministrator',
    'securityAdministrator',
    'auditor',
  ),
} as const satisfies Grants;
