// A grant names the roles that may do something; feature files are tables of grants.
import type { Role } from '../actor.ts';

export type Grant = readonly Role[];
export type Grants = Readonly<Record<string, Grant>>;

/** The roles that may; reads as a sentence in the tables. */
export function by(...roles: Role[]): Grant {
  return roles;
}

export const bureau: Role[] = ['bureauOfficer'];
export const centre: Role[] = ['centreStaff', 'centreApprover'];
export const evaluator: Role[] = ['evaluatorStaff', 'evaluatorApprover'];
