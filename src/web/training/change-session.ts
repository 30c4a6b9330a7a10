// A change of a filed session: the facts that may change, a reason, and whether planned lessons move along.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { Conflict } from '../../domain/shared/errors.ts';
import { changeableFields, type ChangeableFacts } from '../../domain/training/session-change.ts';
import {
  requestSessionChange,
  withdrawSessionChange,
} from '../../use-cases/training/request-session-change.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from './explain-rule.ts';
import { presentStale } from './present-stale.ts';
import { sessionChoices, sessionFields, sessionValues } from './session-form.ts';
import { showSession } from './show-session.ts';

type TypedChange = ChangeableFacts & { version: number; reason: string; moveLessons: boolean };

const factFields = Object.fromEntries(changeableFields.map((field) => [field, sessionFields[field]]));

export async function showChangeRequest(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const session = await deps.trainingSessions.get(exchange.actor.scope, exchange.params['id']!);
  const values: Record<string, string | string[]> = {
    reason: '',
    moveLessons: '',
    ...sessionValues(state, session),
  };
  exchange.page(
    'training/change',
    `${exchange.t('training.requestChange')} - ${session.number}`,
    {
      title: exchange.t('training.requestChange'),
      lead: `${session.name} · ${session.number}`,
      action: paths.sessionChanges(session.id),
      back: paths.trainingSession(session.id),
      version: session.version,
      values,
      movesLessons: values['moveLessons'] !== '' || state.status === 200,
      stale:
        state.cause instanceof Conflict
          ? await presentStale(
              deps,
              exchange,
              Object.fromEntries(changeableFields.map((field) => [field, session[field]])),
              state,
            )
          : null,
      choices: await sessionChoices(deps, exchange, session.centreId),
    },
    {
      ...formOptions(state),
      errors: explainErrors(deps.reference, exchange, state),
      breadcrumb: [
        { href: paths.trainingSessions(), text: exchange.t('training.title') },
        { href: paths.trainingSession(session.id), text: session.number },
      ],
    },
  );
}

export const requestChangeForm = (deps: Deps): FormSpec<TypedChange> => ({
  schema: Joi.object<TypedChange>({
    ...factFields,
    version,
    reason: reasonText('training.field.reason'),
    moveLessons: Joi.boolean().truthy('yes', 'on').falsy('').default(false),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showChangeRequest(deps, exchange, state),
  async act(exchange, { version: openedAt, reason, moveLessons, ...facts }, files) {
    const sessionId = exchange.params['id']!;
    await requestSessionChange(deps, {
      actor: exchange.actor,
      sessionId,
      version: openedAt,
      facts,
      moveLessons,
      reason,
      file: evidenceOf(files),
    });
    return {
      to: paths.trainingSession(sessionId),
      flash: { text: exchange.t('training.changeSubmitted') },
    };
  },
});

/** Takes a change back from the session's page; what is refused is said there. */
export const withdrawChangeForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  async show(exchange, state) {
    const { sessionId } = await deps.sessionChanges.get(exchange.actor.scope, exchange.params['id']!);
    await showSession(deps, { ...exchange, actor: exchange.actor, params: { id: sessionId } }, state);
  },
  async act(exchange) {
    const change = await withdrawSessionChange(deps, {
      actor: exchange.actor,
      changeId: exchange.params['id']!,
    });
    return {
      to: paths.trainingSession(change.sessionId),
      flash: { text: exchange.t('training.changeWithdrawn') },
    };
  },
});
