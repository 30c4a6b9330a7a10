// Revoking: a page of its own that says beforehand which figures will change, with a reason from a list and in words.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import {
  revocationCategories,
  type Certificate,
  type RevocationCategory,
} from '../../domain/certifications/certificate.ts';
import { countRevocationEffects, type Effect, type YearColumns } from '../../domain/headcounts/index.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { revokeCertificate } from '../../use-cases/certifications/revoke-certificate.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, text } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { presentEffects } from './present-effects.ts';

export async function showRevocation(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const certificate = await deps.certificates.get(exchange.actor.scope, exchange.params.id!);
  const effects = presentEffects(exchange, await effectsOf(deps, exchange, certificate));
  exchange.page(
    'certificates/revoke',
    t('certificates.revokeTitle'),
    {
      title: t('certificates.revokeTitle'),
      lead: `${certificate.holderName} · ${certificate.number}`,
      effects,
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

/** The years the certificate may count in: that of its issue and the five after it, up to now. */
async function effectsOf(
  deps: Deps,
  exchange: Exchange,
  certificate: Certificate,
): Promise<readonly Effect[]> {
  const first = Number(certificate.issuedOn.slice(0, 4));
  const last = Math.min(Number(dayOf(exchange.now).slice(0, 4)), first + 5);
  const years: YearColumns[] = [];
  for (let year = first; year <= Math.max(first, last); year += 1)
    years.push(await deps.headcounts.year(year));
  return countRevocationEffects(years, certificate.id, { cutOff: exchange.now, scope: exchange.actor.scope });
}

export const revokeForm = (deps: Deps): FormSpec<{ category: RevocationCategory; reason: string }> => ({
  schema: Joi.object({
    category: choice('certificates.revocationCategory', revocationCategories).required(),
    reason: text('certificates.reason', 500).min(5).required(),
  }),
  show: (exchange, state) => showRevocation(deps, exchange, state),
  async act(exchange, value) {
    await revokeCertificate(deps, { actor: exchange.actor, certificateId: exchange.params.id!, ...value });
    return {
      to: paths.certificate(exchange.params.id!),
      flash: { text: exchange.t('certificates.revokedDone') },
    };
  },
});
