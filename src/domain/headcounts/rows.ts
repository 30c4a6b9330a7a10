// Rows are columns of small numbers, one entry a counted record, with the records of one owner side by side: "was this
// person here already?" is then a comparison with the last one seen.
import { draftColumn, pick } from './column-draft.ts';
import type { Dimension, Member } from './dimensions.ts';

/** `members[codes[row]]`; with several per person a code names a combination: `sets[codes[row]]` lists its members. */
export interface Column {
  readonly members: readonly string[];
  readonly codes: Uint16Array;
  readonly sets: readonly (readonly number[])[] | null;
}

export interface Rows {
  readonly size: number;
  readonly recordIds: readonly string[];
  /** Number of the person, enterprise, studio or platform; ascending. */
  readonly owner: Int32Array;
  readonly ownerIds: readonly string[];
  readonly marks: Uint8Array;
  /** A dimension that is missing does not apply to any row. */
  readonly columns: Readonly<Partial<Record<Dimension, Column>>>;
}

/** One value a dimension: null is unknown, absent is not applicable; several only for key groups. */
export type Values = Readonly<Partial<Record<Dimension, Member | readonly string[]>>>;

const none: Values = {};

interface Draft {
  readonly recordIds: string[];
  readonly owners: number[];
  readonly marks: number[];
}

export interface RowCollector {
  /** `shared` holds what many rows have in common; the row's own values come first. */
  add(recordId: string, ownerId: string, mark: number, own: Values, shared?: Values): void;
  finish(): Rows;
}

/** Collects rows in any order and hands them back grouped by owner, in order of entry within one owner. */
export function collectRows(dimensions: readonly Dimension[]): RowCollector {
  const draft: Draft = { recordIds: [], owners: [], marks: [] };
  const ownerNumbers = new Map<string, number>();
  const columns = dimensions.map((dimension) => ({ dimension, draft: draftColumn(dimension) }));
  return {
    add(recordId, ownerId, mark, own, shared = none) {
      let owner = ownerNumbers.get(ownerId);
      if (owner === undefined) ownerNumbers.set(ownerId, (owner = ownerNumbers.size));
      draft.recordIds.push(recordId);
      draft.owners.push(owner);
      draft.marks.push(mark);
      for (const { dimension, draft: column } of columns) {
        const value = own[dimension];
        column.push(value === undefined ? shared[dimension] : value);
      }
    },
    finish() {
      const order = groupByOwner(draft.owners, ownerNumbers.size);
      const finished: Partial<Record<Dimension, Column>> = {};
      for (const column of columns) finished[column.dimension] = column.draft.finish(order);
      return {
        size: order.length,
        recordIds: Array.from(order, (row) => draft.recordIds[row]!),
        owner: pick(draft.owners, order, new Int32Array(order.length)),
        ownerIds: [...ownerNumbers.keys()],
        marks: pick(draft.marks, order, new Uint8Array(order.length)),
        columns: finished,
      };
    },
  };
}

function groupByOwner(owners: readonly number[], ownerCount: number): Int32Array {
  const next = new Int32Array(ownerCount + 1);
  for (const owner of owners) next[owner + 1]!++;
  for (let owner = 0; owner < ownerCount; owner++) next[owner + 1]! += next[owner]!;
  const order = new Int32Array(owners.length);
  owners.forEach((owner, row) => (order[next[owner]!++] = row));
  return order;
}
