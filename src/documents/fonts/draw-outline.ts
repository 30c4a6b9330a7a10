// The outline of a character as path operators, for seals and watermarks: drawn, not set, so it never extracts as text.
import { faceOf, glyphFor, type Style } from './faces.ts';
import type { TrueType } from './true-type.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** Path operators in thousandths of an em, y upwards from the baseline; empty for a blank or missing glyph. */
export function drawOutline(style: Style, character: string): string {
  const found = glyphFor(style, character.codePointAt(0)!);
  if (found === null) return '';
  return contoursOf(faceOf(found.face), found.glyph).map(drawContour).join(' ');
}

function contoursOf(font: TrueType, glyph: number): Point[][] {
  const outline = font.outlineOf(glyph);
  if (outline.length === 0) return [];
  const count = outline.readInt16BE(0);
  if (count < 0) throw new Error(`Glyph ${glyph} is composite`);
  const ends = Array.from({ length: count }, (_, index) => outline.readUInt16BE(10 + index * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + count * 2;
  at += 2 + outline.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = outline[at++]!;
    const repeats = flag & 8 ? outline[at++]! : 0;
    for (let index = 0; index <= repeats; index += 1) flags.push(flag);
  }
  const axis = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? outline[at++]! : -outline[at++]!;
      else if (!(flag & same)) {
        value += outline.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  const points = flags.map((flag, index) => ({ x: xs[index]!, y: ys[index]!, on: (flag & 1) === 1 }));
  return ends.map((end, index) => points.slice(index === 0 ? 0 : ends[index - 1]! + 1, end + 1));
}

function drawContour(points: readonly Point[]): string {
  if (points.length < 2) return '';
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });
  const full: Point[] = [];
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length]!;
    full.push(point);
    if (!point.on && !next.on) full.push(middle(point, next));
  });
  const start = full.findIndex((point) => point.on);
  const ring = [...full.slice(start), ...full.slice(0, start), full[start]!];
  const operators = [`${round(ring[0]!.x)} ${round(ring[0]!.y)} m`];
  for (let index = 1; index < ring.length; index += 1) {
    const point = ring[index]!;
    if (point.on) operators.push(`${round(point.x)} ${round(point.y)} l`);
    else {
      const from = ring[index - 1]!;
      const to = ring[(index += 1)]!;
      const third = (a: number, b: number) => round(a + ((b - a) * 2) / 3);
      operators.push(
        `${third(from.x, point.x)} ${third(from.y, point.y)} ${third(to.x, point.x)} ${third(to.y, point.y)} ${round(to.x)} ${round(to.y)} c`,
      );
    }
  }
  return `${operators.join(' ')} h`;
}

function round(value: number): number {
  return Math.round(value);
}
