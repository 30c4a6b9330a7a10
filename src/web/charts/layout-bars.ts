// Geometry of horizontal bars: sorted, value at the end, the unassigned last, at most twelve (pages.md §4.5).
import type { Box } from './layout-columns.ts';

export interface BarsRow {
  readonly label: string;
  readonly value: number;
  /** Not assigned: always the last bar. */
  readonly last?: boolean;
}

export interface BarsLayout {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number;
    readonly labelAt: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' };
    readonly bar: Box;
    readonly valueAt: { readonly x: number; readonly y: number };
  }[];
}

const most = 12;

/** Bars from the largest down; rows beyond eleven become one named `others`. Below 480 wide the label stands above its bar. */
export function layoutBars(data: readonly BarsRow[], width: number, others: string): BarsLayout {
  const rows = sortBars(data, others);
  const narrow = width < 480;
  const rowHeight = narrow ? 44 : 28;
  const barHeight = narrow ? 16 : 18;
  const left = narrow ? 0 : Math.min(200, 12 + Math.max(0, ...rows.map((row) => textWidth(row.label))));
  const highest = Math.max(1, ...rows.map((row) => row.value));
  const room = width - left - 12 - 9 * String(highest).length;
  return {
    width,
    height: rows.length * rowHeight + 4,
    rows: rows.map((row, index) => {
      const y = index * rowHeight + (narrow ? 22 : (rowHeight - barHeight) / 2);
      const length = Math.round((row.value / highest) * room * 100) / 100;
      return {
        label: row.label,
        value: row.value,
        labelAt: narrow
          ? { x: 0, y: y - 6, anchor: 'start' }
          : { x: left - 10, y: y + barHeight - 4, anchor: 'end' },
        bar: { x: left, y, width: length, height: barHeight },
        valueAt: { x: left + length + 6, y: y + barHeight - 4 },
      };
    }),
  };
}

function sortBars(data: readonly BarsRow[], others: string): BarsRow[] {
  const sorted = data.filter((row) => !row.last).sort((a, b) => b.value - a.value);
  const unassigned = data.filter((row) => row.last);
  if (sorted.length <= most) return [...sorted, ...unassigned];
  const rest = sorted.slice(most - 1).reduce((sum, row) => sum + row.value, 0);
  return [...sorted.slice(0, most - 1), { label: others, value: rest }, ...unassigned];
}

/** Han characters are as wide as high, Latin ones about half. */
function textWidth(text: string): number {
  return [...text].reduce((width, letter) => width + (/[ -ʯ]/.test(letter) ? 7 : 13), 0);
}
