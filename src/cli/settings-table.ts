// The dated settings as a table for readers, between two marks of docs/data-rules.md.
import type { DatedSetting } from '../domain/reference/reference.ts';

const begin = '<!-- settings -->';
const end = '<!-- end of settings -->';

/** The document with the table of settings, by key and then by day, in place of what stands between the marks. */
export function withSettings(page: string, settings: readonly DatedSetting[]): string {
  const heads = ['setting', 'value', 'from', 'source'];
  const rows = [...settings]
    .sort((a, b) => compare(a.key, b.key) || compare(a.effectiveFrom, b.effectiveFrom))
    .map((one) => [`\`${one.key}\``, String(one.value), one.effectiveFrom, one.source]);
  const widths = heads.map((head, at) =>
    Math.max(...[head, ...rows.map((row) => row[at]!)].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const table = [line(heads), rule, ...rows.map(line)].join('\n');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`The page has no place for settings between ${begin} and ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
