// Revoking: a page of its own that says beforehand which figures will change, with a reason from a list and in words.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import {
  revocationCategories,
  whyNotRevoke,
  type RevocationCategory,
} from '../../domain/certifications/certificate.ts';
import { countRevocationEffects } from '../../domain/headcounts/index.ts';
import { revokeCertificate } from '../../use-cases/certifications/revoke-certificate.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { presentEffects, yearsSince } from '../presenting/present-effects.ts';
import { refusedForm } from './refused-form.ts';

export async function showRevocation(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, now: cutOff } = exchange;
  const { scope } = exchange.actor;
  const certificate = await deps.certificates.get(scope, exchange.params.id!);
  const refusal = whyNotRevoke(certificate);
  if (refusal !== null) return refusedForm(exchange, certificate, 'certificates.revokeTitle', refusal);
  const years = await yearsSince(deps, exchange, certificate.issuedOn);
  const effects = countRevocationEffects(years, certificate.id, { cutOff, scope });
  exchange.page(
    'certificates/revoke',
    t('certificates.revokeTitle'),
    {
      title: t('certificates.revokeTitle'),
      lead: `${certificate.holderName} · ${certificate.number}`,
      effects: presentEffects(exchange, 'certificates', effects),
      action: paths.revocation(certificate.id),
      back: paths.certificate(certificate.id),
      categories: revocationCategories.map((one) => ({
        value: one,
        text: t(`certificates.revocation.${one}`),
      })),
      values: { category: '', reason: '', ...state.values },
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.certificates(), text: t('certificates.title') },
        { href: paths.certificate(certificate.id), text: certificate.number },
      ],
    },
  );
}

export const revokeForm = (deps: Deps): FormSpec<{ category: RevocationCategory; reason: string }> => ({
  schema: Joi.object({
    category: choice('certificates.revocationCategory', revocationCategories).required(),
    reason: reasonText('certificates.reason'),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showRevocation(deps, exchange, state),
  async act(exchange, value, files) {
    await revokeCertificate(deps, {
      actor: exchange.actor,
      certificateId: exchange.params.id!,
      ...value,
      file: evidenceOf(files),
    });
    return {
      to: paths.certificate(exchange.params.id!),
      flash: { text: exchange.t('certificates.revokedDone') },
    };
  },
});
