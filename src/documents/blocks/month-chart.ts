// Columns by month, this year filled and last year outlined behind; what the chart says stands above it as a sentence.
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { measure } from '../text/measure.ts';
import type { SummaryChart } from '../types.ts';
import { palette, type Sheet } from './sheet.ts';

const series = { current: '#0A426D', previous: '#6B7785' } as const;

/** Draws the chart; a month without a report stays empty and says so. */
export function drawMonthChart(sheet: Sheet, chart: SummaryChart, height: number, notReported: string): void {
  sheet.keepTogether(height + 78);
  sheet.paragraph(chart.title, { style: 'sansBold', size: 12, colour: palette.ink });
  sheet.paragraph(chart.measure, { style: 'sans', size: 8.5, colour: palette.soft });
  sheet.y += 6;
  drawKey(sheet, chart);
  const values = chart.months.flatMap(({ value, previous }) => [value ?? 0, previous ?? 0]);
  const step = niceStep(Math.max(...values, 1) / 4);
  const top = step * Math.max(1, Math.ceil(Math.max(...values) / step));
  const labelWidth = measure('sans', grouped(top), 8) + 8;
  const plot = { x: sheet.left + labelWidth, y: sheet.y + 14, width: sheet.width - labelWidth, height };
  const yOf = (value: number) => plot.y + plot.height * (1 - value / top);
  for (let value = 0; value <= top + step / 2; value += step) {
    const y = yOf(value);
    sheet.pen.line(plot.x, y, plot.x + plot.width, y, value === 0 ? palette.edge : palette.line, 0.5);
    sheet.pen.text(plot.x - 6, y + 3, grouped(value), {
      style: 'sans',
      size: 8,
      colour: palette.soft,
      align: 'right',
    });
  }
  drawColumns(sheet, chart, plot, yOf, notReported);
  sheet.y = plot.y + plot.height + 24;
}

function drawKey(sheet: Sheet, chart: SummaryChart): void {
  const [current, previous] = [nameMissingGlyphs(chart.current), nameMissingGlyphs(chart.previous)];
  const baseline = sheet.y + 8;
  sheet.pen.fill(sheet.left, baseline - 7, 9, 8, series.current);
  sheet.pen.text(sheet.left + 13, baseline, current, { style: 'sans', size: 8.5 });
  const next = sheet.left + 13 + measure('sans', current, 8.5) + 18;
  sheet.pen.box(next, baseline - 7, 9, 8, series.previous, 0.8);
  sheet.pen.text(next + 13, baseline, previous, { style: 'sans', size: 8.5 });
  sheet.y = baseline + 4;
}

interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawColumns(
  sheet: Sheet,
  chart: SummaryChart,
  plot: Plot,
  yOf: (value: number) => number,
  notReported: string,
): void {
  const slot = plot.width / chart.months.length;
  const column = slot * 0.36;
  const floor = plot.y + plot.height;
  chart.months.forEach(({ label, value, valueText, previous }, index) => {
    const middle = plot.x + slot * (index + 0.5);
    if (previous !== null && previous > 0) {
      sheet.pen.box(
        middle - column - 0.5,
        yOf(previous),
        column,
        floor - yOf(previous),
        series.previous,
        0.8,
      );
    }
    const text = value === null ? notReported : valueText;
    if (value !== null) sheet.pen.fill(middle + 0.5, yOf(value), column, floor - yOf(value), series.current);
    // A value wider than its column goes right, into the gap, and not over the outline of last year.
    const room = slot * 0.6;
    const size = Math.min(7.5, room / measure('sans', text, 1));
    const width = measure('sans', text, size);
    const left = middle + 0.5 + Math.max(0.5, (column - width) / 2);
    sheet.pen.text(left, yOf(value ?? 0) - 3, text, {
      style: 'sans',
      size,
      colour: value === null ? palette.soft : palette.ink,
    });
    sheet.pen.text(middle, floor + 12, nameMissingGlyphs(label), {
      style: 'sans',
      size: 8,
      align: 'centre',
      colour: palette.soft,
    });
  });
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return Math.max(1, power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10));
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
