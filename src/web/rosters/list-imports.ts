// The import log: which file, by whom, when, how many rows, what became of it.
import type { Deps } from '../../deps.ts';
import { rosterImportStatuses, type RosterImport } from '../../domain/training/roster-import.ts';
import { formatInstant, formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { fileName } from './present-import.ts';

export async function showLog(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const status = rosterImportStatuses.find((one) => one === exchange.query.status);
  const filter = status === undefined ? {} : logFilter(status, exchange.now);
  const total = await deps.rosterImports.count(scope, filter);
  const page = paginate(total, exchange.query.page, paths.rosterImports(), { status });
  const imports = await deps.rosterImports.find(scope, filter, { sort: { createdAt: -1 }, page: page.slice });
  exchange.page('rosters/imports', exchange.t('rosters.log'), {
    ...(await presentLog(deps, exchange, imports)),
    page: page.model,
  });
}

/** The address of the log narrowed to one status, as home counts link to it. */
export function logOf(status: RosterImport['status']): string {
  return withQuery(paths.rosterImports(), { status });
}

/** The imports of a status; previews only while they can still be committed. */
export function logFilter(status: RosterImport['status'], now: Date): Record<string, unknown> {
  const live = status === 'checked' || status === 'unmatched';
  return live ? { status, previewUntil: { $gt: now } } : { status };
}

/** Columns and rows of imports for the table partial. */
export async function presentLog(deps: Deps, exchange: Exchange, imports: readonly RosterImport[]) {
  const ids = [...new Set(imports.map((one) => one.sessionId))];
  const sessions = await deps.trainingSessions.find(exchange.actor.scope, { _id: { $in: ids } });
  const names = new Map(sessions.map((session) => [session.id, session.name]));
  const columns = [
    { label: exchange.t('rosters.logFile') },
    { label: exchange.t('rosters.session') },
    { label: exchange.t('rosters.logWho') },
    { label: exchange.t('rosters.logWhen') },
    { label: exchange.t('rosters.logRows'), numeric: true },
    { label: exchange.t('rosters.logResult') },
    { label: exchange.t('rosters.logUndo') },
  ];
  const rows = imports.map((one) => ({
    cells: [
      { text: fileName(exchange, one), href: paths.rosterImport(one.id) },
      { text: names.get(one.sessionId) ?? '', href: paths.roster(one.sessionId) },
      one.createdByName,
      formatShortInstant(one.createdAt),
      one.rowCount,
      resultOf(exchange, one),
      canUndo(exchange, one)
        ? exchange.t('rosters.canUndoUntil', { when: formatInstant(exchange.lang, one.undoUntil!) })
        : '',
    ],
  }));
  return { columns, rows };
}

function resultOf(exchange: Exchange, { status, committedCount: count }: RosterImport): string {
  if (status === 'committed') return exchange.t('rosters.resultCommitted', { count });
  return exchange.t(`rosters.result${status[0]!.toUpperCase()}${status.slice(1)}`);
}

function canUndo(exchange: Exchange, { status, undoUntil }: RosterImport): boolean {
  return status === 'committed' && undoUntil !== null && exchange.now <= undoUntil;
}
