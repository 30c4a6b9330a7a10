// The result of a committed roster: who was imported, and undo until when or why not.
import type { Deps } from '../../deps.ts';
import type { RosterImport } from '../../domain/training/roster-import.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { whyNotUndo } from '../../use-cases/training/undo-roster-import.ts';
import { formatInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';
import { loadHistory } from '../trail/load-history.ts';
import { errorFiles, fileName, importTrail } from './present-import.ts';
import { presentEnrolments } from './show-roster.ts';

/** Shows the result, also of an import that was undone since. */
export async function showResult(
  deps: Deps,
  exchange: Exchange,
  { rosterImport, session }: { rosterImport: RosterImport; session: TrainingSession },
  state: FormState,
): Promise<void> {
  const { scope } = exchange.actor;
  const all = await deps.enrolments.ofImport(scope, rosterImport.id);
  const undone = rosterImport.status === 'undone';
  const obstacle = undone ? null : await whyNotUndo(deps, scope, rosterImport, all);
  const history = await loadHistory(deps, exchange, paths.rosterImport(rosterImport.id), [
    { kind: 'rosterImport', ids: [rosterImport.id] },
  ]);
  const page = paginate(all.length, exchange.query.page, paths.rosterImport(rosterImport.id));
  const shown = undone ? [] : all.slice(page.slice.skip, page.slice.skip + page.slice.limit);
  const mayUndo = !undone && obstacle === null && exchange.may('roster.import');
  const typed = typeof state.values['reason'] === 'string' ? state.values['reason'] : '';
  exchange.page(
    'rosters/result',
    exchange.t('rosters.result', { file: fileName(exchange, rosterImport) }),
    {
      lead: countsOf(exchange, rosterImport),
      by: exchange.t('rosters.committedBy', {
        name: rosterImport.createdByName,
        when: formatInstant(exchange.lang, rosterImport.committedAt!),
      }),
      history,
      undone,
      undo: mayUndo
        ? {
            action: paths.rosterReversal(rosterImport.id),
            until: undoUntil(exchange, rosterImport),
            reason: typed,
            open: state.status !== 200,
          }
        : null,
      whyNot: obstacle === null ? '' : exchange.explain(obstacle),
      roster: paths.roster(session.id),
      log: paths.rosterImports(),
      errorFiles: rosterImport.fileId === null ? null : errorFiles(rosterImport),
      caption: exchange.t('rosters.importedPeople'),
      ...(await presentEnrolments(deps, exchange, shown, page.slice.skip)),
      pagination: shown.length < all.length && !undone ? page.model : null,
    },
    { ...formOptions(state), breadcrumb: importTrail(exchange, session) },
  );
}

function countsOf(exchange: Exchange, { committedCount, leftOutCount }: RosterImport): string {
  const committed = exchange.t('rosters.committed', { count: committedCount });
  return leftOutCount === 0
    ? committed
    : `${committed}${exchange.lang === 'en' ? ' ' : ''}${exchange.t('rosters.leftOutCount', { count: leftOutCount })}`;
}

function undoUntil(exchange: Exchange, { undoUntil: until }: RosterImport): string {
  return exchange.t('rosters.undoUntil', { when: formatInstant(exchange.lang, until!) });
}
