// The year's summary: tiles, month chart, tables, and under which definitions the figures were counted.
import { drawMonthChart } from './blocks/month-chart.ts';
import { openSheet, palette, type Sheet } from './blocks/sheet.ts';
import { drawSummaryTable } from './blocks/summary-table.ts';
import { drawTiles } from './blocks/tiles.ts';
import { readTemplate } from './read-template.ts';
import { fillWords, type Words } from './text/words.ts';
import type { HeadcountSummary } from './types.ts';

type WordKey = 'asOf' | 'definition' | 'definitions' | 'version' | 'notReported' | 'continued' | 'page';

interface SummaryTemplate {
  readonly geometry: Readonly<Record<'tilesInRow' | 'chartHeight', number>>;
  readonly words: Readonly<Record<WordKey, Words>>;
}

/** The summary as an A4 PDF in one language; numbers, units and days arrive as they are printed. */
export async function renderHeadcountSummary(data: HeadcountSummary): Promise<Buffer> {
  const { geometry, words } = readTemplate<SummaryTemplate>('headcount-summary-1');
  const word = (key: WordKey, values: Readonly<Record<string, string | number>> = {}) =>
    fillWords(words[key][data.lang], values);
  const asOf = word('asOf', { asOf: data.asOf });
  const sheet = await openSheet({
    lang: data.lang,
    title: data.title,
    author: data.organisation,
    layout: 'portrait',
    createdAt: data.createdAt,
    runningHead: `${data.title} – ${data.organisation}`,
    foot: asOf,
    pageNumber: words.page[data.lang],
  });
  drawHead(sheet, data, asOf);
  drawTiles(sheet, data.tiles, geometry.tilesInRow, ({ definition }) => word('definition', { definition }));
  // Beside the numbers they are about; at the end they would often stand alone on a page.
  for (const note of data.notes) sheet.paragraph(note, { style: 'sans', size: 9, colour: palette.soft });
  if (data.chart !== null) {
    sheet.y += 6;
    drawMonthChart(sheet, data.chart, geometry.chartHeight, word('notReported'));
  }
  for (const table of data.tables) {
    sheet.y += 8;
    drawSummaryTable(sheet, table, (part) => word('continued', { title: table.title, part }));
  }
  drawDefinitions(sheet, data, word);
  return sheet.finish();
}

function drawHead(sheet: Sheet, data: HeadcountSummary, asOf: string): void {
  sheet.paragraph(data.organisation, { style: 'sans', size: 9.5, colour: palette.soft });
  sheet.paragraph(data.title, { style: 'sansBold', size: 20, colour: palette.blue, leading: 1.35 });
  for (const line of [asOf, ...data.scope])
    sheet.paragraph(line, { style: 'sans', size: 9.5, colour: palette.soft });
  sheet.y += 6;
  sheet.pen.line(sheet.left, sheet.y, sheet.left + sheet.width, sheet.y, palette.blue, 1);
  sheet.y += 12;
}

function drawDefinitions(
  sheet: Sheet,
  data: HeadcountSummary,
  word: (key: WordKey, values?: Readonly<Record<string, string | number>>) => string,
): void {
  if (data.definitions.length === 0) return;
  drawHeading(sheet, word('definitions'));
  const indent = 34;
  for (const { code, label, unit, text, version } of data.definitions) {
    sheet.keepTogether(30);
    sheet.pen.text(sheet.left, sheet.y + 9, code, { style: 'sansBold', size: 9, colour: palette.blue });
    const lead = `${label} (${unit}), ${word('version', { version })}`;
    sheet.paragraph(data.lang === 'zh' ? `${label}（${unit}），${word('version', { version })}` : lead, {
      style: 'sansBold',
      size: 9,
      indent,
    });
    sheet.paragraph(text, { style: 'sans', size: 9, indent });
    sheet.y += 4;
  }
}

function drawHeading(sheet: Sheet, text: string): void {
  sheet.y += 10;
  sheet.keepTogether(50);
  sheet.paragraph(text, { style: 'sansBold', size: 12, colour: palette.ink });
  sheet.y += 3;
}
