// Geometry of the month chart: this year's columns filled, last year's outlined behind them (pages.md §4.5).
import { niceTicks } from './nice-ticks.ts';

export interface ColumnsMonth {
  /** 1 to 12. */
  readonly month: number;
  /** null = not reported: a gap. */
  readonly value: number | null;
  readonly lastYear: number | null;
  readonly provisional: boolean;
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColumnsLayout extends ChartSize {
  readonly plot: Box;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly months: readonly {
    readonly month: number;
    readonly centre: number;
    readonly value: number | null;
    readonly provisional: boolean;
    readonly column: Box | null;
    readonly outline: Box | null;
  }[];
  /** The month with the highest value of this year, where its number is printed. */
  readonly peak: {
    readonly month: number;
    readonly value: number;
    readonly x: number;
    readonly y: number;
  } | null;
}

/** Boxes in units of the picture (16 = 1 rem), y downwards, all columns from zero. */
export function layoutColumns(data: readonly ColumnsMonth[], size: ChartSize): ColumnsLayout {
  const highest = Math.max(0, ...data.flatMap((month) => [month.value ?? 0, month.lastYear ?? 0]));
  const values = niceTicks(highest);
  const top = values.at(-1) ?? 1;
  const left = 14 + 8 * String(Math.round(top)).length + (top >= 1000 ? 6 : 0);
  const plot = { x: left, y: 26, width: size.width - left - 4, height: size.height - 26 - 28 };
  const band = plot.width / Math.max(1, data.length);
  const yOf = (value: number): number => round(plot.y + plot.height * (1 - value / top));
  const box = (index: number, share: number, value: number): Box => ({
    x: round(plot.x + band * (index + (1 - share) / 2)),
    y: yOf(value),
    width: round(band * share),
    height: round(plot.y + plot.height - yOf(value)),
  });
  const months = data.map((month, index) => ({
    month: month.month,
    centre: round(plot.x + band * (index + 0.5)),
    value: month.value,
    provisional: month.provisional,
    column: month.value === null ? null : box(index, 0.56, month.value),
    outline: month.lastYear === null ? null : box(index, 0.78, month.lastYear),
  }));
  return {
    ...size,
    plot,
    ticks: values.map((value) => ({ value, y: yOf(value) })),
    months,
    peak: findPeak(months),
  };
}

function findPeak(months: ColumnsLayout['months']): ColumnsLayout['peak'] {
  const highest = Math.max(...months.map((month) => month.value ?? 0));
  const found = months.find((month) => month.value === highest && highest > 0);
  if (!found?.column) return null;
  const above = Math.min(found.column.y, found.outline?.y ?? found.column.y);
  return { month: found.month, value: highest, x: found.centre, y: round(above - 6) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
