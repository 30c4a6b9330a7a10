// One figure as a tile: value, unit, what stands beside it, the change on last year, definition and version.
import type { FigureCount } from '../../domain/headcounts/index.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatUnit, type Unit } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths, withQuery } from '../paths.ts';
import { figureBook, type FigureEntry } from './figure-book.ts';
import { conditionQuery, type Question } from './read-question.ts';
import { rowsHref } from './show-year.ts';

export interface Tile {
  readonly code: string;
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly definition: string;
  readonly definitionHref: string;
  readonly href: string | null;
  readonly companion: string | null;
  /** The companions one by one, for documents. */
  readonly companions: readonly string[];
  readonly change: { readonly direction: 'up' | 'down' | 'same'; readonly text: string } | null;
  readonly version: number;
}

export function presentTile(
  exchange: Exchange,
  question: Question,
  figure: FigureCount,
  last: FigureCount | null,
): Tile {
  const { t, lang } = exchange;
  const entry = figureBook().entry(lang, figure.code, question.year)!;
  const companions = figure.recorded
    ? figure.companions.map(({ key, value, unit }) => {
        const { name, unitWord } = figureBook().companion(lang, key)!;
        const given = {
          value: value === null ? '—' : formatCount(value),
          unit: formatUnit(lang, unit as Unit, value ?? undefined),
        };
        return name === unitWord
          ? t('years.companionInUnit', given)
          : t('years.companion', { ...given, name });
      })
    : [];
  return {
    code: figure.code,
    label: `${figure.code} ${entry.name}`,
    value: figure.value,
    unit: entry.unit,
    definition: definedAs(exchange, entry),
    definitionHref: withQuery(paths.yearFigure(String(question.year), figure.code), {
      ...conditionQuery(question.where),
      asOf: question.asOf,
    }),
    href:
      figure.recorded && figure.value !== null && figure.value > 0
        ? rowsHref(exchange, question, figure.measure)
        : null,
    companion: companions.length === 0 ? null : companions.join(t('shared.comma')),
    companions,
    change: presentChange(exchange, figure.value, last?.value ?? null),
    version: entry.version,
  };
}

/** A definition with its version and the day from which it is in force. */
export function definedAs(exchange: Exchange, entry: FigureEntry): string {
  return exchange.t('years.definedAs', {
    definition: entry.definition,
    version: entry.version,
    day: entry.effectiveFrom,
  });
}

/** The definition of a figure behind its code and name, as the notes of tables print it. */
export function definitionNote(exchange: Exchange, entry: FigureEntry): string {
  return exchange.t('years.noteDefinition', {
    figure: `${entry.code} ${entry.name}`,
    definition: definedAs(exchange, entry),
  });
}

/** A figure's definition as the summary document prints it. */
export function documentDefinition(entry: FigureEntry) {
  return {
    code: entry.code,
    label: entry.name,
    unit: entry.unitWord,
    text: entry.definition,
    version: String(entry.version),
  };
}

/** The change on last year in words; null where either year has no number. */
export function presentChange(exchange: Exchange, now: number | null, before: number | null): Tile['change'] {
  if (now === null || before === null) return null;
  const difference = now - before;
  if (difference === 0) return { direction: 'same', text: exchange.t('years.changeSame') };
  const share = before === 0 ? null : Math.round((Math.abs(difference) / before) * 1000) / 10;
  const key = difference > 0 ? 'years.changeUp' : 'years.changeDown';
  return {
    direction: difference > 0 ? 'up' : 'down',
    text:
      share === null
        ? exchange.t(`${key}Only`, { count: Math.abs(difference) })
        : exchange.t(key, { count: Math.abs(difference), share: formatCount(share) }),
  };
}
