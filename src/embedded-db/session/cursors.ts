// Open cursors: what is still to come of a result, until it is read, killed or ten minutes idle.
import { CommandError } from '../errors.ts';
import type { Row } from '../planner/scan.ts';

const IDLE_MS = 10 * 60_000;

export interface Cursor {
  /** 0 until it is opened. */
  id: bigint;
  readonly ns: string;
  readonly rows: Iterator<Row>;
  /** A row that was read but did not fit into the last batch. */
  pushedBack?: Row | undefined;
  /** The transaction it can be read in. */
  readonly transaction: object | undefined;
  /** What it reads from, where that is not the newest state; it ends with it. */
  readonly owner: object | undefined;
  usedAt: number;
}

export type CursorTable = ReturnType<typeof cursorTable>;

/** An empty table of cursors. */
export function cursorTable() {
  const cursors = new Map<bigint, Cursor>();
  let next = BigInt(Date.now()) * 1000n;
  /** True when there was such a cursor. */
  const close = (id: bigint): boolean => {
    cursors.get(id)?.rows.return?.();
    return cursors.delete(id);
  };
  const closeWhere = (condition: (cursor: Cursor) => boolean): void => {
    for (const cursor of [...cursors.values()]) if (condition(cursor)) close(cursor.id);
  };
  return {
    /** Gives the cursor its number and keeps it. */
    open(cursor: Cursor): void {
      next += 1n;
      cursor.id = next;
      cursors.set(next, cursor);
    },
    /** The cursor, or CursorNotFound (43); a cursor of a transaction can be read in it only. */
    find(id: bigint, ns: string, transaction: object | undefined): Cursor {
      const cursor = cursors.get(id);
      if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
      if (cursor.ns !== ns)
        throw new CommandError(13, `Requested getMore on '${ns}', but cursor belongs to ${cursor.ns}`);
      if (cursor.transaction !== transaction)
        throw new CommandError(50738, `cursor ${id} can be read in the transaction only that made it`);
      cursor.usedAt = performance.now();
      return cursor;
    },
    close,
    closeOwned: (owner: object) => closeWhere((cursor) => cursor.owner === owner),
    sweep: (now: number) => closeWhere(({ usedAt }) => now - usedAt > IDLE_MS),
  };
}
