// npm run bulletin: states the year's 41 figures, counted now from the records; needs no secret, and a running server may
// serve the same folder meanwhile.
import { district } from '../domain/accounts/scope.ts';
import { countFigures, type FigureCount } from '../domain/headcounts/index.ts';
import { openHeadcounts } from '../persistence/reads/headcounts-alone.ts';
import { formatCount } from '../web/formatting/format-count.ts';
import { formatInstant } from '../web/formatting/format-instant.ts';
import { formatUnit, isUnit } from '../web/formatting/format-unit.ts';
import type { Lang } from '../web/formatting/lang.ts';
import { figureBook } from '../web/years/figure-book.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { withRecords } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['year', 'json', 'lang', 'data']);
  const year = given.number('year');
  if (year === null || !Number.isInteger(year) || year < 2002 || year > 2100)
    throw new Error('--year needs a year from 2002 to 2100, such as --year 2021.');
  const lang = (given.text('lang') ?? 'zh') as Lang;
  if (lang !== 'zh' && lang !== 'en') throw new Error('--lang needs zh or en.');
  const asOf = new Date();
  const figures = await countYear(given, year, asOf);
  console.log(
    given.flag('json') ? inJson(figures, { year, asOf, lang }) : inText(figures, { year, asOf, lang }),
  );
});

function countYear(given: Arguments, year: number, asOf: Date): Promise<readonly FigureCount[]> {
  return withRecords(given, async (connection) => {
    const headcounts = await openHeadcounts(connection);
    const { columns, recorded } = await headcounts.years([year]);
    const figures = countFigures(columns[0]!, { cutOff: asOf, scope: district });
    return recorded.includes(year)
      ? figures
      : figures.map(({ code }) => ({ code, recorded: false, value: null }));
  });
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
