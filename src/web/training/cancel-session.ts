// Cancelling a session: a page of its own that says beforehand what is cancelled and what stays.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { countCancellationEffect } from '../../domain/headcounts/index.ts';
import { sumLessons } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { cancelTrainingSession } from '../../use-cases/training/run-training-session.ts';
import { formatCount } from '../formatting/format-count.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text, version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { explainErrors } from './explain-rule.ts';
import { loadSession } from './load-session.ts';

export async function showCancellation(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { session, lessons } = await loadSession(deps, exchange.actor.scope, exchange.params['id']!);
  const planned = lessons.filter((one) => one.status === 'planned').length;
  const fact = (key: string, count: number) => ({
    label: exchange.t(`training.${key}`),
    value: formatCount(count),
  });
  exchange.page(
    'training/cancel',
    exchange.t('training.cancelTitle', { number: session.number }),
    {
      title: exchange.t('training.cancelTitle', { number: session.number }),
      lead: session.name,
      facts: [
        fact('cancelEnrolled', session.enrolled),
        fact('cancelPlanned', planned),
        fact('cancelHeld', sumLessons(lessons).heldLessons),
      ],
      uncounts: await wordEffect(deps, exchange, session),
      action: paths.sessionCancellation(session.id),
      back: paths.trainingSession(session.id),
      version: session.version,
      reason: typeof state.values['reason'] === 'string' ? state.values['reason'] : '',
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

/** How many person-times F13 loses with the session, as a sentence; null when it counts none. */
async function wordEffect(
  deps: Deps,
  { t, now, actor }: Exchange,
  { id, firstHeld, startsOn }: TrainingSession,
): Promise<string | null> {
  const start = firstHeld.at(-1)?.day ?? startsOn;
  const columns = await deps.headcounts.year(Number(start.slice(0, 4)));
  const effect = countCancellationEffect(columns, id, { cutOff: now, scope: actor.scope });
  if (effect === null) return null;
  return t('training.cancelUncounts', {
    count: effect.personTimes,
    year: String(effect.year),
    before: formatCount(effect.before),
    after: formatCount(effect.after),
  });
}

export const cancelForm = (deps: Deps): FormSpec<{ reason: string; version: number }> => ({
  schema: Joi.object({ reason: reasonText('training.field.reason'), version }),
  takes: takesEvidence,
  show: (exchange, state) => showCancellation(deps, exchange, state),
  async act(exchange, typed, files) {
    const sessionId = exchange.params['id']!;
    await cancelTrainingSession(deps, {
      actor: exchange.actor,
      sessionId,
      ...typed,
      file: evidenceOf(files),
    });
    return {
      to: paths.trainingSession(sessionId),
      flash: { text: exchange.t('training.moved.cancelled') },
    };
  },
});

/** A reason in words, as every return and refusal needs one. */
export const reasonField = text('training.field.reason', 500).min(2).required().messages({
  'any.required': 'training.enterReason',
  'string.empty': 'training.enterReason',
  'string.min': 'training.enterReason',
});
