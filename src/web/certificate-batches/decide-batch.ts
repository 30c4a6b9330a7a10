// A second person's decision on a batch.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { issueBatch } from '../../use-cases/certifications/issue-batch.ts';
import { returnBatch } from '../../use-cases/certifications/return-batch.ts';
import { text } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showBatch } from './show-batch.ts';

export const approveBatchForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showBatch(deps, exchange, state),
  async act(exchange) {
    const batch = await issueBatch(deps, { actor: exchange.actor, batchId: exchange.params.id! });
    return {
      to: paths.certificateBatch(batch.id),
      flash: { text: exchange.t('certificates.issued', { count: batch.certificateIds.length }) },
    };
  },
});

export const returnBatchForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: text('certificates.reason', 500).min(5).required() }),
  show: (exchange, state) => showBatch(deps, exchange, state),
  async act(exchange, { reason }) {
    const batch = await returnBatch(deps, { actor: exchange.actor, batchId: exchange.params.id!, reason });
    return {
      to: paths.certificateBatch(batch.id),
      flash: { text: exchange.t('certificates.returned', { number: batch.number }) },
    };
  },
});
