// Draws horizontal bars laid out by layoutBars as an SVG text for the page.
import Handlebars from 'handlebars';
import { formatCount } from '../formatting/format-count.ts';
import type { BarsLayout, BarsRow } from './layout-bars.ts';
import { layoutBars } from './layout-bars.ts';
import type { ChartWords } from './render-columns-svg.ts';
import { element, escapeXml, picture } from './svg.ts';

/** One picture of the given layout with the class `plot plot--<form>`. */
export function renderBarsSvg(layout: BarsLayout, words: ChartWords, form: 'wide' | 'narrow'): string {
  const rows = layout.rows.map(
    (row) =>
      element(
        'text',
        { class: row.labelAt.anchor === 'end' ? 'end' : undefined, x: row.labelAt.x, y: row.labelAt.y },
        escapeXml(row.label),
      ) +
      element('rect', { class: 'bar', ...row.bar }) +
      element('text', { class: 'soft', ...row.valueAt }, formatCount(row.value)),
  );
  return picture(
    layout,
    { ...words, id: `${words.id}-${form}`, className: `plot plot--${form}` },
    rows.join(''),
  );
}

/** The wide and the narrow picture together: style shows the one that fits. Safe to print in a template. */
export function renderBars(
  data: readonly BarsRow[],
  words: ChartWords,
  others: string,
): Handlebars.SafeString {
  const wide = renderBarsSvg(layoutBars(data, 720, others), words, 'wide');
  const narrow = renderBarsSvg(layoutBars(data, 336, others), words, 'narrow');
  return new Handlebars.SafeString(wide + narrow);
}
