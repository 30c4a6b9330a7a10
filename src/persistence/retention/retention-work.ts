// What retention does for one kind of record; each kind is a file beside this one.
import type { Cut, DueRecord } from '../../domain/retention/due.ts';
import type { RetentionCode } from '../../domain/retention/retention-kinds.ts';
import type { Cursor } from './page-through.ts';

export interface DuePage {
  readonly due: readonly DueRecord[];
  readonly next: Cursor | null;
}

export interface RetentionWork {
  readonly code: RetentionCode;
  /** A page of what is due before the cut; records that were done are not found again. */
  page(cut: Cut, after: Cursor | null, limit: number): Promise<DuePage>;
  /** Deletes the records or takes out what is personal, in the caller's transaction; null where the kind is only listed. */
  readonly apply: ((ids: readonly string[], now: Date) => Promise<void>) | null;
}
