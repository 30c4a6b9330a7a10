// Number tiles: label, value with its unit, what stands beside it, the change, and which definition it follows.
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { breakLines } from '../text/break-lines.ts';
import { measure } from '../text/measure.ts';
import type { SummaryTile } from '../types.ts';
import { palette, type Sheet } from './sheet.ts';

const gap = 8;
const inset = 10;
const valueSize = 21;
const smallSize = 8.5;
const smallLine = smallSize * 1.45;

interface SetTile {
  readonly tile: SummaryTile;
  readonly label: readonly string[];
  readonly small: readonly string[];
}

/** Draws the tiles in rows; tiles of a row are equally high and stay together. `definitionOf` words the last line. */
export function drawTiles(
  sheet: Sheet,
  tiles: readonly SummaryTile[],
  inRow: number,
  definitionOf: (tile: SummaryTile) => string,
): void {
  const width = (sheet.width - gap * (inRow - 1)) / inRow;
  for (let first = 0; first < tiles.length; first += inRow) {
    const row = tiles.slice(first, first + inRow).map((tile) => setTile(tile, width, definitionOf(tile)));
    const labels = Math.max(...row.map(({ label }) => label.length));
    const smalls = Math.max(...row.map(({ small }) => small.length));
    const height = 12 + labels * 9.5 * 1.35 + valueSize * 1.35 + 4 + smalls * smallLine + 6;
    sheet.keepTogether(height);
    row.forEach((set, index) =>
      drawTile(sheet, set, sheet.left + index * (width + gap), width, height, labels),
    );
    sheet.y += height + gap;
  }
}

function setTile(tile: SummaryTile, width: number, definition: string): SetTile {
  const lines = [...tile.companions, ...(tile.change === null ? [] : [tile.change]), definition];
  return {
    tile,
    label: breakLines('sans', nameMissingGlyphs(tile.label), 9.5, width - 2 * inset),
    small: lines.flatMap((line) => breakLines('sans', nameMissingGlyphs(line), smallSize, width - 2 * inset)),
  };
}

function drawTile(
  sheet: Sheet,
  { tile, label, small }: SetTile,
  x: number,
  width: number,
  height: number,
  labels: number,
): void {
  const { pen } = sheet;
  pen.fill(x, sheet.y, width, height, palette.surface);
  pen.fill(x, sheet.y, 2, height, palette.blue);
  const left = x + inset;
  let y = sheet.y + 7;
  label.forEach((line, index) => {
    pen.text(left, y + (index + 1) * 9.5 * 1.35, line, { style: 'sans', size: 9.5, colour: palette.soft });
  });
  y += labels * 9.5 * 1.35 + valueSize * 1.3;
  const unit = nameMissingGlyphs(tile.unit);
  const room = width - 2 * inset - measure('sans', unit, 10) - 5;
  const size = Math.min(valueSize, room / measure('sansBold', tile.value, 1));
  pen.text(left, y, tile.value, { style: 'sansBold', size, colour: palette.ink });
  pen.text(left + measure('sansBold', tile.value, size) + 5, y, unit, {
    style: 'sans',
    size: 10,
    colour: palette.ink,
  });
  y += 8;
  for (const line of small) {
    y += smallLine;
    pen.text(left, y - 2, line, { style: 'sans', size: smallSize, colour: palette.soft });
  }
}
