// How long records are kept, what is held past that, and what went.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { HeldKind } from '../../domain/retention/legal-hold.ts';
import { liftLegalHold, setLegalHold } from '../../use-cases/retention/hold-records.ts';
import { reasonText } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { showRetention } from './show-retention.ts';

export function retentionRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.retention.pattern, 'retention.view', (exchange) => showRetention(deps, exchange, freshForm())),
    post(paths.legalHolds.pattern, 'hold.set', liftForm(deps)),
    get(paths.newPersonHold.pattern, 'hold.set', (exchange) =>
      showHold(deps, exchange, 'person', freshForm()),
    ),
    post(paths.personHolds.pattern, 'hold.set', holdForm(deps, 'person')),
    get(paths.newSessionHold.pattern, 'hold.set', (exchange) =>
      showHold(deps, exchange, 'trainingSession', freshForm()),
    ),
    post(paths.sessionHolds.pattern, 'hold.set', holdForm(deps, 'trainingSession')),
  ];
}

async function showHold(deps: Deps, exchange: Exchange, kind: HeldKind, state: FormState): Promise<void> {
  const { t, actor, params } = exchange;
  const id = params['id']!;
  const isPerson = kind === 'person';
  const { name, number } = isPerson
    ? await deps.people.get(actor.scope, id).then((one) => ({ name: one.name, number: one.learnerNumber }))
    : await deps.trainingSessions.get(actor.scope, id);
  const standing = await deps.legalHolds.on(kind, id);
  const joined = isPerson ? await deps.legalHolds.onJoined(id) : [];
  const back = isPerson ? paths.person(id) : paths.trainingSession(id);
  exchange.page(
    'retention/hold',
    t('retention.hold'),
    {
      title: t('retention.hold'),
      lead: `${name} · ${number}`,
      standing: standing === null ? null : t('retention.heldBecause', { reason: standing.reason }),
      joined: joined.map((hold) => t('retention.heldWith', { label: hold.label, reason: hold.reason })),
      retention: paths.retention(),
      action: isPerson ? paths.personHolds(id) : paths.sessionHolds(id),
      back,
      reason: typeof state.values['reason'] === 'string' ? state.values['reason'] : '',
    },
    { ...formOptions(state), breadcrumb: [{ href: back, text: name }] },
  );
}

const reason = () => reasonText('retention.reason');

const holdForm = (deps: Deps, kind: HeldKind): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: reason() }),
  show: (exchange, state) => showHold(deps, exchange, kind, state),
  async act(exchange, typed) {
    await setLegalHold(deps, { actor: exchange.actor, kind, id: exchange.params['id']!, ...typed });
    return { to: paths.retention(), flash: { text: exchange.t('retention.holdSet') } };
  },
});

const liftForm = (deps: Deps): FormSpec<{ hold: string; reason: string }> => ({
  key: (fields) => `-${fields['hold'] as string}`,
  schema: Joi.object({ hold: Joi.string().max(40).required(), reason: reason() }),
  show: (exchange, state) => showRetention(deps, exchange, state),
  async act(exchange, { hold, reason: why }) {
    await liftLegalHold(deps, { actor: exchange.actor, holdId: hold, reason: why });
    return { to: paths.retention(), flash: { text: exchange.t('retention.holdLiftedNow') } };
  },
});
