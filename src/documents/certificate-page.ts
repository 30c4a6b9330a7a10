// Draws one certificate on one page: what is where, and how long texts find room.
import { drawQr, type QrEncoder } from './blocks/qr-code.ts';
import { pageHeight, pageWidth } from './certificate-artwork.ts';
import { certificateFacts, numberGroups, type Fact } from './certificate-facts.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import { requireGlyphs, GlyphMissing, findMissingGlyphs } from './fonts/missing-glyphs.ts';
import { fitText, type FittedText } from './text/break-lines.ts';
import { measure } from './text/measure.ts';
import { num, type Pen } from './text/pen.ts';
import { printDay } from './text/words.ts';
import type { CertificatePrint } from './types.ts';

interface Cell {
  readonly fact: Fact;
  readonly x: number;
  readonly text: FittedText;
  readonly bold: boolean;
  readonly height: number;
}

const lineFactor = 1.4;

/** Throws GlyphMissing, naming every character of the print that no font has. */
export function checkCertificate(print: CertificatePrint): CertificatePrint {
  const texts = Object.values(print).filter((value): value is string => typeof value === 'string');
  const missing = texts.flatMap(findMissingGlyphs);
  if (missing.length > 0) throw new GlyphMissing([...new Set(missing)]);
  return Object.fromEntries(
    Object.entries(print).map(([key, value]) => [
      key,
      typeof value === 'string' ? requireGlyphs('serif', value) : value,
    ]),
  ) as unknown as CertificatePrint;
}

/** Writes the page's content; the frame and the seal are the page's forms Frame and Seal, Multiply its graphics state. */
export function drawCertificate(
  pen: Pen,
  print: CertificatePrint,
  template: CertificateTemplate,
  encodeQr: QrEncoder,
): void {
  pen.raw('/Frame Do');
  drawHeading(pen, print, template);
  drawFacts(pen, certificateFacts(print, template), template);
  drawFoot(pen, print, template, encodeQr);
  drawIssuer(pen, print, template);
}

function drawHeading(
  pen: Pen,
  print: CertificatePrint,
  { geometry, type, colours, titles }: CertificateTemplate,
) {
  const title = titles[print.kind];
  const middle = pageWidth / 2;
  pen.text(middle, geometry.titleBaseline, title.zh, {
    style: 'serifBold',
    size: type.title,
    tracking: type.titleTracking,
    colour: colours.title,
    align: 'centre',
  });
  pen.text(middle, geometry.subtitleBaseline, title.en, {
    style: 'serif',
    size: type.subtitle,
    tracking: 0.6,
    colour: colours.soft,
    align: 'centre',
    lang: 'en',
  });
  const half = geometry.ruleWidth / 2;
  pen.line(middle - half, geometry.ruleY, middle - 6, geometry.ruleY, colours.blue, 0.6);
  pen.line(middle + 6, geometry.ruleY, middle + half, geometry.ruleY, colours.blue, 0.6);
  pen.raw(
    `0.6 w 0.043 0.353 0.541 RG ${num(middle - 3)} ${num(geometry.ruleY)} m ${num(middle)} ${num(geometry.ruleY - 3)} l ${num(middle + 3)} ${num(geometry.ruleY)} l ${num(middle)} ${num(geometry.ruleY + 3)} l s`,
  );
}

function drawFacts(pen: Pen, rows: readonly (readonly Fact[])[], template: CertificateTemplate) {
  const { geometry, type } = template;
  const room = geometry.factsBottom - geometry.factsTop;
  const set = rows.map((row, index) =>
    row.map((fact, column) => setCell(fact, column, row.length, index === 0, template)),
  );
  const heights = set.map((row) => Math.max(...row.map((cell) => cell.height)));
  const used = heights.reduce((sum, height) => sum + height, 0);
  const gap = Math.min(type.pitch * 0.8, (room - used) / Math.max(1, rows.length - 1));
  let top = geometry.factsTop + Math.max(0, (room - used - gap * (rows.length - 1)) / 2);
  set.forEach((row, index) => {
    for (const cell of row)
      drawCell(pen, cell, top + row.reduce((size, { text }) => Math.max(size, text.size), 0), template);
    top += heights[index]! + gap;
  });
}

function setCell(
  fact: Fact,
  column: number,
  columns: number,
  isName: boolean,
  template: CertificateTemplate,
): Cell {
  const { geometry, type } = template;
  const whole = pageWidth - geometry.left - geometry.right;
  const half = (whole - geometry.columnGap) / 2;
  const x = geometry.left + column * (half + geometry.columnGap);
  const width = (columns === 1 ? whole : half) - geometry.labelWidth;
  const size = isName ? type.name : type.fact;
  const text = fitText(isName ? 'serifBold' : 'serif', fact.value, {
    width,
    size,
    floor: type.floor,
    maxLines: 2,
  });
  const below = Math.max(
    fact.gloss === null ? 0 : type.gloss * 1.5,
    text.lines.length > 1 ? 0 : type.label * 1.5,
  );
  const height = text.size + (text.lines.length - 1) * text.size * lineFactor + below;
  return { fact, x, text, bold: isName, height };
}

function drawCell(
  pen: Pen,
  { fact, x, text, bold }: Cell,
  baseline: number,
  { geometry, type, colours }: CertificateTemplate,
) {
  pen.text(x, baseline, fact.label.zh, { style: 'serif', size: type.fact, colour: colours.soft });
  pen.text(x, baseline + type.label * 1.45, fact.label.en, {
    style: 'serif',
    size: type.label,
    colour: colours.soft,
    lang: 'en',
  });
  const left = x + geometry.labelWidth;
  const style = bold ? ('serifBold' as const) : ('serif' as const);
  const groups = text.lines.length === 1 ? numberGroups(fact.value) : [];
  if (groups.length > 1) drawGroups(pen, left, baseline, groups, text.size, colours.ink);
  else {
    text.lines.forEach((line, index) => {
      pen.text(left, baseline + index * text.size * lineFactor, line, {
        style,
        size: text.size,
        colour: colours.ink,
      });
    });
  }
  if (fact.gloss === null) return;
  const last = baseline + (text.lines.length - 1) * text.size * lineFactor;
  pen.text(left, last + type.gloss * 1.4, fact.gloss, {
    style: 'serif',
    size: type.gloss,
    colour: colours.soft,
    lang: 'en',
  });
}

// Groups stand apart by position and not by spaces, so a copied number stays whole.
function drawGroups(
  pen: Pen,
  x: number,
  baseline: number,
  groups: readonly string[],
  size: number,
  colour: string,
): number {
  let left = x;
  for (const group of groups) {
    pen.text(left, baseline, group, { style: 'serif', size, colour });
    left += measure('serif', group, size) + size * 0.22;
  }
  return left - size * 0.22;
}

function drawFoot(pen: Pen, print: CertificatePrint, template: CertificateTemplate, encodeQr: QrEncoder) {
  const { geometry, type, colours, words } = template;
  const matrix = encodeQr(print.checkAddress);
  pen.raw(drawQr(matrix, geometry.footLeft, geometry.qrTop, geometry.qrSize));
  const clear = (geometry.qrSize / matrix.size) * 4;
  let baseline = geometry.qrTop + geometry.qrSize + clear + type.foot * 0.9;
  const host = new URL(print.checkAddress).host;
  const lines: [typeof words.name, string][] = [
    [words.footNumber, print.number],
    [words.footCheck, template.checkAt.replace('{host}', host)],
    [words.footFlow, print.flowNumber],
  ];
  for (const [label, value] of lines) {
    const size = type.foot;
    const shown = `${label.zh} `;
    pen.text(geometry.footLeft, baseline, shown, { style: 'serif', size, colour: colours.soft });
    const left = geometry.footLeft + measure('serif', shown, size);
    pen.text(left, baseline, `${label.en} `, {
      style: 'serif',
      size: size - 1,
      colour: colours.soft,
      lang: 'en',
    });
    drawGroups(
      pen,
      left + measure('serif', `${label.en} `, size - 1),
      baseline,
      numberGroups(value),
      size,
      colours.ink,
    );
    baseline += geometry.footLineHeight;
  }
}

function drawIssuer(
  pen: Pen,
  print: CertificatePrint,
  { geometry, type, colours, words }: CertificateTemplate,
) {
  const axis = geometry.issuerAxis;
  const label = print.kind === 'skill_level' ? words.evaluator : words.trainingCentre;
  const name = fitText('serifBold', print.issuerName, {
    width: geometry.issuerWidth,
    size: type.issuer,
    floor: type.floor,
    maxLines: 2,
  });
  const first = geometry.issuerBaseline - (name.lines.length - 1) * name.size * lineFactor;
  const above = first - name.size * 1.35;
  const labelWidth = measure('serif', `${label.zh}  `, 9) + measure('serif', label.en, type.label);
  pen.text(axis - labelWidth / 2, above, label.zh, { style: 'serif', size: 9, colour: colours.soft });
  pen.text(axis + labelWidth / 2, above, label.en, {
    style: 'serif',
    size: type.label,
    colour: colours.soft,
    align: 'right',
    lang: 'en',
  });
  name.lines.forEach((line, index) => {
    pen.text(axis, first + index * name.size * lineFactor, line, {
      style: 'serifBold',
      size: name.size,
      colour: colours.ink,
      align: 'centre',
    });
  });
  const day = geometry.dateBaseline;
  pen.text(axis, day, printDay(print.issuedOn, 'zh'), {
    style: 'serif',
    size: type.date,
    colour: colours.ink,
    align: 'centre',
  });
  pen.text(axis, day + 13, printDay(print.issuedOn, 'en'), {
    style: 'serif',
    size: type.gloss,
    colour: colours.soft,
    align: 'centre',
    lang: 'en',
  });
  const centre = Math.min(day - 11, pageHeight - geometry.hairline - geometry.sealSize / 2 - 4);
  pen.raw(`/Multiply gs 1 0 0 1 ${num(axis)} ${num(centre)} cm /Seal Do`);
}
