// Proposing certificates for everyone who is eligible.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { proposeBatch } from '../../use-cases/certifications/propose-batch.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showAssessment } from './show-assessment.ts';

export const proposeBatchForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showAssessment(deps, exchange, state),
  async act(exchange) {
    const batch = await proposeBatch(deps, { actor: exchange.actor, assessmentId: exchange.params.id! });
    return {
      to: paths.certificateBatch(batch.id),
      flash: { text: exchange.t('certificates.proposed', { count: batch.candidateIds.length }) },
    };
  },
});
