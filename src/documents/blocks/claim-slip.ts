// One claim slip: holder, certificate, code, and the three steps to the certificate, inside the area given.
import { numberGroups } from '../certificate-facts.ts';
import type { ClaimSlipsTemplate } from '../claim-slips-template.ts';
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { breakLines, fitText, type FittedText } from '../text/break-lines.ts';
import { measure } from '../text/measure.ts';
import type { Pen } from '../text/pen.ts';
import { fillWords, printDay } from '../text/words.ts';
import type { ClaimSlip, ClaimSlips } from '../types.ts';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A slip's texts set for a size of the small print and a gap between the parts. */
interface SetSlip {
  readonly size: number;
  readonly gap: number;
  readonly holder: FittedText;
  readonly kind: readonly string[];
  readonly numberBelow: boolean;
  readonly steps: readonly (readonly string[])[];
  readonly foot: readonly string[];
}

const pointsPerMillimetre = 72 / 25.4;
const codeHeight = 38;
const certificateSize = 9;

export function drawClaimSlip(
  pen: Pen,
  slip: ClaimSlip,
  data: ClaimSlips,
  template: ClaimSlipsTemplate,
  area: Area,
): void {
  const { words, colours } = template;
  const padding = template.geometry.padding * pointsPerMillimetre;
  const [x, right] = [area.x + padding, area.x + area.width - padding];
  const width = right - x;
  const top = area.y + padding - 4;
  pen.text(x, top + 8, words.title[data.lang], { style: 'sansBold', size: 9.5, colour: colours.blue });
  if (data.sample) {
    const sample = `${words.sample.zh} ${words.sample.en}`;
    pen.text(right, top + 8, sample, { style: 'sansBold', size: 8, colour: colours.seal, align: 'right' });
  }
  pen.line(x, top + 13, right, top + 13, colours.blue, 0.6);
  const bottom = area.y + area.height - padding + 9;
  const set = setSlip(slip, data, template, width, bottom - top - 13);
  let y = top + 13 + set.gap;
  for (const line of set.holder.lines) {
    y += set.holder.size * 1.25;
    pen.text(x, y, line, { style: 'sansBold', size: set.holder.size, colour: colours.ink });
  }
  y = drawCertificate(pen, slip, set, colours, x, y + set.gap * 0.6, width);
  drawCode(pen, slip, data, template, { x, y: y + set.gap, width, height: codeHeight });
  y += set.gap + codeHeight + set.gap;
  set.steps.forEach((lines, index) => {
    pen.text(x, y + set.size, `${index + 1}`, { style: 'sansBold', size: set.size, colour: colours.blue });
    for (const line of lines) {
      pen.text(x + 11, y + set.size, line, { style: 'sans', size: set.size, colour: colours.ink });
      y += set.size * 1.42;
    }
  });
  y = bottom - set.foot.length * set.size * 1.42;
  for (const line of set.foot) {
    pen.text(x, y + set.size, line, { style: 'sans', size: set.size, colour: colours.soft });
    y += set.size * 1.42;
  }
}

// Gaps close before the holder's name and then the small print shrink.
function setSlip(
  slip: ClaimSlip,
  data: ClaimSlips,
  { words }: ClaimSlipsTemplate,
  width: number,
  room: number,
): SetSlip {
  const kind = breakLines('sans', nameMissingGlyphs(slip.certificateKind), certificateSize, width);
  const sentences = [
    fillWords(words.stepOpen[data.lang], { address: data.findAddress }),
    words.stepEnter[data.lang],
    words.stepTake[data.lang],
  ];
  const numberBelow = measure('sans', kind.at(-1)!, certificateSize) + 8 + numberWidth(slip) > width;
  for (let size = 8; ; size -= 0.5) {
    const holder = fitText('sansBold', nameMissingGlyphs(slip.holderName), {
      width,
      size: size === 8 ? 15 : 12,
      floor: 8.5,
      maxLines: 2,
    });
    const steps = sentences.map((sentence) => breakLines('sans', sentence, size, width - 11));
    const foot = [words.keep[data.lang], nameMissingGlyphs(data.issuerName)].flatMap((text) =>
      breakLines('sans', text, size, width),
    );
    const small = (steps.flat().length + foot.length) * size * 1.42;
    const certificateLines = kind.length + (numberBelow ? 1 : 0);
    const fixed =
      holder.lines.length * holder.size * 1.25 +
      certificateLines * certificateSize * 1.35 +
      codeHeight +
      small;
    const gap = Math.min(9, (room - fixed) / 4.6);
    if (gap >= 3 || size <= 5.5) return { size, gap, holder, kind, numberBelow, steps, foot };
  }
}

function drawCertificate(
  pen: Pen,
  slip: ClaimSlip,
  set: SetSlip,
  colours: ClaimSlipsTemplate['colours'],
  x: number,
  top: number,
  width: number,
): number {
  let y = top;
  for (const line of set.kind) {
    y += certificateSize * 1.35;
    pen.text(x, y, line, { style: 'sans', size: certificateSize, colour: colours.soft });
  }
  let left = x + measure('sans', set.kind.at(-1)!, certificateSize) + 8;
  if (set.numberBelow) {
    y += certificateSize * 1.35;
    left = x;
  }
  const { size } = fitText('sans', slip.certificateNumber, {
    width: width - 14,
    size: certificateSize,
    floor: 5,
    maxLines: 1,
  });
  for (const group of numberGroups(slip.certificateNumber)) {
    pen.text(left, y, group, { style: 'sans', size, colour: colours.ink });
    left += measure('sans', group, size) + 2;
  }
  return y;
}

function drawCode(
  pen: Pen,
  slip: ClaimSlip,
  { lang }: ClaimSlips,
  { words, colours }: ClaimSlipsTemplate,
  area: Area,
) {
  const inset = 8;
  const [left, right] = [area.x + inset, area.x + area.width - inset];
  pen.fill(area.x, area.y, area.width, area.height, colours.ground);
  pen.text(left, area.y + 12, words.code[lang], { style: 'sans', size: 7.5, colour: colours.soft });
  const until = fillWords(words.validUntil[lang], { day: printDay(slip.endsOn, lang) });
  pen.text(right, area.y + 12, until, { style: 'sans', size: 7.5, colour: colours.soft, align: 'right' });
  const natural = measure('sansBold', slip.claimCode, 1, 0.09);
  const size = Math.min(19, (right - left) / natural);
  pen.text(left, area.y + 31, slip.claimCode, {
    style: 'sansBold',
    size,
    tracking: size * 0.09,
    colour: colours.ink,
  });
}

function numberWidth(slip: ClaimSlip): number {
  return numberGroups(slip.certificateNumber).reduce(
    (sum, group) => sum + measure('sans', group, certificateSize) + 2,
    0,
  );
}
