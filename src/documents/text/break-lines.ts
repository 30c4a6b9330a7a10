// Breaks text into lines: between Han characters anywhere, in other scripts between words, never before 。 or after （.
import type { Style } from '../fonts/faces.ts';
import { measure } from './measure.ts';

const notFirst = /^[、。，．：；！？）》」』】〕〉”’…—·%‰℃°/\-,.:;!?)\]}]+$/u;
const notLast = /[（《「『【〔〈“‘([{]$/u;
const pieces = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]+|\s+|./gu;

export interface FitOptions {
  readonly width: number;
  readonly size: number;
  /** The least size. */
  readonly floor: number;
  readonly maxLines: number;
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

/** The lines of a text within a width; a word wider than that is broken where it must be. */
export function breakLines(style: Style, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (candidate: string) => measure(style, candidate.trimEnd(), size) <= width + 0.01;
  for (const unit of unitsOf(text)) {
    if (fits(line + unit)) {
      line += unit;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    for (const character of fits(unit.trim()) ? [unit.trimStart()] : unit.trimStart()) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** The lines at the largest size at which they are few enough: text wraps before it shrinks, and lines come out even. */
export function fitText(
  style: Style,
  text: string,
  { width, size, floor, maxLines }: FitOptions,
): FittedText {
  for (let current = size; ; current = Math.max(floor, current - 0.5)) {
    const lines = breakLines(style, text, current, width);
    if (lines.length <= maxLines || current <= floor) {
      return { size: current, lines: lines.length > 1 ? balance(style, text, current, width, lines) : lines };
    }
  }
}

// The narrowest width that needs no further line, so that no line holds a single character.
function balance(
  style: Style,
  text: string,
  size: number,
  width: number,
  lines: readonly string[],
): string[] {
  let best = [...lines];
  let low = width / lines.length;
  let high = width;
  for (let step = 0; step < 8; step += 1) {
    const middle = (low + high) / 2;
    const tried = breakLines(style, text, size, middle);
    if (tried.length <= lines.length && tried.every((line) => measure(style, line, size) <= middle + 0.01)) {
      best = tried;
      high = middle;
    } else low = middle;
  }
  return best;
}

function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    const last = units.at(-1);
    if (last !== undefined && (notFirst.test(piece) || notLast.test(last)))
      units[units.length - 1] = last + piece;
    else units.push(piece);
  }
  return units;
}
