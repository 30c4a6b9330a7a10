// A grant says in a sentence what may be done, and names the roles that may; feature files are tables of grants.
import type { Role } from '../actor.ts';

export interface Grant {
  /** What somebody of these roles may do, as the rest of a sentence: 'open accounts'. */
  readonly sentence: string;
  readonly roles: readonly Role[];
}
export type Grants = Readonly<Record<string, Grant>>;

/** The grant of what the sentence says; `may('open accounts', 'systemAdministrator')` reads as one. */
export function may(sentence: string, ...roles: Role[]): Grant {
  return { sentence, roles };
}

/** Who enters, records and revokes for the bureau. */
export const officer: Role[] = ['bureauOfficer'];
/** Who sees the bureau's records and decides what others prepared. */
export const bureau: Role[] = ['bureauOfficer', 'bureauReviewer'];
export const centre: Role[] = ['centreStaff', 'centreApprover'];
export const evaluator: Role[] = ['evaluatorStaff', 'evaluatorApprover'];
