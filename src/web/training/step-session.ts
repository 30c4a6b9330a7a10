// The steps forward that are one button: submit, start, complete, mark as assessed, close.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { completeTrainingSession } from '../../use-cases/training/complete-training-session.ts';
import type { SessionMove } from '../../use-cases/training/advance-session.ts';
import { submitTrainingSession } from '../../use-cases/training/move-training-session.ts';
import {
  assessTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../use-cases/training/run-training-session.ts';
import { day, version } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showSession } from './show-session.ts';

const moves = {
  submitted: submitTrainingSession,
  in_progress: startTrainingSession,
  completed: completeTrainingSession,
  assessed: assessTrainingSession,
  closed: closeTrainingSession,
} satisfies Record<string, (deps: Deps, command: SessionMove) => Promise<unknown>>;

interface TypedStep {
  readonly version: number;
  readonly on?: string;
}

/** The form of one button; sessions entered from paper also say on which day the step was taken. */
export const stepForm = (deps: Deps, step: keyof typeof moves): FormSpec<TypedStep> => ({
  schema: Joi.object<TypedStep>({ version, on: day('training.field.on').empty('') }),
  show: (exchange, state) => showSession(deps, exchange, state),
  async act(exchange, typed) {
    const sessionId = exchange.params['id']!;
    await moves[step](deps, { actor: exchange.actor, sessionId, version: typed.version, on: typed.on });
    return {
      to: paths.trainingSession(sessionId),
      flash: { text: exchange.t(`training.moved.${step}`) },
    };
  },
});
