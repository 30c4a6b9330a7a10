// Widths of text, from the fonts' own tables.
import { glyphFor, type Style } from '../fonts/faces.ts';

/** The width of a text in points at a size, with `tracking` points after every character but the last. */
export function measure(style: Style, text: string, size: number, tracking = 0): number {
  let thousandths = 0;
  let count = 0;
  for (const character of text) {
    thousandths += glyphFor(style, character.codePointAt(0)!)?.advance ?? 1000;
    count += 1;
  }
  return (thousandths * size) / 1000 + tracking * Math.max(0, count - 1);
}
