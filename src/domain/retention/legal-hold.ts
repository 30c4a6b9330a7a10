// A legal hold keeps what is known of a person or a training session past its period, until it is lifted.
import { RuleBroken } from '../shared/errors.ts';
import type { Versioned } from '../shared/record.ts';

export const heldKinds = ['person', 'trainingSession'] as const;
export type HeldKind = (typeof heldKinds)[number];

export interface LegalHold extends Versioned {
  readonly about: { readonly kind: HeldKind; readonly id: string };
  /** Learner number or session number, as lists show it. */
  readonly label: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setByName: string;
  readonly setAt: Date;
  readonly liftedByName: string | null;
  readonly liftedAt: Date | null;
  readonly liftedReason: string | null;
}

/** The hold lifted; throws RuleBroken retention.holdLifted when it was lifted before. */
export function liftHold(hold: LegalHold, change: { by: string; at: Date; reason: string }): LegalHold {
  if (hold.liftedAt !== null) throw new RuleBroken('retention.holdLifted');
  return { ...hold, liftedByName: change.by, liftedAt: change.at, liftedReason: change.reason };
}
