// Shows one training session; a step that was refused comes back to the same page with its sentence.
import type { Deps } from '../../deps.ts';
import { evidenceLinks } from '../evidence/evidence-links.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from './explain-rule.ts';
import { loadSession } from './load-session.ts';
import { presentSession } from './present-session.ts';
import { sessionHistory } from './session-history.ts';

export async function showSession(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const records = await loadSession(deps, exchange.actor.scope, exchange.params['id']!);
  const { id } = records.session;
  const [history, files] = await Promise.all([
    sessionHistory(deps, exchange, paths.trainingSession(id), records),
    evidenceLinks(
      deps,
      exchange,
      records.changes.map((one) => one.evidenceId),
    ),
  ]);
  exchange.page(
    'training/show',
    `${records.session.name} - ${records.session.number}`,
    { ...presentSession(deps, exchange, records, files), history },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [{ href: paths.trainingSessions(), text: exchange.t('training.title') }],
    },
  );
}
