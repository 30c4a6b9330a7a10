// The sign-in sheet of a lesson, or a grid of up to 20 lessons, to be signed on paper.
import { openSheet, palette, type Sheet } from './blocks/sheet.ts';
import { drawTable, type TableColumn, type TableRow } from './blocks/table.ts';
import { nameMissingGlyphs } from './fonts/missing-glyphs.ts';
import { readTemplate } from './read-template.ts';
import { breakLines } from './text/break-lines.ts';
import { measure } from './text/measure.ts';
import { fillWords, printDay, type Words } from './text/words.ts';
import type { LabelledFact, SignInSheet } from './types.ts';

interface SignInTemplate {
  readonly geometry: Readonly<Record<'lessonsOnSheet' | 'rowHeight' | 'gridRowHeight', number>>;
  readonly words: Readonly<Record<string, Words>>;
}

type Lessons = SignInSheet['lessons'];

/** The sheet as an A4 PDF: upright for one lesson, across for more. Throws when there is no lesson. */
export async function renderSignInSheet(data: SignInSheet): Promise<Buffer> {
  if (data.lessons.length === 0) throw new Error('A sign-in sheet needs a lesson');
  const template = readTemplate<SignInTemplate>('sign-in-sheet-1');
  const word = (key: string) => template.words[key]![data.lang];
  const single = data.lessons.length === 1;
  const title = single ? word('title') : word('gridTitle');
  const sheet = await openSheet({
    lang: data.lang,
    title: `${title} ${data.sessionName}`,
    author: data.centreName,
    layout: single ? 'portrait' : 'landscape',
    createdAt: data.createdAt,
    runningHead: `${title} – ${data.sessionName} – ${data.centreName}`,
    foot: word('legend'),
    pageNumber: word('page'),
  });
  const perSheet = template.geometry.lessonsOnSheet;
  for (let first = 0; first < data.lessons.length; first += perSheet) {
    if (first > 0) sheet.newPage();
    const lessons = data.lessons.slice(first, first + perSheet);
    drawHead(sheet, title, headFacts(data, lessons, first, word), data.sessionName);
    if (single) drawSingle(sheet, data, template, word);
    else drawGrid(sheet, data, lessons, template, word);
    drawSignatures(sheet, ['trainer', 'supervisor', 'day'].map(word));
  }
  return sheet.finish();
}

function headFacts(
  data: SignInSheet,
  lessons: Lessons,
  first: number,
  word: (key: string) => string,
): LabelledFact[] {
  const facts = [{ label: word('centre'), value: data.centreName }, ...data.facts];
  const [only] = lessons;
  if (data.lessons.length === 1 && only !== undefined) {
    facts.push({ label: word('lessonTime'), value: `${printDay(only.day, data.lang)} ${only.time}` });
    if (only.topic !== null) facts.push({ label: word('topic'), value: only.topic });
  } else {
    const values = { from: first + 1, to: first + lessons.length, all: data.lessons.length };
    facts.push({ label: word('lesson'), value: fillWords(word('lessons'), values) });
  }
  const count = fillWords(word('peopleValue'), { count: data.trainees.length });
  return [...facts, { label: word('people'), value: count }];
}

function drawHead(sheet: Sheet, title: string, facts: readonly LabelledFact[], sessionName: string): void {
  sheet.paragraph(title, { style: 'sansBold', size: 18, align: 'centre', leading: 1.3 });
  sheet.paragraph(sessionName, { style: 'sans', size: 11.5, align: 'centre', leading: 1.7 });
  sheet.y += 6;
  const columns = sheet.width > 600 ? 3 : 2;
  const width = sheet.width / columns;
  const size = 9;
  for (let index = 0; index < facts.length; index += columns) {
    const cells = facts.slice(index, index + columns).map(({ label, value }) => {
      const lead = measure('sans', `${label}  `, size);
      return { label, lead, lines: breakLines('sans', nameMissingGlyphs(value), size, width - lead - 10) };
    });
    const depth = Math.max(...cells.map(({ lines }) => lines.length));
    sheet.keepTogether(depth * size * 1.6);
    cells.forEach(({ label, lead, lines }, column) => {
      const x = sheet.left + column * width;
      sheet.pen.text(x, sheet.y + size, label, { style: 'sans', size, colour: palette.soft });
      lines.forEach((line, row) => {
        sheet.pen.text(x + lead, sheet.y + size + row * size * 1.45, line, {
          style: 'sans',
          size,
          colour: palette.ink,
        });
      });
    });
    sheet.y += depth * size * 1.45 + 3;
  }
  sheet.y += 5;
}

function drawSingle(
  sheet: Sheet,
  data: SignInSheet,
  template: SignInTemplate,
  word: (key: string) => string,
): void {
  const fixed: TableColumn[] = [
    { label: word('number'), width: 30, align: 'centre' },
    { label: word('name'), width: 124, align: 'left' },
    { label: word('employer'), width: 0, align: 'left' },
    { label: word('signIn'), width: 90, align: 'centre' },
    { label: word('signOut'), width: 90, align: 'centre' },
    { label: word('remark'), width: 44, align: 'centre' },
  ];
  const left = sheet.width - fixed.reduce((sum, column) => sum + column.width, 0);
  drawTable(sheet, {
    columns: fixed.map((column) => (column.width === 0 ? { ...column, width: left } : column)),
    rows: data.trainees.map((trainee, index) => ({
      cells: [`${index + 1}`, trainee.name, trainee.employer ?? '', '', '', ''],
      below: { 1: trainee.documentNumber },
    })),
    size: 9,
    grid: true,
    rowHeight: template.geometry.rowHeight,
  });
}

function drawGrid(
  sheet: Sheet,
  data: SignInSheet,
  lessons: Lessons,
  template: SignInTemplate,
  word: (key: string) => string,
): void {
  const [numberWidth, remarkWidth] = [28, 40];
  const lessonWidth = Math.min(60, (sheet.width - numberWidth - remarkWidth - 112) / lessons.length);
  const nameWidth = sheet.width - numberWidth - remarkWidth - lessonWidth * lessons.length;
  const rows: TableRow[] = data.trainees.map((trainee, index) => ({
    cells: [`${index + 1}`, trainee.name, ...lessons.map(() => ''), ''],
    below: { 1: trainee.documentNumber },
  }));
  drawTable(sheet, {
    columns: [
      { label: word('number'), width: numberWidth, align: 'centre' },
      { label: word('name'), width: nameWidth, align: 'left' },
      ...lessons.map(({ day, time }) => ({
        label: [day.slice(5), ...time.split(/\s*[-–—至]\s*/)].join('\n'),
        width: lessonWidth,
        align: 'centre' as const,
      })),
      { label: word('remark'), width: remarkWidth, align: 'centre' },
    ],
    rows,
    size: 8.5,
    headerSize: 7,
    grid: true,
    rowHeight: template.geometry.gridRowHeight,
  });
}

function drawSignatures(sheet: Sheet, labels: readonly string[]): void {
  sheet.keepTogether(40);
  sheet.y += 30;
  const width = sheet.width / labels.length;
  labels.forEach((label, index) => {
    const x = sheet.left + index * width;
    sheet.pen.text(x, sheet.y, label, { style: 'sans', size: 9, colour: palette.soft });
    const start = x + measure('sans', label, 9) + 5;
    sheet.pen.line(start, sheet.y + 2, x + width - 16, sheet.y + 2, palette.edge, 0.5);
  });
  sheet.y += 10;
}
