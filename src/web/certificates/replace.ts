// Reissuing: a new print with the same number, on a page that says what happens to the old one.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { whyNotReplace } from '../../domain/certifications/certificate.ts';
import { replaceCertificate } from '../../use-cases/certifications/replace-certificate.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { refusedForm } from './refused-form.ts';

export async function showReplacement(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const certificate = await deps.certificates.get(exchange.actor.scope, exchange.params.id!);
  const refusal = whyNotReplace(certificate);
  if (refusal !== null) return refusedForm(exchange, certificate, 'certificates.replaceTitle', refusal);
  exchange.page(
    'certificates/replace',
    exchange.t('certificates.replaceTitle'),
    {
      title: exchange.t('certificates.replaceTitle'),
      lead: `${certificate.holderName} · ${certificate.number}`,
      action: paths.replacement(certificate.id),
      back: paths.certificate(certificate.id),
      reason: typeof state.values.reason === 'string' ? state.values.reason : '',
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.certificates(), text: exchange.t('certificates.title') },
        { href: paths.certificate(certificate.id), text: certificate.number },
      ],
    },
  );
}

export const replaceForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: reasonText('certificates.reason') }),
  takes: takesEvidence,
  show: (exchange, state) => showReplacement(deps, exchange, state),
  async act(exchange, { reason }, files) {
    const print = await replaceCertificate(deps, {
      actor: exchange.actor,
      certificateId: exchange.params.id!,
      reason,
      file: evidenceOf(files),
    });
    return {
      to: paths.certificate(exchange.params.id!),
      flash: { text: exchange.t('certificates.replaced', { flowNumber: print.flowNumber }) },
    };
  },
});
