// An actor is a signed-in account as the rules see it: who acts, in which role, on whose records.
import type { Scope } from './scope.ts';

export const roles = [
  'systemAdministrator',
  'securityAdministrator',
  'auditor',
  'bureauOfficer',
  'bureauReviewer',
  'bureauReader',
  'townshipDesk',
  'centreStaff',
  'centreApprover',
  'evaluatorStaff',
  'evaluatorApprover',
  'enterpriseStaff',
] as const;

export type Role = (typeof roles)[number];

/** Who keeps the system itself; none of them reaches a record, and nobody is given two of them. */
export const administratorRoles: readonly Role[] = [
  'systemAdministrator',
  'securityAdministrator',
  'auditor',
];

const districtRoles: readonly Role[] = ['bureauOfficer', 'bureauReviewer', 'bureauReader'];

export interface Actor {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
}

export type ScopeNeed = 'none' | 'area' | 'trainingCentre' | 'evaluator' | 'enterprise';

/** What an account of this role must name as its own: an area, an organisation of a capacity, or nothing. */
export const scopeNeedOf: Readonly<Record<Role, ScopeNeed>> = {
  systemAdministrator: 'none',
  securityAdministrator: 'none',
  auditor: 'none',
  bureauOfficer: 'none',
  bureauReviewer: 'none',
  bureauReader: 'none',
  townshipDesk: 'area',
  centreStaff: 'trainingCentre',
  centreApprover: 'trainingCentre',
  evaluatorStaff: 'evaluator',
  evaluatorApprover: 'evaluator',
  enterpriseStaff: 'enterprise',
};

/** The scope of an account: an administrator's reaches no records, the bureau's the district, others their own. */
export function scopeOf(role: Role, own: { organisationId: string | null; areaCode: string | null }): Scope {
  switch (scopeNeedOf[role]) {
    case 'area':
      return { kind: 'area', areaCode: own.areaCode ?? '' };
    case 'trainingCentre':
      return { kind: 'centre', centreId: own.organisationId ?? '' };
    case 'evaluator':
      return { kind: 'evaluator', evaluatorId: own.organisationId ?? '' };
    case 'enterprise':
      return { kind: 'enterprise', enterpriseId: own.organisationId ?? '' };
    default:
      return districtRoles.includes(role) ? { kind: 'district' } : { kind: 'public' };
  }
}

/**
 * The roles an account opened by somebody of the given role may get. Administrators are opened from the command line alone,
 * so nobody inside the product can become a second administrator by way of an account they open.
 */
export function rolesOpenedBy(role: Role | null): readonly Role[] {
  return role === null ? roles : roles.filter((one) => !administratorRoles.includes(one));
}
