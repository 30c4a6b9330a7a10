// The rows of facts on a certificate: labels in both languages, values that wrap, then shrink, then are refused.
import { pageWidth } from './certificate-artwork.ts';
import { numberGroups, type Fact } from './certificate-facts.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import { fitText, type FittedText } from './text/break-lines.ts';
import { measure } from './text/measure.ts';
import type { Pen } from './text/pen.ts';

/** Thrown when a certificate's texts are too long for its page even at the least size. */
export class TextTooLong extends Error {
  constructor() {
    super('The texts of this certificate do not fit on its page');
    this.name = 'TextTooLong';
  }
}

interface Cell {
  readonly fact: Fact;
  readonly x: number;
  readonly text: FittedText;
  readonly isName: boolean;
  readonly height: number;
}

interface Row {
  readonly cells: readonly Cell[];
  /** From the top of the row to its first baseline. */
  readonly rise: number;
  readonly height: number;
}

const lineFactor = 1.4;
const leastGap = 3;
// Names stay at the template's floor or above; other facts go lower before a certificate is refused.
const leastSize = 8;

/** Draws the rows between the template's top and `bottom`, spread over the room; throws TextTooLong. */
export function drawFacts(
  pen: Pen,
  rows: readonly (readonly Fact[])[],
  template: CertificateTemplate,
  bottom: number,
): void {
  const { geometry, type } = template;
  const room = bottom - geometry.factsTop;
  const { set, used } = fitRows(rows, template, room);
  const gaps = Math.max(1, set.length - 1);
  const gap = Math.min(type.pitch * 0.8, (room - used) / gaps);
  let top = geometry.factsTop + Math.max(0, (room - used - gap * (set.length - 1)) / 2);
  for (const row of set) {
    for (const cell of row.cells) drawCell(pen, cell, top + row.rise, template);
    top += row.height + gap;
  }
}

function fitRows(rows: readonly (readonly Fact[])[], template: CertificateTemplate, room: number) {
  const { type } = template;
  for (let size = type.fact; size >= leastSize; size -= 0.5) {
    const nameSize = Math.max(type.floor, type.name - (type.fact - size) * 3);
    const set = rows.map((row, index) => setRow(row, index === 0 ? nameSize : size, index === 0, template));
    const used = set.reduce((sum, row) => sum + row.height, 0);
    if (used + leastGap * (set.length - 1) <= room) return { set, used };
  }
  throw new TextTooLong();
}

function setRow(facts: readonly Fact[], size: number, isName: boolean, template: CertificateTemplate): Row {
  const { geometry, type } = template;
  const whole = pageWidth - geometry.left - geometry.right;
  const half = (whole - geometry.columnGap) / 2;
  const cells = facts.map((fact, column): Cell => {
    const text = fitText(isName ? 'serifBold' : 'serif', fact.value, {
      width: (facts.length === 1 ? whole : half) - geometry.labelWidth,
      size,
      floor: Math.min(type.floor, size),
      maxLines: fact.oneLine ? 1 : 2,
    });
    const value =
      (text.lines.length - 1) * text.size * lineFactor + (fact.gloss === null ? 0 : type.gloss * 1.5);
    const height = Math.max(value, type.label * 1.5) + 2;
    return { fact, x: geometry.left + column * (half + geometry.columnGap), text, isName, height };
  });
  const rise = Math.max(type.fact, ...cells.map(({ text }) => text.size));
  return { cells, rise, height: rise + Math.max(...cells.map(({ height }) => height)) };
}

function drawCell(
  pen: Pen,
  { fact, x, text, isName }: Cell,
  baseline: number,
  { geometry, type, colours }: CertificateTemplate,
): void {
  const gloss = { style: 'serif', colour: colours.soft, lang: 'en' } as const;
  pen.text(x, baseline, fact.label.zh, { style: 'serif', size: type.fact, colour: colours.soft });
  pen.text(x, baseline + type.label * 1.45, fact.label.en, { ...gloss, size: type.label });
  const left = x + geometry.labelWidth;
  const [line] = text.lines;
  if (text.lines.length === 1 && !isName)
    drawGroups(pen, left, baseline, numberGroups(line!), text.size, colours.ink);
  else {
    text.lines.forEach((part, index) => {
      pen.text(left, baseline + index * text.size * lineFactor, part, {
        style: isName ? 'serifBold' : 'serif',
        size: text.size,
        colour: colours.ink,
      });
    });
  }
  const last = baseline + (text.lines.length - 1) * text.size * lineFactor;
  if (fact.gloss !== null)
    pen.text(left, last + type.gloss * 1.4, fact.gloss, { ...gloss, size: type.gloss });
}

/** Shows groups apart by position and not by spaces, so a copied number stays whole. */
export function drawGroups(
  pen: Pen,
  x: number,
  baseline: number,
  groups: readonly string[],
  size: number,
  colour: string,
): void {
  let left = x;
  for (const group of groups) {
    pen.text(left, baseline, group, { style: 'serif', size, colour });
    left += measure('serif', group, size) + size * 0.22;
  }
}
