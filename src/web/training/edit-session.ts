// Pages that draft a session, edit a draft, and enter one of earlier days from paper.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { Conflict, NotFound } from '../../domain/shared/errors.ts';
import { factsOf } from '../../domain/training/session-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { createTrainingSession } from '../../use-cases/training/create-training-session.ts';
import { editTrainingSession } from '../../use-cases/training/edit-training-session.ts';
import { recordPastSession } from '../../use-cases/training/record-past-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { day, text, version } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from './explain-rule.ts';
import {
  factsFrom,
  sessionChoices,
  sessionFields,
  sessionValues,
  type TypedSession,
} from './session-form.ts';
import { presentStale } from './present-stale.ts';

type Mode = 'new' | 'edit' | 'past';

export async function showSessionForm(
  deps: Deps,
  exchange: Exchange,
  state: FormState,
  mode: Mode,
  session: TrainingSession | null = null,
): Promise<void> {
  const titleKey = { new: 'training.new', edit: 'training.edit', past: 'training.newPast' }[mode];
  const ownCentre = ownCentreOf(exchange);
  const stale = session !== null && state.cause instanceof Conflict;
  exchange.page(
    'training/edit',
    session === null ? exchange.t(titleKey) : `${exchange.t(titleKey)} - ${session.number}`,
    {
      title: exchange.t(titleKey),
      lead: mode === 'past' ? exchange.t('training.newPastLead') : null,
      action: {
        new: paths.trainingSessions(),
        past: paths.pastSessions(),
        edit: session === null ? '' : paths.trainingSession(session.id),
      }[mode],
      version: session?.version ?? 0,
      values: { centreId: '', submittedOn: '', ...sessionValues(state, session) },
      choices: await sessionChoices(deps, exchange, session?.centreId ?? ownCentre),
      centres:
        mode === 'past' && ownCentre === null
          ? (await deps.organisations.ofCapacity(exchange.actor.scope, 'trainingCentre')).map((one) => ({
              value: one.id,
              text: one.name,
            }))
          : null,
      past: mode === 'past',
      submit: exchange.t(mode === 'past' ? 'training.pastSubmit' : 'training.saveDraft'),
      back: session === null ? paths.trainingSessions() : paths.trainingSession(session.id),
      stale: stale ? await presentStale(deps, exchange, factsOf(session), state) : null,
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [
        { href: paths.trainingSessions(), text: exchange.t('training.title') },
        ...(session === null ? [] : [{ href: paths.trainingSession(session.id), text: session.number }]),
      ],
    },
  );
}

export async function showEditSession(deps: Deps, exchange: Exchange, state = freshForm()): Promise<void> {
  const session = await deps.trainingSessions.get(exchange.actor.scope, exchange.params['id']!);
  await showSessionForm(deps, exchange, state, 'edit', session);
}

export const newSessionForm = (deps: Deps): FormSpec<TypedSession> => ({
  schema: Joi.object<TypedSession>(sessionFields),
  show: (exchange, state) => showSessionForm(deps, exchange, state, 'new'),
  async act(exchange, typed) {
    const session = await createTrainingSession(deps, {
      actor: exchange.actor,
      centreId: requireOwnCentre(exchange),
      facts: factsFrom(typed),
    });
    return {
      to: paths.trainingSession(session.id),
      flash: { text: exchange.t('training.saved', { number: session.number }) },
    };
  },
});

export const editSessionForm = (deps: Deps): FormSpec<TypedSession & { version: number }> => ({
  schema: Joi.object<TypedSession & { version: number }>({ ...sessionFields, version }),
  show: (exchange, state) => showEditSession(deps, exchange, state),
  async act(exchange, typed) {
    const session = await editTrainingSession(deps, {
      actor: exchange.actor,
      sessionId: exchange.params['id']!,
      version: typed.version,
      facts: factsFrom(typed),
    });
    return {
      to: paths.trainingSession(session.id),
      flash: { text: exchange.t('training.saved', { number: session.number }) },
    };
  },
});

interface TypedPast extends TypedSession {
  readonly centreId: string;
  readonly submittedOn: string;
}

export const pastSessionForm = (deps: Deps): FormSpec<TypedPast> => ({
  schema: Joi.object<TypedPast>({
    ...sessionFields,
    centreId: text('training.field.centreId', 60).allow(''),
    submittedOn: day('training.field.submittedOn').required(),
  }),
  show: (exchange, state) => showSessionForm(deps, exchange, state, 'past'),
  async act(exchange, typed) {
    const session = await recordPastSession(deps, {
      actor: exchange.actor,
      centreId: ownCentreOf(exchange) ?? typed.centreId,
      facts: factsFrom(typed),
      submittedOn: typed.submittedOn,
    });
    return {
      to: paths.trainingSession(session.id),
      flash: { text: exchange.t('training.pastSaved', { number: session.number }) },
    };
  },
});

function ownCentreOf(exchange: Exchange): string | null {
  const { scope } = exchange.actor;
  return scope.kind === 'centre' ? scope.centreId : null;
}

function requireOwnCentre(exchange: Exchange): string {
  const own = ownCentreOf(exchange);
  if (own === null) throw new NotFound();
  return own;
}
