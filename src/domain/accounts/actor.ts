// An actor is a signed-in account as the rules see it: who acts, in which role, on whose records.
import type { Scope } from './scope.ts';

export const roles = [
  'administrator',
  'bureauOfficer',
  'bureauReader',
  'townshipDesk',
  'centreStaff',
  'centreApprover',
  'evaluatorStaff',
  'evaluatorApprover',
  'enterpriseStaff',
] as const;

export type Role = (typeof roles)[number];

export interface Actor {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
}

export type ScopeNeed = 'none' | 'area' | 'trainingCentre' | 'evaluator' | 'enterprise';

/** What an account of this role must name as its own: an area, an organisation of a capacity, or nothing. */
export const scopeNeedOf: Readonly<Record<Role, ScopeNeed>> = {
  administrator: 'none',
  bureauOfficer: 'none',
  bureauReader: 'none',
  townshipDesk: 'area',
  centreStaff: 'trainingCentre',
  centreApprover: 'trainingCentre',
  evaluatorStaff: 'evaluator',
  evaluatorApprover: 'evaluator',
  enterpriseStaff: 'enterprise',
};

/** The scope of an account: the administrator's reaches no records, the bureau's the district, others their own. */
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
    case 'none':
      return role === 'administrator' ? { kind: 'public' } : { kind: 'district' };
  }
}
