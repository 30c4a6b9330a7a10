// The 41 figures in words: names, units and versioned definitions, as data in templates/figures.json.
import { readFileSync } from 'node:fs';
import { definitionFor, type MeasureName } from '../../domain/headcounts/index.ts';
import type { Lang } from '../formatting/lang.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

interface Figure {
  readonly code: string;
  readonly name: Words;
  readonly unit: string;
  readonly versions: readonly { version: number; effectiveFrom: string; definition: Words }[];
}

interface FigureBookData {
  readonly units: Readonly<Record<string, Words>>;
  readonly companions: Readonly<Record<string, { readonly name: Words; readonly unit: string }>>;
  readonly figures: readonly Figure[];
}

export interface FigureEntry {
  readonly code: string;
  readonly name: string;
  /** The unit's code, and its word. */
  readonly unit: string;
  readonly unitWord: string;
  readonly definition: string;
  readonly version: number;
  readonly effectiveFrom: string;
}

export type FigureBook = ReturnType<typeof readFigureBook>;

let book: FigureBook | null = null;

/** The book, read once. */
export function figureBook(): FigureBook {
  book ??= readFigureBook();
  return book;
}

function readFigureBook() {
  const file = new URL('../../../templates/figures.json', import.meta.url);
  const data = JSON.parse(readFileSync(file, 'utf8')) as FigureBookData;
  const byCode = new Map(data.figures.map((one) => [one.code, one]));
  return {
    /** A figure as it is defined for a year; null for a code that is none. Throws where no definition is in force. */
    entry(lang: Lang, code: string, year: number): FigureEntry | null {
      const figure = byCode.get(code);
      if (figure === undefined) return null;
      const inForce = definitionFor(figure.versions, year);
      if (inForce === null) throw new Error(`${code} has no definition for ${year}`);
      return {
        code,
        name: figure.name[lang],
        unit: figure.unit,
        unitWord: data.units[figure.unit]![lang],
        definition: inForce.definition[lang],
        version: inForce.version,
        effectiveFrom: inForce.effectiveFrom,
      };
    },
    /** The name of a companion, such as 未到课; null for a measure that is a figure of its own. */
    companion(lang: Lang, measure: MeasureName): { name: string; unitWord: string } | null {
      const found = data.companions[measure];
      return found === undefined ? null : { name: found.name[lang], unitWord: data.units[found.unit]![lang] };
    },
  };
}
