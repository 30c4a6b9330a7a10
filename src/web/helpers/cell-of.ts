// One table cell with every key present, from text, a number or an object with some of them.
import type { Link } from '../frame.ts';
import { formatCount } from '../formatting/format-count.ts';

export interface Cell {
  readonly text: string;
  readonly href: string;
  /** A status code. */
  readonly tag: string;
  readonly note: string;
  /** The file that proves what the cell says. */
  readonly file: Link | null;
  /** A certificate number, drawn in groups. */
  readonly certificate: string;
  readonly check: { name: string; value: string; label: string; checked: boolean } | null;
  /** 0 to 5, the ground of a cross-table cell (charts/heat-step.ts). */
  readonly heat: number;
  readonly input: { name: string; value: string; label: string } | null;
}

type Given = { -readonly [Key in keyof Cell]?: Cell[Key] } & { number?: number | null };

const known = new Set([
  'text',
  'href',
  'tag',
  'note',
  'file',
  'certificate',
  'check',
  'heat',
  'input',
  'number',
]);

/** Numbers get commas, null becomes —; an unknown key throws. */
export function cellOf(value: unknown): Cell {
  if (value === null) return plainCell('—');
  if (typeof value === 'string') return plainCell(value);
  if (typeof value === 'number') return plainCell(formatCount(value));
  if (typeof value !== 'object') throw new Error(`A table cell cannot be ${typeof value}.`);
  for (const key in value) if (!known.has(key)) throw new Error(`A table cell has no ${key}.`);
  const given = value as Given;
  return {
    text: textOf(given),
    href: given.href ?? '',
    tag: given.tag ?? '',
    note: given.note ?? '',
    file: given.file ?? null,
    certificate: given.certificate ?? '',
    check: given.check ?? null,
    heat: given.heat ?? 0,
    input: given.input ?? null,
  };
}

function plainCell(text: string): Cell {
  return {
    text,
    href: '',
    tag: '',
    note: '',
    file: null,
    certificate: '',
    check: null,
    heat: 0,
    input: null,
  };
}

function textOf({ number, text = '' }: Given): string {
  if (number === undefined) return text;
  return number === null ? '—' : formatCount(number);
}
