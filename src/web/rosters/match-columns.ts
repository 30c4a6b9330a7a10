// Says which column of a file is which, when its headings were not recognised.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import type { RosterImport } from '../../domain/training/roster-import.ts';
import { rosterColumns, type RosterColumn } from '../../domain/training/roster-row.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { checkMatchedRoster } from '../../use-cases/training/match-roster-columns.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { importTrail } from './present-import.ts';
import { readRosterSheet } from './read-roster-sheet.ts';
import { requiredColumns } from './roster-headings.ts';
import { showImport } from './show-import.ts';

type Letters = Partial<Record<RosterColumn, string>>;

export function showMatching(
  exchange: Exchange,
  { rosterImport, session }: { rosterImport: RosterImport; session: TrainingSession },
  state: FormState,
): void {
  const found = rosterImport.columns;
  const options = [
    ...Object.entries(found).map(([column, letter]) => ({
      value: letter,
      text: `${letter} ${exchange.t(`rosters.label.${column}`)}`,
    })),
    ...rosterImport.unusedHeadings.map((heading) => ({ value: heading.split(' ')[0]!, text: heading })),
  ].sort((a, b) => a.value.length - b.value.length || (a.value < b.value ? -1 : 1));
  const missing = requiredColumns.filter((column) => found[column] === undefined);
  const typed = (column: RosterColumn) => {
    const value = state.values[column];
    return typeof value === 'string' ? value : (found[column] ?? '');
  };
  exchange.page(
    'rosters/match',
    exchange.t('rosters.matchTitle'),
    {
      missing: exchange.t('rosters.missingColumn', {
        columns: missing
          .map((column) => exchange.t(`rosters.column.${column}`))
          .join(exchange.lang === 'zh' ? '、' : ', '),
      }),
      action: paths.rosterColumns(rosterImport.id),
      again: paths.newRoster(session.id),
      fields: rosterColumns.map((column) => ({
        name: column,
        label: exchange.t(`rosters.label.${column}`),
        value: typed(column),
        options,
      })),
    },
    { ...formOptions(state), breadcrumb: importTrail(exchange, session) },
  );
}

const letter = Joi.string()
  .allow('')
  .pattern(/^[A-Z]{1,3}$/)
  .default('');

export const matchColumnsForm = (deps: Deps): FormSpec<Record<RosterColumn, string>> => ({
  schema: Joi.object<Record<RosterColumn, string>>(
    Object.fromEntries(rosterColumns.map((column) => [column, letter.label(`rosters.column.${column}`)])),
  ),
  show: (exchange, state) => showImport(deps, exchange, state),
  async act(exchange, value) {
    const { actor } = exchange;
    const rosterImport = await deps.rosterImports.get(actor.scope, exchange.params.id!);
    const chosen = requireColumns(value);
    const kept = await deps.keptFiles.read(rosterImport.fileId ?? '');
    const limit = settingOn(deps.reference, 'rosterRowLimit', dayOf(exchange.now));
    const { rows, file } = await readRosterSheet({ name: kept.name, bytes: kept.bytes }, limit, chosen);
    await checkMatchedRoster(deps, { actor, importId: rosterImport.id, rows, file });
    return { to: paths.rosterImport(rosterImport.id) };
  },
});

/** The chosen letters; throws InvalidInput for a needed item without a column and a column chosen twice. */
function requireColumns(value: Record<RosterColumn, string>): Letters {
  const chosen = rosterColumns.filter((column) => value[column] !== '');
  const problems = requiredColumns
    .filter((column) => value[column] === '')
    .map((column) => ({
      field: column as string,
      code: 'shared.form.choose',
      details: { label: `rosters.column.${column}` },
    }));
  for (const column of chosen)
    if (chosen.some((other) => other !== column && value[other] === value[column]))
      problems.push({ field: column, code: 'rosters.matchTwice', details: { label: '' } });
  if (problems.length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(chosen.map((column) => [column, value[column]]));
}
