// One column in the making: members are numbered as they come, rows keep the numbers.
import { notApplicable, severalPerPerson, unknown, type Dimension } from './dimensions.ts';
import type { Column, Values } from './rows.ts';

const largest = 0xffff;

export interface ColumnDraft {
  push(value: Values[Dimension]): void;
  finish(order: Int32Array): Column;
}

/** An empty column; `finish` hands it back in the given order of rows. */
export function draftColumn(dimension: Dimension): ColumnDraft {
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

/** Copies numbers in the given order of rows. */
export function pick<Numbers extends Uint8Array | Uint16Array | Int32Array>(
  from: readonly number[],
  order: Int32Array,
  into: Numbers,
): Numbers {
  for (let at = 0; at < order.length; at++) into[at] = from[order[at]!]!;
  return into;
}
