// npm run bulletin: states the year's 41 figures, counted now from the records; needs no secret, and a running server may
// serve the same folder meanwhile.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { district } from '../domain/accounts/scope.ts';
import { countFigures, type FigureCount } from '../domain/headcounts/index.ts';
import { connect } from '../persistence/connection.ts';
import { openHeadcounts } from '../persistence/reads/headcounts-alone.ts';
import { joinDatabase } from '../reach-database.ts';
import { formatCount } from '../web/formatting/format-count.ts';
import { formatInstant } from '../web/formatting/format-instant.ts';
import { formatUnit, isUnit } from '../web/formatting/format-unit.ts';
import type { Lang } from '../web/formatting/lang.ts';
import { figureBook } from '../web/years/figure-book.ts';
import { readArguments } from './arguments.ts';

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const given = readArguments(process.argv.slice(2), ['year', 'json', 'lang', 'data']);
  const year = given.number('year');
  if (year === null || !Number.isInteger(year) || year < 2002 || year > 2100)
    throw new Error('--year needs a year from 2002 to 2100, such as --year 2021.');
  const lang = (given.text('lang') ?? 'zh') as Lang;
  if (lang !== 'zh' && lang !== 'en') throw new Error('--lang needs zh or en.');
  const asOf = new Date();
  const figures = await countYear(given.text('data'), year, asOf);
  console.log(
    given.flag('json') ? inJson(figures, { year, asOf, lang }) : inText(figures, { year, asOf, lang }),
  );
}

async function countYear(data: string | null, year: number, asOf: Date): Promise<readonly FigureCount[]> {
  const mongodbUri = data === null ? (process.env.MONGODB_URI ?? null) : null;
  const dataDir = resolve(data ?? process.env.SKILLROLL_DATA ?? 'data/demo');
  if (mongodbUri === null && !existsSync(join(dataDir, 'data.mdb')))
    throw new Error(`There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`);
  const database = await joinDatabase({ dataDir, mongodbUri });
  try {
    const connection = await connect(database.uri, database.name);
    try {
      const headcounts = await openHeadcounts(connection);
      const { columns, recorded } = await headcounts.years([year]);
      const figures = countFigures(columns[0]!, { cutOff: asOf, scope: district });
      return recorded.includes(year)
        ? figures
        : figures.map(({ code }) => ({ code, recorded: false, value: null }));
    } finally {
      await connection.close();
    }
  } finally {
    await database.stop();
  }
}

interface Statement {
  readonly year: number;
  readonly asOf: Date;
  readonly lang: Lang;
}

function inJson(figures: readonly FigureCount[], { year, asOf, lang }: Statement): string {
  const entries = figures.map((one) => {
    const entry = figureBook().entry(lang, one.code, year)!;
    return {
      code: one.code,
      value: one.value,
      ...(one.recorded ? {} : { recorded: false }),
      unit: entry.unitWord,
      definition: entry.definition,
      version: entry.version,
    };
  });
  return JSON.stringify({ year, asOf: asOf.toISOString(), figures: entries }, null, 2);
}

function inText(figures: readonly FigureCount[], { year, asOf, lang }: Statement): string {
  const none = lang === 'zh' ? '未登记' : 'not recorded';
  const head =
    lang === 'zh'
      ? `${year}年统计，统计时点 ${formatInstant(lang, asOf)}`
      : `Figures ${year}, as of ${formatInstant(lang, asOf)}`;
  const lines = figures.map((one) => {
    const { name, unit, unitWord, version } = figureBook().entry(lang, one.code, year)!;
    const word = isUnit(unit) ? formatUnit(lang, unit, one.value ?? undefined) : unitWord;
    const value = one.value === null ? none : `${formatCount(one.value)} ${word}`;
    return `${one.code}  ${value.padStart(lang === 'zh' ? 14 : 26)}  ${name} (v${version})`;
  });
  return [head, '', ...lines].join('\n');
}
