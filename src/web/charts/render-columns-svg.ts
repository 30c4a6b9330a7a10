// Draws the month chart laid out by layoutColumns as an SVG text for the page.
import Handlebars from 'handlebars';
import { formatCount } from '../formatting/format-count.ts';
import type { ColumnsLayout, ColumnsMonth } from './layout-columns.ts';
import { layoutColumns } from './layout-columns.ts';
import { element, escapeXml, picture } from './svg.ts';

export interface ChartWords {
  /** Unique on the page; the two sizes add -wide and -narrow. */
  readonly id: string;
  readonly title: string;
  readonly desc: string;
}

/** One picture of the given size with the class `plot plot--<form>`. */
export function renderColumnsSvg(layout: ColumnsLayout, words: ChartWords, form: 'wide' | 'narrow'): string {
  const id = `${words.id}-${form}`;
  return picture(
    layout,
    { ...words, id, className: `plot plot--${form}` },
    [
      hatch(id, layout),
      ...layout.ticks.map((tick) => gridLine(layout, tick)),
      ...layout.months.map((month) => column(id, month)),
      ...layout.months.map((month) => monthLabel(layout, month)),
      peakLabel(layout),
    ].join(''),
  );
}

/** The wide and the narrow picture together: style shows the one that fits. Safe to print in a template. */
export function renderColumns(data: readonly ColumnsMonth[], words: ChartWords): Handlebars.SafeString {
  const wide = renderColumnsSvg(layoutColumns(data, { width: 720, height: 288 }), words, 'wide');
  const narrow = renderColumnsSvg(layoutColumns(data, { width: 336, height: 240 }), words, 'narrow');
  return new Handlebars.SafeString(wide + narrow);
}

function hatch(id: string, layout: ColumnsLayout): string {
  if (!layout.months.some((month) => month.provisional)) return '';
  const line = element('path', { d: 'M-1 1L1 -1M0 6L6 0M5 7L7 5', class: 'hatch' });
  const size = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' };
  return element('defs', {}, element('pattern', { id: `${id}-hatch`, ...size }, line));
}

function gridLine(layout: ColumnsLayout, tick: ColumnsLayout['ticks'][number]): string {
  const { plot } = layout;
  const ends = { x1: plot.x, x2: plot.x + plot.width, y1: tick.y, y2: tick.y };
  const label = { class: 'soft end', x: plot.x - 6, y: tick.y + 4 };
  return (
    element('line', { class: tick.value === 0 ? 'axis' : 'grid', ...ends }) +
    element('text', label, formatCount(tick.value))
  );
}

function column(id: string, month: ColumnsLayout['months'][number]): string {
  const outline = month.outline ? element('rect', { class: 'outline', ...month.outline }) : '';
  if (!month.column) return outline;
  const look = month.provisional
    ? { class: 'bar--provisional', fill: `url(#${id}-hatch)` }
    : { class: 'bar', fill: undefined };
  return element('rect', { ...look, ...month.column }) + outline;
}

function monthLabel(layout: ColumnsLayout, month: ColumnsLayout['months'][number]): string {
  const below = layout.plot.y + layout.plot.height;
  const label = element(
    'text',
    { class: 'soft middle', x: month.centre, y: below + 19 },
    String(month.month),
  );
  if (month.value !== null) return label;
  return label + element('text', { class: 'soft middle', x: month.centre, y: below - 6 }, escapeXml('…'));
}

function peakLabel({ peak }: ColumnsLayout): string {
  if (!peak) return '';
  return element('text', { class: 'middle strong', x: peak.x, y: peak.y }, formatCount(peak.value));
}
