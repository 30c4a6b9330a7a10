// Open cursors: what is still to come of a result, until it is read, killed or ten minutes idle.
import { CommandError } from '../errors.ts';
import type { Row } from '../planner/scan.ts';

const IDLE_MS = 10 * 60_000;

export interface OpenCursor {
  readonly id: bigint;
  readonly ns: string;
  readonly rows: Iterator<Row>;
  /** A row that was read but did not fit into the last batch. */
  pushedBack?: Row;
  /** The transaction it can be read in. */
  readonly transaction: object | undefined;
  /** What it reads from, where that is not the newest state; it ends with it. */
  readonly owner: object | undefined;
  readonly noTimeout: boolean;
  usedAt: number;
}

export interface CursorTable {
  open(cursor: Pick<OpenCursor, 'ns' | 'rows' | 'transaction' | 'owner' | 'noTimeout'>): OpenCursor;
  /** The cursor, or CursorNotFound (43); a cursor of a transaction can be read in it only. */
  find(id: bigint, ns: string, transaction: object | undefined): OpenCursor;
  /** True when there was such a cursor. */
  close(id: bigint): boolean;
  closeOwned(owner: object): void;
  sweep(now: number): void;
}

/** An empty table of cursors. */
export function cursorTable(): CursorTable {
  const cursors = new Map<bigint, OpenCursor>();
  let next = BigInt(Date.now()) * 1000n;
  const close = (id: bigint): boolean => {
    cursors.get(id)?.rows.return?.();
    return cursors.delete(id);
  };
  return {
    open(given) {
      next += 1n;
      const cursor = { ...given, id: next, usedAt: performance.now() };
      cursors.set(cursor.id, cursor);
      return cursor;
    },
    find(id, ns, transaction) {
      const cursor = cursors.get(id);
      if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
      if (cursor.ns !== ns)
        throw new CommandError(
          13,
          `Requested getMore on namespace '${ns}', but cursor belongs to ${cursor.ns}`,
        );
      if (cursor.transaction !== transaction)
        throw new CommandError(
          50738,
          `cannot run getMore on cursor ${id} outside the transaction it was created in`,
        );
      cursor.usedAt = performance.now();
      return cursor;
    },
    close,
    closeOwned(owner) {
      for (const cursor of [...cursors.values()]) if (cursor.owner === owner) close(cursor.id);
    },
    sweep(now) {
      for (const cursor of [...cursors.values()])
        if (!cursor.noTimeout && now - cursor.usedAt > IDLE_MS) close(cursor.id);
    },
  };
}
