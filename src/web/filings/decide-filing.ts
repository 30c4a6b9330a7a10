// The bureau's three answers to a filing; a change of a session has two.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { approveSessionChange, returnSessionChange } from '../../use-cases/training/decide-session-change.ts';
import {
  approveTrainingSession,
  rejectTrainingSession,
  returnTrainingSession,
} from '../../use-cases/training/move-training-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { day, text, version } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { reasonField } from '../training/cancel-session.ts';
import { loadFiling, showFiling } from './show-filing.ts';

interface TypedApproval {
  readonly version: number;
  readonly on?: string;
  readonly warningReason?: string;
}

const done = (exchange: Exchange, key: string) => ({
  to: paths.filings(),
  flash: { text: exchange.t(key) },
});

export const approveFilingForm = (deps: Deps): FormSpec<TypedApproval> => ({
  schema: Joi.object<TypedApproval>({
    version,
    on: day('training.field.on').empty(''),
    warningReason: text('filings.warningReason', 500).empty('').min(2).messages({
      'string.min': 'training.enterReason',
    }),
  }),
  show: (exchange, state) => showFiling(deps, exchange, state),
  async act(exchange, typed) {
    const { actor } = exchange;
    const { records, change } = await loadFiling(deps, exchange);
    if (change !== null)
      await approveSessionChange(deps, {
        actor,
        changeId: change.id,
        warningReason: typed.warningReason,
      });
    else
      await approveTrainingSession(deps, {
        actor,
        sessionId: records.session.id,
        version: typed.version,
        on: typed.on,
        reason: typed.warningReason,
      });
    return done(exchange, change === null ? 'training.moved.approved' : 'filings.changeApproved');
  },
});

interface TypedReason {
  readonly version: number;
  readonly reason: string;
}

export const returnFilingForm = (deps: Deps): FormSpec<TypedReason> => ({
  schema: Joi.object<TypedReason>({ version, reason: reasonField }),
  show: (exchange, state) => showFiling(deps, exchange, state),
  async act(exchange, { version: openedAt, reason }) {
    const { actor } = exchange;
    const { records, change } = await loadFiling(deps, exchange);
    if (change !== null) await returnSessionChange(deps, { actor, changeId: change.id, reason });
    else
      await returnTrainingSession(deps, {
        actor,
        sessionId: records.session.id,
        version: openedAt,
        reason,
      });
    return done(exchange, change === null ? 'training.moved.returned' : 'filings.changeReturned');
  },
});

export const refuseFilingForm = (deps: Deps): FormSpec<TypedReason> => ({
  schema: Joi.object<TypedReason>({ version, reason: reasonField }),
  show: (exchange, state) => showFiling(deps, exchange, state),
  async act(exchange, { version: openedAt, reason }) {
    const { records, change } = await loadFiling(deps, exchange);
    if (change !== null) throw new NotFound();
    await rejectTrainingSession(deps, {
      actor: exchange.actor,
      sessionId: records.session.id,
      version: openedAt,
      reason,
    });
    return done(exchange, 'training.moved.rejected');
  },
});
