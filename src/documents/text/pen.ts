// Writes page content: text, lines, boxes and prepared artwork, in points from the top left corner.
import type { DocumentFonts } from '../fonts/document-fonts.ts';
import type { Style } from '../fonts/faces.ts';
import { measure } from './measure.ts';

export interface TextOptions {
  readonly style: Style;
  readonly size: number;
  readonly colour?: string;
  readonly tracking?: number;
  readonly align?: 'left' | 'centre' | 'right';
  /** Marks a stretch in another language than the document's. */
  readonly lang?: 'zh' | 'en';
}

const colours = new Map<string, string>();

export class Pen {
  readonly fonts: DocumentFonts;
  readonly #operators: string[] = [];

  constructor(fonts: DocumentFonts) {
    this.fonts = fonts;
  }

  /** Shows one line of text with its baseline at y and returns its width. */
  text(x: number, y: number, text: string, options: TextOptions): number {
    if (text === '') return 0;
    const { style, size, colour = '#1A2129', tracking = 0, align = 'left', lang } = options;
    const width = align === 'left' ? 0 : measure(style, text, size, tracking);
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    const runs = this.fonts
      .encode(style, text)
      .map(({ font, hex }) => `/${font} ${num(size)} Tf <${hex}> Tj`);
    const spaced = tracking === 0 ? '' : `${num(tracking)} Tc `;
    const shown = `BT ${ink(colour)} rg ${spaced}1 0 0 -1 ${num(left)} ${num(y)} Tm ${runs.join(' ')}${tracking === 0 ? '' : ' 0 Tc'} ET`;
    this.#operators.push(lang === undefined ? shown : `/Span <</Lang (${lang})>> BDC ${shown} EMC`);
    return width;
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.#operators.push(`${ink(colour)} rg ${num(x)} ${num(y)} ${num(width)} ${num(height)} re f`);
  }

  box(x: number, y: number, width: number, height: number, colour: string, thickness = 0.5): void {
    this.#operators.push(
      `${ink(colour)} RG ${num(thickness)} w ${num(x)} ${num(y)} ${num(width)} ${num(height)} re S`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, thickness = 0.5, dash = ''): void {
    const dashed = dash === '' ? '' : `[${dash}] 0 d `;
    this.#operators.push(
      `${dashed}${ink(colour)} RG ${num(thickness)} w ${num(x1)} ${num(y1)} m ${num(x2)} ${num(y2)} l S${dash === '' ? '' : ' [] 0 d'}`,
    );
  }

  /** Content operators as they are, kept apart from the rest. */
  raw(operators: string): void {
    this.#operators.push(`q ${operators} Q`);
  }

  /** Everything written since the last call. */
  take(): string {
    return this.#operators.splice(0).join('\n');
  }
}

/** The colour #RRGGBB as three numbers of a colour operator. */
export function ink(colour: string): string {
  let known = colours.get(colour);
  if (known === undefined) {
    const part = (at: number) => Math.round((parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000;
    known = `${part(1)} ${part(3)} ${part(5)}`;
    colours.set(colour, known);
  }
  return known;
}

/** A number as content streams hold it: two decimals, never an exponent. */
export function num(value: number): number {
  return Math.round(value * 100) / 100;
}
