// Claim slips: one for each holder, eight a page to be cut apart, with the code that opens the certificate.
import { numberGroups } from './certificate-facts.ts';
import { DocumentFonts } from './fonts/document-fonts.ts';
import { nameMissingGlyphs } from './fonts/missing-glyphs.ts';
import { bytesOf, openDocument } from './open-document.ts';
import { readTemplate } from './read-template.ts';
import { breakLines, fitText } from './text/break-lines.ts';
import { measure } from './text/measure.ts';
import { Pen } from './text/pen.ts';
import { fillWords, printDay, type Words } from './text/words.ts';
import type { ClaimSlip, ClaimSlips, DocumentLanguage } from './types.ts';

type ColourKey = 'ink' | 'soft' | 'blue' | 'line' | 'ground' | 'seal';
type WordKey =
  'document' | 'title' | 'code' | 'validUntil' | 'stepOpen' | 'stepEnter' | 'stepTake' | 'keep' | 'sample';

interface ClaimSlipTemplate {
  readonly geometry: { readonly columns: number; readonly rows: number; readonly padding: number };
  readonly colours: Readonly<Record<ColourKey, string>>;
  readonly words: Readonly<Record<WordKey, Words>>;
}

const page = { width: 595.28, height: 841.89 };
const pointsPerMillimetre = 72 / 25.4;

/** The slips as an A4 PDF; a character no font has is printed as its code. Throws when there is no slip. */
export async function renderClaimSlips(data: ClaimSlips): Promise<Buffer> {
  if (data.slips.length === 0) throw new Error('There is no claim slip to print');
  const template = readTemplate<ClaimSlipTemplate>('claim-slips-1');
  const { columns, rows } = template.geometry;
  const document = await openDocument({
    title: `${template.words.document[data.lang]} ${data.issuerName}`,
    author: data.issuerName,
    lang: data.lang === 'zh' ? 'zh-CN' : 'en',
    layout: 'portrait',
    createdAt: data.createdAt,
    compress: true,
  });
  const fonts = new DocumentFonts(document, [], { deflate: true });
  const pen = new Pen(fonts);
  for (let first = 0; first < data.slips.length; first += columns * rows) {
    document.addPage();
    const slips = data.slips.slice(first, first + columns * rows);
    drawCutLines(pen, template, Math.ceil(slips.length / columns));
    slips.forEach((slip, index) => {
      drawSlip(pen, slip, data, template, {
        x: ((index % columns) * page.width) / columns,
        y: (Math.floor(index / columns) * page.height) / rows,
        width: page.width / columns,
        height: page.height / rows,
      });
    });
    document.addContent(pen.take());
    Object.assign(document.page.fonts, Object.fromEntries(fonts.takePageFonts()));
  }
  fonts.finish();
  document.end();
  return bytesOf(document);
}

// Cut lines stop short of the edges of the paper, where printers cannot draw.
function drawCutLines(pen: Pen, { geometry, colours }: ClaimSlipTemplate, rowsUsed: number): void {
  const margin = 12;
  for (let column = 1; column < geometry.columns; column += 1) {
    const x = (page.width / geometry.columns) * column;
    pen.line(
      x,
      margin,
      x,
      Math.min(page.height - margin, (page.height / geometry.rows) * rowsUsed),
      colours.line,
      0.5,
      '3 3',
    );
  }
  for (let row = 1; row <= Math.min(rowsUsed, geometry.rows - 1); row += 1) {
    const y = (page.height / geometry.rows) * row;
    pen.line(margin, y, page.width - margin, y, colours.line, 0.5, '3 3');
  }
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawSlip(
  pen: Pen,
  slip: ClaimSlip,
  data: ClaimSlips,
  template: ClaimSlipTemplate,
  area: Area,
): void {
  const { words, colours } = template;
  const { lang } = data;
  const padding = template.geometry.padding * pointsPerMillimetre;
  const left = area.x + padding;
  const right = area.x + area.width - padding;
  const width = right - left;
  let y = area.y + padding + 4;
  pen.text(left, y, words.title[lang], { style: 'sansBold', size: 9.5, colour: colours.blue });
  if (data.sample) {
    pen.text(right, y, `${words.sample.zh} ${words.sample.en}`, {
      style: 'sansBold',
      size: 8,
      colour: colours.seal,
      align: 'right',
    });
  }
  pen.line(left, y + 5, right, y + 5, colours.blue, 0.6);
  y = drawHolder(pen, nameMissingGlyphs(slip.holderName), left, y + 6, width, colours.ink);
  y = drawCertificate(pen, slip, lang, left, y + 4, width, colours);
  drawCode(pen, slip, template, lang, { x: left, y: y + 4, width, height: 34 });
  drawSteps(pen, data, template, left, y + 49, width, area.y + area.height - padding + 8);
}

function drawHolder(pen: Pen, name: string, x: number, top: number, width: number, colour: string): number {
  const { size, lines } = fitText('sansBold', name, { width, size: 14, floor: 8.5, maxLines: 2 });
  let y = top + 2;
  for (const line of lines) pen.text(x, (y += size * 1.22), line, { style: 'sansBold', size, colour });
  return y;
}

function drawCertificate(
  pen: Pen,
  slip: ClaimSlip,
  lang: DocumentLanguage,
  x: number,
  top: number,
  width: number,
  colours: Readonly<Record<ColourKey, string>>,
): number {
  const groups = numberGroups(slip.certificateNumber);
  const kind = nameMissingGlyphs(slip.certificateKind);
  const size = 8.5;
  const kindWidth = measure('sans', kind, size) + 6;
  const numberWidth = groups.reduce((sum, group) => sum + measure('sans', group, size) + 2, 0);
  let y = top + size;
  pen.text(x, y, kind, { style: 'sans', size, colour: colours.soft, lang });
  let left = x + kindWidth;
  if (kindWidth + numberWidth > width) {
    y += size * 1.3;
    left = x;
  }
  for (const group of groups) {
    pen.text(left, y, group, { style: 'sans', size, colour: colours.ink });
    left += measure('sans', group, size) + 2;
  }
  return y;
}

function drawCode(
  pen: Pen,
  slip: ClaimSlip,
  template: ClaimSlipTemplate,
  lang: DocumentLanguage,
  area: Area,
): void {
  const { words, colours } = template;
  pen.fill(area.x, area.y, area.width, area.height, colours.ground);
  pen.text(area.x + 7, area.y + 11, words.code[lang], { style: 'sans', size: 7.5, colour: colours.soft });
  const until = fillWords(words.validUntil[lang], { day: printDay(slip.endsOn, lang) });
  pen.text(area.x + area.width - 7, area.y + 11, until, {
    style: 'sans',
    size: 7.5,
    colour: colours.soft,
    align: 'right',
  });
  const { size } = fitText('sansBold', slip.claimCode, {
    width: area.width - 14,
    size: 17,
    floor: 9,
    maxLines: 1,
  });
  drawEvenly(pen, slip.claimCode, area.x + 7, area.y + 28, size, colours.ink);
}

// Letters of one width each, so that none is taken for two.
function drawEvenly(pen: Pen, code: string, x: number, baseline: number, size: number, colour: string): void {
  const step = size * 0.66;
  Array.from(code).forEach((character, index) => {
    pen.text(x + step * (index + 0.5), baseline, character, {
      style: 'sansBold',
      size,
      colour,
      align: 'centre',
    });
  });
}

function drawSteps(
  pen: Pen,
  data: ClaimSlips,
  template: ClaimSlipTemplate,
  x: number,
  top: number,
  width: number,
  bottom: number,
) {
  const { words, colours } = template;
  const sentences = [
    fillWords(words.stepOpen[data.lang], { address: data.findAddress }),
    words.stepEnter[data.lang],
    words.stepTake[data.lang],
  ];
  for (let size = 8; ; size -= 0.5) {
    const set = sentences.map((sentence) => breakLines('sans', sentence, size, width - 11));
    const keep = breakLines('sans', words.keep[data.lang], size, width);
    const issuer = fitText('sans', nameMissingGlyphs(data.issuerName), {
      width,
      size,
      floor: 6,
      maxLines: 1,
    });
    const lineHeight = size * 1.4;
    const lines = set.flat().length + keep.length + issuer.lines.length;
    if (top + lines * lineHeight + 5 > bottom && size > 6) continue;
    let y = top;
    set.forEach((sentence, index) => {
      pen.text(x, y + size, `${index + 1}`, { style: 'sansBold', size, colour: colours.blue });
      for (const line of sentence) {
        pen.text(x + 11, y + size, line, { style: 'sans', size, colour: colours.ink });
        y += lineHeight;
      }
    });
    y += 2.5;
    for (const line of [...keep, ...issuer.lines]) {
      pen.text(x, y + size, line, { style: 'sans', size: Math.min(size, issuer.size), colour: colours.soft });
      y += lineHeight;
    }
    return;
  }
}
