// Nobody decides twice in one chain: whoever created, edited, submitted or reviewed a thing leaves the next decision to another.
import type { Actor } from './actor.ts';
import { NotAllowed } from '../shared/errors.ts';

/** An account with a part in something; records of earlier days may not name one. */
export type Hand = string | null | undefined;

/**
 * Everybody with a part in a record: its makers, and whoever took one of its steps, a first review as well as a submission.
 * Handing it back decides nothing, so who returned it may decide when it comes again.
 */
export function handsIn(
  record: { readonly statusChanges: readonly { readonly to: string; readonly by: string }[] },
  ...makers: readonly Hand[]
): readonly Hand[] {
  const steps = record.statusChanges.filter((change) => change.to !== 'returned');
  return [...makers, ...steps.map((change) => change.by)];
}

/** True when the actor had no part in the thing to be decided. */
export function isSecondPerson(actor: Actor, hands: readonly Hand[]): boolean {
  return !hands.includes(actor.accountId);
}

/** Throws NotAllowed accounts.secondPerson when the actor had a part in the thing to be decided. */
export function requireSecondPerson(actor: Actor, hands: readonly Hand[]): void {
  if (!isSecondPerson(actor, hands)) throw new NotAllowed('accounts.secondPerson');
}
