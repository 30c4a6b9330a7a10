// The steps of a programme: one button each, and the bureau's return with a reason.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { returnProgramme } from '../../use-cases/apprenticeships/move-programme.ts';
import { text } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showProgramme } from './show.ts';

type Step = (deps: Deps, command: { actor: Actor; programmeId: string }) => Promise<unknown>;

export const decideForm = (deps: Deps, step: Step, done: string): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showProgramme(deps, exchange, state),
  async act(exchange) {
    await step(deps, { actor: exchange.actor, programmeId: exchange.params.id! });
    return { to: paths.apprenticeship(exchange.params.id!), flash: { text: exchange.t(done) } };
  },
});

export const returnForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: text('apprenticeships.reason', 500).min(2).required() }),
  show: (exchange, state) => showProgramme(deps, exchange, state),
  async act(exchange, { reason }) {
    await returnProgramme(deps, { actor: exchange.actor, programmeId: exchange.params.id!, reason });
    return {
      to: paths.apprenticeship(exchange.params.id!),
      flash: { text: exchange.t('apprenticeships.returned') },
    };
  },
});
