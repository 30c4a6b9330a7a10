// Who may do what: every permission of the product is a key of one of these tables.
import type { Actor } from './actor.ts';
import type { Grant } from './permissions/grant.ts';
import { accountPermissions } from './permissions/accounts.ts';
import { certificationPermissions } from './permissions/certifications.ts';
import { peoplePermissions } from './permissions/people.ts';
import { figurePermissions } from './permissions/figures.ts';
import { registerPermissions } from './permissions/registers.ts';
import { trailPermissions } from './permissions/trail.ts';
import { trainingPermissions } from './permissions/training.ts';

export const permissions = {
  ...accountPermissions,
  ...certificationPermissions,
  ...peoplePermissions,
  ...figurePermissions,
  ...registerPermissions,
  ...trailPermissions,
  ...trainingPermissions,
} as const;

export type Action = keyof typeof permissions;

/** Whether the actor's role allows the action at all; scope and second-person rules come on top. */
export function can(actor: Pick<Actor, 'role'> | null, action: Action): boolean {
  return actor !== null && grantOf(action).roles.includes(actor.role);
}

/** The sentence of an action and the roles it is granted to. */
export function grantOf(action: Action): Grant {
  return permissions[action];
}
