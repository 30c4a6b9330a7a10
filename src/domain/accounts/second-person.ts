// Nobody decides what they themselves created, edited or submitted.
import type { Actor } from './actor.ts';
import { NotAllowed } from '../shared/errors.ts';

/** True when the actor had no hand in the thing to be decided. */
export function isSecondPerson(actor: Actor, involved: readonly (string | null | undefined)[]): boolean {
  return !involved.includes(actor.accountId);
}

/** Throws NotAllowed accounts.secondPerson when the actor created or submitted the thing to be decided. */
export function requireSecondPerson(actor: Actor, involved: readonly (string | null | undefined)[]): void {
  if (!isSecondPerson(actor, involved)) throw new NotAllowed('accounts.secondPerson');
}
