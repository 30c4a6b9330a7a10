// The woven border and the pale rosette of a certificate, as content operators.
import { ink, num } from '../text/pen.ts';

export interface Band {
  readonly pageWidth: number;
  readonly pageHeight: number;
  /** From the edge of the paper to the band, and the width of the band. */
  readonly outer: number;
  readonly width: number;
  readonly colour: string;
}

/** One weave of the band, `length` long, along x and centred on y = 0: sine strands of many heights, twice. */
export function drawWeave(length: number, width: number, colour: string): string {
  const strands: string[] = [];
  for (const shift of [0, 0.25]) {
    for (let step = -5; step <= 5; step += 1) {
      strands.push(sineStrand(length, (width / 2) * (step / 5) * 0.96, shift));
    }
  }
  return `${ink(colour)} RG 0.3 w ${strands.join(' ')}`;
}

/** The rosette that fills a corner of the band, centred on the origin. */
export function drawCorner(width: number, colour: string): string {
  const radius = width / 2;
  const rings: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    rings.push(ring(64, (angle) => radius * (0.66 + 0.3 * Math.cos(8 * angle + (turn * Math.PI * 2) / 5))));
  }
  for (const size of [0.12, 0.2, 0.28]) rings.push(ring(24, () => radius * size));
  return `${ink(colour)} RG 0.3 w ${rings.join(' ')}`;
}

/** A large rosette around the origin. */
export function drawRosette(radius: number, colour: string): string {
  const rings: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const phase = (turn * Math.PI * 2) / 12;
    rings.push(ring(180, (angle) => radius * (0.8 + 0.2 * Math.cos(12 * angle + phase))));
    rings.push(ring(144, (angle) => radius * (0.42 + 0.16 * Math.cos(9 * angle + phase))));
  }
  return `${ink(colour)} RG 0.4 w ${rings.join(' ')}`;
}

/** Where the weave and the corner are placed around the page: `weave` and `corner` are the names of forms. */
export function placeBand(band: Band, weaveLength: number, weave: string, corner: string): string {
  const middle = band.outer + band.width / 2;
  const operators: string[] = [];
  const side = (length: number, at: (offset: number, stretch: number) => string) => {
    const inner = length - 2 * (band.outer + band.width);
    const count = Math.round(inner / weaveLength);
    for (let index = 0; index < count; index += 1) {
      const offset = band.outer + band.width + (inner / count) * index;
      operators.push(`q ${at(offset, inner / count / weaveLength)} cm /${weave} Do Q`);
    }
  };
  for (const y of [middle, band.pageHeight - middle]) {
    side(band.pageWidth, (offset, stretch) => `${long(stretch)} 0 0 1 ${long(offset)} ${num(y)}`);
  }
  for (const x of [middle, band.pageWidth - middle]) {
    side(band.pageHeight, (offset, stretch) => `0 ${long(stretch)} 1 0 ${num(x)} ${long(offset)}`);
    for (const y of [middle, band.pageHeight - middle]) {
      operators.push(`q 1 0 0 1 ${num(x)} ${num(y)} cm /${corner} Do Q`);
    }
  }
  return operators.join('\n');
}

// A sine by four cubic curves a period: the control points lie a third of the way along the tangents.
function sineStrand(length: number, height: number, shift: number): string {
  const steps = 4;
  const at = (part: number) => height * Math.sin((part + shift) * Math.PI * 2);
  const slope = (part: number) => ((height * Math.PI * 2) / length) * Math.cos((part + shift) * Math.PI * 2);
  const third = length / steps / 3;
  const operators = [`0 ${num(at(0))} m`];
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = [step / steps, (step + 1) / steps];
    const [x1, x2] = [from * length, to * length];
    operators.push(
      `${num(x1 + third)} ${num(at(from) + slope(from) * third)} ${num(x2 - third)} ${num(at(to) - slope(to) * third)} ${num(x2)} ${num(at(to))} c`,
    );
  }
  return `${operators.join(' ')} S`;
}

function ring(points: number, radiusAt: (angle: number) => number): string {
  const operators: string[] = [];
  for (let index = 0; index < points; index += 1) {
    const angle = (index / points) * Math.PI * 2;
    const radius = radiusAt(angle);
    operators.push(
      `${num(radius * Math.cos(angle))} ${num(radius * Math.sin(angle))} ${index === 0 ? 'm' : 'l'}`,
    );
  }
  return `${operators.join(' ')} s`;
}

function long(value: number): number {
  return Math.round(value * 100000) / 100000;
}
