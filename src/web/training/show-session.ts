// Shows one training session; a step that was refused comes back to the same page with its sentence.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { loadHistory } from '../trail/load-history.ts';
import { explainErrors } from './explain-rule.ts';
import { loadSession } from './load-session.ts';
import { presentSession } from './present-session.ts';

export async function showSession(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const records = await loadSession(deps, exchange.actor.scope, exchange.params['id']!);
  const { id } = records.session;
  const history = await loadHistory(deps, exchange, paths.trainingSession(id), [
    { kind: 'trainingSession', ids: [id] },
  ]);
  exchange.page(
    'training/show',
    `${records.session.name} - ${records.session.number}`,
    { ...presentSession(deps, exchange, records), history },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [{ href: paths.trainingSessions(), text: exchange.t('training.title') }],
    },
  );
}
