// Filings: what waits for the bureau, and its decisions on sessions and their changes.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { approveFilingForm, refuseFilingForm, returnFilingForm } from './decide-filing.ts';
import { listFilings } from './list-filings.ts';
import { showFiling } from './show-filing.ts';

export function filingRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.filings.pattern, 'filing.list', (exchange) => listFilings(deps, exchange)),
    get(paths.filing.pattern, 'filing.list', (exchange) => showFiling(deps, exchange, freshForm())),
    post(paths.filingApproval.pattern, 'trainingSession.decide', approveFilingForm(deps)),
    post(paths.filingReturn.pattern, 'trainingSession.decide', returnFilingForm(deps)),
    post(paths.filingRefusal.pattern, 'trainingSession.decide', refuseFilingForm(deps)),
  ];
}
