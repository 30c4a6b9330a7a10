// Withdraws a trainee, and undoes a withdrawal.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { withdrawalReasons, type WithdrawalReason } from '../../domain/training/enrol-rules.ts';
import { reinstateEnrolment, withdrawEnrolment } from '../../use-cases/training/withdraw-enrolment.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import { choice, day, optionalText, version } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showEnrolment } from './show-enrolment.ts';

interface Withdrawal {
  readonly version: number;
  readonly on: string;
  readonly reason: WithdrawalReason;
  readonly note: string | null;
}

export const withdrawalForm = (deps: Deps): FormSpec<Withdrawal> => ({
  schema: Joi.object<Withdrawal>({
    version,
    on: day('people.withdrawOn').required(),
    reason: choice('people.withdrawReason', withdrawalReasons).required(),
    note: optionalText('people.note'),
  }),
  show: (exchange, state) => showEnrolment(deps, exchange, state),
  async act(exchange, value) {
    const enrolmentId = exchange.params.id!;
    const { name } = await withdrawEnrolment(deps, { actor: exchange.actor, enrolmentId, ...value });
    return { to: paths.enrolment(enrolmentId), flash: { text: exchange.t('people.withdrawn', { name }) } };
  },
});

export const reinstatementForm = (deps: Deps): FormSpec<{ version: number; reason: string }> => ({
  schema: Joi.object({ version, reason: reasonText('people.reinstateReason', 200) }),
  takes: takesEvidence,
  show: (exchange, state) => showEnrolment(deps, exchange, state),
  async act(exchange, value, files) {
    const enrolmentId = exchange.params.id!;
    const { name } = await reinstateEnrolment(deps, {
      actor: exchange.actor,
      enrolmentId,
      ...value,
      file: evidenceOf(files),
    });
    return { to: paths.enrolment(enrolmentId), flash: { text: exchange.t('people.reinstated', { name }) } };
  },
});
