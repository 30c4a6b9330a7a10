// One filing to decide: a submitted session with its checks, or a change of a filed session, old beside new.
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { handsOnChange, type SessionChange } from '../../domain/training/session-change.ts';
import { handsOnSession } from '../../domain/training/session-steps.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { evidenceLinks } from '../evidence/evidence-links.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { loadSession, type SessionRecords } from '../training/load-session.ts';
import { presentDifferences } from '../training/present-changes.ts';
import { presentFacts } from '../training/present-session.ts';
import { sessionHistory } from '../training/session-history.ts';
import { presentChecks } from './present-checks.ts';

/** The session a filing is about, and the change when it is one; throws NotFound outside the scope. */
export async function loadFiling(
  deps: Deps,
  exchange: Exchange,
): Promise<{ records: SessionRecords; change: SessionChange | null }> {
  const { scope } = exchange.actor;
  const id = exchange.params['id']!;
  const change = await deps.sessionChanges.findOne(scope, { _id: id });
  return { records: await loadSession(deps, scope, change?.sessionId ?? id), change };
}

export async function showFiling(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const { records, change } = await loadFiling(deps, exchange);
  const { session } = records;
  const id = exchange.params['id']!;
  const status = change?.status ?? session.status;
  if (change === null && session.status === 'draft') throw new NotFound();
  const pending = status === 'submitted';
  const second = isSecondPerson(actor, change === null ? handsOnSession(session) : handsOnChange(change));
  const decidable = pending && second && exchange.may('trainingSession.decide');
  const { checks, warns } = pending
    ? await presentChecks(deps, exchange, records, change)
    : { checks: [], warns: false };
  const files = await evidenceLinks(deps, exchange, [change?.evidenceId]);
  const history = await sessionHistory(deps, exchange, paths.filing(id), records);
  exchange.page(
    'filings/show',
    `${session.name} - ${session.number}`,
    {
      title: session.name,
      tag: status,
      lead: t(change === null ? 'filings.sessionLead' : 'filings.changeLead', {
        number: session.number,
        centre: records.centreName,
        when: formatShortInstant(change?.createdAt ?? session.changedAt),
      }),
      secondPerson: pending && !second ? t('accounts.secondPerson') : null,
      differences: change === null ? null : presentDifferences(deps, exchange, change, records.names),
      reasonGiven: change?.reason ?? null,
      file: files.get(change?.evidenceId ?? '') ?? null,
      checks,
      warns,
      warningReason: valueOf(state, 'warningReason'),
      facts: presentFacts(deps, exchange, records),
      history,
      sessionHref: paths.trainingSession(session.id),
      version: session.version,
      approveText: t(change === null ? 'training.step.approved' : 'filings.approveChange'),
      approveLead: t(change === null ? 'filings.approveLead' : 'filings.approveChangeLead'),
      otherwise: t(change === null ? 'filings.otherwise' : 'filings.returnChange'),
      approve: decidable ? paths.filingApproval(id) : null,
      sendBack: decidable ? paths.filingReturn(id) : null,
      refuse: decidable && change === null ? paths.filingRefusal(id) : null,
      on: session.recordedFromPaper ? session.startsOn : null,
      reason: valueOf(state, 'reason'),
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [{ href: paths.filings(), text: t('filings.title') }],
    },
  );
}

function valueOf(state: FormState, name: string): string {
  const value = state.values[name];
  return typeof value === 'string' ? value : '';
}
