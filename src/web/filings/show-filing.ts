// One filing to decide: a submitted session with its checks, or a change of a filed session, old beside new.
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import { ApplicationError, InvalidInput, NotFound } from '../../domain/shared/errors.ts';
import type { SessionChange } from '../../domain/training/session-change.ts';
import {
  factsOf,
  hoursNeeded,
  requireFiling,
  requireSoundFacts,
} from '../../domain/training/session-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from '../training/explain-rule.ts';
import { loadSession, type SessionRecords } from '../training/load-session.ts';
import { presentDifferences, presentHistory } from '../training/present-changes.ts';
import { presentFacts } from '../training/present-session.ts';

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
  const involved = change === null ? [session.createdBy, session.submittedBy] : [change.createdBy];
  const second = isSecondPerson(actor, involved);
  const decidable = pending && second && exchange.may('trainingSession.decide');
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
      checks: pending ? await presentChecks(deps, exchange, session, change) : [],
      facts: presentFacts(deps, exchange, records),
      history: presentHistory(exchange, records),
      sessionHref: paths.trainingSession(session.id),
      version: session.version,
      approve: decidable ? paths.filingApproval(id) : null,
      sendBack: decidable ? paths.filingReturn(id) : null,
      refuse: decidable && change === null ? paths.filingRefusal(id) : null,
      on: session.recordedFromPaper ? session.startsOn : null,
      reason: typeof state.values['reason'] === 'string' ? state.values['reason'] : '',
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [{ href: paths.filings(), text: t('filings.title') }],
    },
  );
}

/** Each check of a filing (C14 class hours and practice, C16 filing of the centre, C17 what is taught) with its outcome. */
async function presentChecks(
  deps: Deps,
  exchange: Exchange,
  session: TrainingSession,
  change: SessionChange | null,
) {
  const { t } = exchange;
  const facts = factsOf({ ...session, ...change?.after });
  const centre = await deps.organisations.get(exchange.actor.scope, session.centreId);
  const need = hoursNeeded(facts, deps.reference);
  const attempt = (check: () => void): string | null => {
    try {
      check();
      return null;
    } catch (error) {
      if (!(error instanceof ApplicationError)) throw error;
      return error instanceof InvalidInput
        ? error.problems.map((problem) => exchange.explain(problem)).join(t('shared.comma'))
        : exchange.explain(error);
    }
  };
  const row = (key: string, note: string | null, otherwise: string) => ({
    label: t(`filings.check.${key}`),
    value: note ?? otherwise,
    tag: note === null ? 'done' : 'problem',
  });
  const sound = attempt(() => requireSoundFacts(facts, centre, deps.reference));
  const filed = attempt(() => requireFiling(facts, centre));
  return [
    row(
      'filed',
      filed,
      t(facts.occupationCode === null ? 'filings.check.noFiling' : 'filings.check.isFiled'),
    ),
    row(
      'hours',
      filed === null ? sound : null,
      need === null
        ? t('filings.check.noHours')
        : t('filings.check.hoursMet', {
            planned: facts.theoryHours + facts.practiceHours,
            minimum: need.hours,
          }),
    ),
  ];
}
