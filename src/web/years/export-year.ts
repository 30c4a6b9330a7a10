// The year taken along: tiles, months and areas as XLSX, CSV or PDF, with definitions and the moment they stand for.
import type { Deps } from '../../deps.ts';
import { countFigures } from '../../domain/headcounts/index.ts';
import { formatInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { fileTypes } from '../kernel/file-types.ts';
import { askYear } from './ask-year.ts';
import { drawYear } from './draw-year.ts';
import { readFormat, refuseProblems } from './export-format.ts';
import { nameMembers } from './name-members.ts';
import { presentTile } from './present-tile.ts';
import { yearFilters } from './read-question.ts';
import { scopeLine } from './show-year.ts';
import { writeYear } from './write-year.ts';

export async function exportYear(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang } = exchange;
  const format = readFormat(exchange);
  const { question, now, before } = await askYear(deps, exchange, yearFilters);
  refuseProblems(question.errors);
  const { where, year, cutOff } = question;
  const query = { cutOff, scope: exchange.actor.scope, where };
  const last = before === null ? null : new Map(countFigures(before, query).map((one) => [one.code, one]));
  const figures = countFigures(now, query);
  const nameOf = await nameMembers(deps, exchange, where);
  const given = {
    question,
    now,
    before,
    figures,
    tiles: figures
      .filter((one) => one.recorded && one.value !== null)
      .map((one) => presentTile(exchange, question, one, last?.get(one.code) ?? null)),
    scope: [
      scopeLine(deps, exchange),
      ...where.map(({ dimension, member }) =>
        t('years.filter', {
          dimension: t(`years.dimension.${dimension}`),
          member: nameOf(dimension, member),
        }),
      ),
    ],
    asOf: formatInstant(lang, cutOff),
  };
  const bytes =
    format === 'pdf' ? await drawYear(deps, exchange, given) : await writeYear(deps, exchange, given, format);
  exchange.send(bytes, { type: fileTypes[format], name: `${t('years.fileName', { year })}.${format}` });
}
