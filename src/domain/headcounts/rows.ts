// Rows are columns of small numbers, one entry a counted record, with the records of one owner side by side: "was this
// person here already?" is then a comparison with the last one seen.
import { notApplicable, severalPerPerson, unknown, type Dimension, type Member } from './dimensions.ts';

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

const largest = 0xffff;
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

interface ColumnDraft {
  push(value: Values[Dimension]): void;
  finish(order: Int32Array): Column;
}

function draftColumn(dimension: Dimension): ColumnDraft {
  const members = numberThings();
  const codes: number[] = [];
  const several = severalPerPerson.includes(dimension) ? numberSets(members) : null;
  return {
    push(value) {
      codes.push(several === null ? members.codeOf(single(dimension, value)) : several.codeOf(value));
    },
    finish: (order) => ({
      members: members.list(),
      codes: pick(codes, order, new Uint16Array(order.length)),
      sets: several?.sets ?? null,
    }),
  };
}

function single(dimension: Dimension, value: Values[Dimension]): string {
  if (value === undefined) return notApplicable;
  if (value === null) return unknown;
  if (typeof value === 'string') return value;
  throw new Error(`A row can have one ${dimension} only`);
}

/** Numbers lists as written; the same members in another order make another number with the same set. */
function numberSets(members: ReturnType<typeof numberThings>) {
  const lists = numberThings();
  const sets: number[][] = [];
  return {
    sets,
    codeOf(value: Values[Dimension]): number {
      const list = several(value);
      const code = lists.codeOf(list.length === 1 ? list[0]! : JSON.stringify(list));
      sets[code] ??= list.map(members.codeOf);
      return code;
    },
  };
}

/** Belonging to no group is "not applicable", not knowing is "unknown". */
function several(value: Values[Dimension]): readonly string[] {
  if (value === null) return [unknown];
  if (typeof value === 'string') return [value];
  return value === undefined || value.length === 0 ? [notApplicable] : value;
}

function pick<Numbers extends Uint8Array | Uint16Array | Int32Array>(
  from: readonly number[],
  order: Int32Array,
  into: Numbers,
): Numbers {
  for (let at = 0; at < order.length; at++) into[at] = from[order[at]!]!;
  return into;
}

function numberThings() {
  const numbers = new Map<string, number>();
  return {
    codeOf(thing: string): number {
      let code = numbers.get(thing);
      if (code === undefined) {
        if (numbers.size > largest)
          throw new RangeError('A dimension has more members than can be told apart');
        numbers.set(thing, (code = numbers.size));
      }
      return code;
    },
    list: () => [...numbers.keys()],
  };
}
