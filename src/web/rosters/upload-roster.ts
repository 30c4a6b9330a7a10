// Uploads a roster to be checked: the page with the template and the form, and what becomes of the file.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { checkRoster } from '../../use-cases/training/check-roster.ts';
import { keepUnmatchedRoster } from '../../use-cases/training/match-roster-columns.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths, withQuery } from '../paths.ts';
import { importTrail } from './present-import.ts';
import { presentLog } from './list-imports.ts';
import { readRosterSheet, requireUpload } from './read-roster-sheet.ts';

export async function showUpload(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const { scope } = exchange.actor;
  const session = await deps.trainingSessions.get(scope, exchange.params.id!);
  const imports = await deps.rosterImports.ofSession(scope, session.id);
  const { columns, rows } = await presentLog(deps, exchange, imports);
  exchange.page(
    'rosters/new',
    exchange.t('rosters.uploadTitle'),
    {
      template: {
        xlsx: withQuery(paths.rosterTemplate(session.id), { format: 'xlsx' }),
        csv: withQuery(paths.rosterTemplate(session.id), { format: 'csv' }),
      },
      action: paths.roster(session.id),
      limit: settingOn(deps.reference, 'rosterRowLimit', dayOf(exchange.now)),
      back: paths.roster(session.id),
      columns,
      imports: rows,
    },
    { ...formOptions(state), breadcrumb: importTrail(exchange, session) },
  );
}

export const uploadForm = (deps: Deps): FormSpec<object> => ({
  takes: { files: { file: ['sheet'] } },
  schema: Joi.object({}),
  show: (exchange, state) => showUpload(deps, exchange, state),
  async act(exchange, _value, files) {
    const { actor } = exchange;
    const sessionId = exchange.params.id!;
    await deps.trainingSessions.get(actor.scope, sessionId);
    const upload = requireUpload(files.find((one) => one.field === 'file'));
    const limit = settingOn(deps.reference, 'rosterRowLimit', dayOf(exchange.now));
    const { rows, file, missing } = await readRosterSheet(upload, limit);
    if (missing.length > 0) {
      const waiting = await keepUnmatchedRoster(deps, { actor, sessionId, file });
      return { to: paths.rosterImport(waiting.id) };
    }
    const { rosterImport } = await checkRoster(deps, { actor, sessionId, rows, file });
    return { to: paths.rosterImport(rosterImport.id) };
  },
});
