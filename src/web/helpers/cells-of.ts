// (cellsOf columns cells): a row's cells with what their columns say: label with unit, numeric, and whether anything but
// plain text is in them. A list page draws hundreds of cells, so plain ones take a short way.
import type { Lang } from '../formatting/lang.ts';
import { cellOf } from './cell-of.ts';
import type { Cell } from './cell-of.ts';
import type { Helper, HelperOptions, HelperTools } from './helper-tools.ts';
import { frameOf } from './helper-tools.ts';

export interface Column {
  readonly label: string;
  /** The unit's word, put in brackets behind the label. */
  readonly unit?: string;
  readonly numeric?: boolean;
}

export interface PlacedCell {
  readonly cell: Cell;
  readonly label: string;
  /** `numeric`, `heat-3`, both or nothing. */
  readonly className: string;
  readonly first: boolean;
  /** Nothing but text, and not the row's heading. */
  readonly plain: boolean;
}

/** One entry per cell; throws when a row has more cells than the table has columns. */
export function createCellsOf({ wording }: HelperTools): Helper {
  const known = new WeakMap<readonly Column[], { lang: Lang; labels: readonly string[] }>();
  const labelsOf = (columns: readonly Column[], lang: Lang): readonly string[] => {
    const found = known.get(columns);
    if (found?.lang === lang) return found.labels;
    const unit = (word: string): string => wording.t(lang, 'shared.table.unit', { unit: word });
    const labels = columns.map((column) => column.label + (column.unit ? unit(column.unit) : ''));
    known.set(columns, { lang, labels });
    return labels;
  };
  return (columns: readonly Column[], cells: readonly unknown[], options: HelperOptions): PlacedCell[] => {
    if (cells.length > columns.length) throw new Error('A table row has more cells than columns.');
    const labels = labelsOf(columns, frameOf(options).lang);
    return cells.map((value, index) => {
      const cell = cellOf(value);
      const numeric = columns[index]?.numeric ? 'numeric' : '';
      return {
        cell,
        label: labels[index] ?? '',
        className: cell.heat === 0 ? numeric : `${numeric} heat-${cell.heat}`,
        first: index === 0,
        plain: index > 0 && (value === null || typeof value !== 'object'),
      };
    });
  };
}
