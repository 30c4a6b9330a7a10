// Reads a sheet in a process of its own and says how far its memory rose.
import { readFileSync } from 'node:fs';
import { readRosterRow } from '../../src/domain/training/roster-row.ts';
import { streamSheet } from '../../src/sheets/read-sheet.ts';

const [path = '', limit = '0'] = process.argv.slice(2);
const file = readFileSync(path);
(globalThis as { gc?: () => void }).gc?.();
const idle = process.memoryUsage().rss;
let peak = idle;
const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
const headings = { name: ['姓名'], documentNumber: ['证件号码'], education: ['文化程度'] };
const rules = {
  today: '2021-04-20',
  startsOn: '2021-05-06',
  minimumAge: 16,
  retirementAge: { male: 60, female: 55 },
  fromPaper: false,
};
let bad = 0;
let seen = 0;

streamSheet(file, 'roster.xlsx', { headings, limits: { rows: Number(limit) } }, (row) => {
  const cells = Object.fromEntries(Object.entries(row.cells).map(([key, cell]) => [key, cell?.text ?? '']));
  if (readRosterRow({ number: row.number, cells }, rules).facts === null) bad += 1;
  if (++seen % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
}).then(
  (summary) => {
    clearInterval(look);
    process.stdout.write(JSON.stringify({ rows: summary.rowCount, bad, above: peak - idle }));
  },
  (error: unknown) => {
    process.stderr.write(String(error));
    process.exit(1);
  },
);
