// (cellOf cell): a table cell with every key present, from text, a number or an object with some of them.
import { formatCount } from '../formatting/format-count.ts';

export interface Cell {
  readonly text: string;
  readonly href: string;
  /** A status code. */
  readonly tag: string;
  readonly note: string;
  /** A certificate number, drawn in groups. */
  readonly certificate: string;
  readonly check: { name: string; value: string; label: string; checked: boolean } | null;
  /** 0 to 5, the ground of a cross-table cell (charts/heat-step.ts). */
  readonly heat: number;
  readonly input: { name: string; value: string; label: string } | null;
}

const blank: Cell = {
  text: '',
  href: '',
  tag: '',
  note: '',
  certificate: '',
  check: null,
  heat: 0,
  input: null,
};

/** Numbers get commas, null becomes —; an unknown key throws. */
export function cellOf(value: unknown): Cell {
  if (value === null) return { ...blank, text: '—' };
  if (typeof value === 'string') return { ...blank, text: value };
  if (typeof value === 'number') return { ...blank, text: formatCount(value) };
  if (typeof value !== 'object') throw new Error(`A table cell cannot be ${typeof value}.`);
  const { number, ...rest } = value as Partial<Cell> & { number?: number | null };
  const unknown = Object.keys(rest).filter((key) => !(key in blank));
  if (unknown.length > 0) throw new Error(`A table cell has no ${unknown.join(', ')}.`);
  const text = number === undefined ? {} : { text: number === null ? '—' : formatCount(number) };
  return { ...blank, ...rest, ...text };
}
