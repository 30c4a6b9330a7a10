// A round seal as content operators around the origin: a red ring, words along it, words across its lower part.
import { drawOutline } from '../fonts/draw-outline.ts';
import { ink, num } from '../text/pen.ts';
import { measure } from '../text/measure.ts';

export interface Seal {
  readonly diameter: number;
  readonly colour: string;
  /** Runs along the ring, left to right over the top. */
  readonly around: string;
  /** Stands across the lower part. */
  readonly across: string;
}

// The words end at the height of the centre, so that the date stands free below them.
const widest = (182 / 180) * Math.PI;

export function drawSeal({ diameter, colour, around, across }: Seal): string {
  const radius = diameter / 2;
  return [
    `${ink(colour)} RG ${ink(colour)} rg`,
    `${num(diameter * 0.028)} w ${circle(radius * 0.965)} S`,
    arcText(around, radius),
    lineText(across, radius),
  ].join('\n');
}

// Letters grow narrower before they grow smaller, as engraved seals do with long names.
function arcText(text: string, radius: number): string {
  let size = radius * 0.25;
  const least = 0.62;
  const baseline = () => radius * 0.9 - size * 0.9;
  const natural = () =>
    [...text].reduce((sum, character) => sum + measure('serifBold', character, size) * 1.16, 0);
  while (size > radius * 0.1 && (natural() * least) / baseline() > widest) size *= 0.96;
  const squeeze = Math.min(1, (widest * baseline()) / natural());
  let angle = (-natural() * squeeze) / baseline() / 2;
  return Array.from(text, (character) => {
    const advance = measure('serifBold', character, size) * 1.16 * squeeze;
    const middle = angle + advance / baseline() / 2;
    angle += advance / baseline();
    const [sin, cos] = [Math.sin(middle), Math.cos(middle)];
    const scale = size / 1000;
    const half = (measure('serifBold', character, 1000) / 2) * squeeze * scale;
    const [x, y] = [baseline() * sin - half * cos, -baseline() * cos - half * sin];
    const matrix = [cos * scale * squeeze, sin * scale * squeeze, sin * scale, -cos * scale].map(fine);
    return `q ${matrix.join(' ')} ${num(x)} ${num(y)} cm ${drawOutline('serifBold', character)} f Q`;
  }).join('\n');
}

function lineText(text: string, radius: number): string {
  const y = radius * 0.72;
  const room = 2 * Math.sqrt((radius * 0.84) ** 2 - y ** 2);
  const size = Math.min(radius * 0.17, (room * 0.9) / measure('serifBold', text, 1));
  let x = -measure('serifBold', text, size) / 2;
  return Array.from(text, (character) => {
    const scale = fine(size / 1000);
    const drawn = `q ${scale} 0 0 ${-scale} ${num(x)} ${num(y)} cm ${drawOutline('serifBold', character)} f Q`;
    x += measure('serifBold', character, size);
    return drawn;
  }).join('\n');
}

function circle(radius: number): string {
  const handle = radius * 0.5523;
  const [r, h] = [num(radius), num(handle)];
  return `${r} 0 m ${r} ${h} ${h} ${r} 0 ${r} c ${-h} ${r} ${-r} ${h} ${-r} 0 c ${-r} ${-h} ${-h} ${-r} 0 ${-r} c ${h} ${-r} ${r} ${-h} ${r} 0 c h`;
}

function fine(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
