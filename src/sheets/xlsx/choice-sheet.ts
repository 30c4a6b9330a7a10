// The values of drop-down lists stand on a hidden sheet: written into the rule itself they may have 255 characters at most.
import { columnLetter } from '../column-letter.ts';
import type { WrittenSheet } from '../write-sheet.ts';

/** Where a list of choices stands: `choices!$A$1:$A$7`. */
export type RangeOf = (choices: readonly string[]) => string;

/** Each distinct list of the sheets once, and where it will stand. */
export function collectChoices(sheets: readonly WrittenSheet[]): { lists: string[][]; rangeOf: RangeOf } {
  const columnOf = new Map<string, number>();
  const lists: string[][] = [];
  for (const { choices } of sheets.flatMap((sheet) => sheet.columns)) {
    if (choices === undefined || choices.length === 0 || columnOf.has(keyOf(choices))) continue;
    columnOf.set(keyOf(choices), lists.length);
    lists.push([...choices]);
  }
  const rangeOf: RangeOf = (choices) => {
    const column = columnLetter(columnOf.get(keyOf(choices))!);
    return `${choiceSheet.name}!$${column}$1:$${column}$${choices.length}`;
  };
  return { lists, rangeOf };
}

export const choiceSheet = {
  name: 'choices',
  /** One list a column, from the first row. */
  of(lists: readonly (readonly string[])[]): WrittenSheet {
    const height = Math.max(...lists.map((list) => list.length));
    const rows = Array.from({ length: height }, (_, row) => lists.map((list) => list[row] ?? null));
    return {
      name: choiceSheet.name,
      columns: lists.map(() => ({ heading: '', width: 30, text: true })),
      rows,
    };
  },
};

function keyOf(choices: readonly string[]): string {
  return JSON.stringify(choices);
}
