// One roster import: columns to match, the preview before it is committed, or the result after.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { freshForm, type FormState } from '../kernel/form.ts';
import { showMatching } from './match-columns.ts';
import { showPreview } from './show-preview.ts';
import { showResult } from './show-result.ts';

export async function showImport(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const { scope } = exchange.actor;
  const rosterImport = await deps.rosterImports.get(scope, exchange.params.id!);
  const session = await deps.trainingSessions.get(scope, rosterImport.sessionId);
  if (rosterImport.status === 'unmatched') return showMatching(exchange, { rosterImport, session }, state);
  if (rosterImport.status !== 'checked') return showResult(deps, exchange, { rosterImport, session }, state);
  const rows = await deps.rosterImports.rowsOf(scope, rosterImport.id);
  showPreview(exchange, { rosterImport, session, rows }, state);
}
