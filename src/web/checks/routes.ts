// Anyone checks a certificate: by the QR's address, or by number and name.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { checkOutcome } from '../../domain/certifications/certificate.ts';
import { normaliseCertificateNumber } from '../../domain/certifications/certificate-number.ts';
import { personNameKey } from '../../domain/people/person-name.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import {
  checkCertificate,
  issuerPhoneOf,
  type Checked,
} from '../../use-cases/certifications/check-certificate.ts';
import { receiptOf } from '../../use-cases/certifications/prove-receipt.ts';
import { certifiedFacts } from '../certificates/present-certificate.ts';
import { formatDay } from '../formatting/format-day.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { discreet, get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { receiptForm, showReceiptForm } from './prove-receipt.ts';

export function checkRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.newCheck.pattern, 'public', (exchange) => showForm(exchange, freshForm())),
    post(paths.checks.pattern, 'public', checkForm(deps)),
    get(paths.newReceiptProof.pattern, 'public', (exchange) => showReceiptForm(exchange, freshForm())),
    post(paths.receiptProofs.pattern, 'public', receiptForm(deps)),
    get(paths.tokenCheck.pattern, 'public', async (exchange) => {
      const checked = await checkCertificate(deps, {
        token: exchange.params.token!,
        address: exchange.address,
      });
      await showResult(deps, exchange, checked);
    }),
  ].map(discreet);
}

function showForm(exchange: Exchange, state: FormState): void {
  exchange.page(
    'checks/new',
    exchange.t('checks.title'),
    {
      title: exchange.t('checks.title'),
      action: paths.checks(),
      proof: paths.newReceiptProof(),
      values: { number: '', name: '', ...state.values },
    },
    formOptions(state),
  );
}

const checkForm = (deps: Deps): FormSpec<{ number: string; name: string }> => ({
  schema: Joi.object({
    number: text('checks.number', 60).required(),
    name: text('checks.name', 60).required(),
  }),
  show: showForm,
  async act(exchange, value) {
    const checked = await checkCertificate(deps, {
      number: normaliseCertificateNumber(value.number),
      nameKey: personNameKey(value.name),
      address: exchange.address,
    });
    await showResult(deps, exchange, checked);
    return 'answered';
  },
});

async function showResult(deps: Deps, exchange: Exchange, checked: Checked): Promise<void> {
  const { t, lang, now } = exchange;
  if (checked === null) {
    const when = t('checks.when', { when: formatShortInstant(now) });
    exchange.page(
      'checks/unknown',
      t('shared.verdict.unknown'),
      { outcome: 'unknown', text: t('shared.verdict.unknown.text'), again: paths.newCheck(), when },
      { status: 404 },
    );
    return;
  }
  const { certificate, print } = checked;
  const outcome = checkOutcome(certificate, print, dayOf(now));
  const newer = print?.replacedById
    ? (await deps.prints.of([certificate])).find((one) => one.id === print.replacedById)
    : null;
  const params: Record<string, Record<string, string>> = {
    expired: { day: formatDay(lang, certificate.validUntil ?? certificate.issuedOn) },
    revoked: {
      day: formatDay(lang, certificate.revokedOn ?? certificate.issuedOn),
      reason: t(`certificates.revocation.${certificate.revocationCategory ?? 'other'}`),
    },
    replaced: {
      day: formatDay(lang, print?.replacedOn ?? certificate.issuedOn),
      number: newer?.flowNumber ?? '',
    },
  };
  const phone = outcome === 'revoked' ? await issuerPhoneOf(deps, certificate) : null;
  exchange.page('checks/result', t(`shared.verdict.${outcome}`), {
    outcome,
    text: t(`shared.verdict.${outcome}.text`, params[outcome]),
    facts: certifiedFacts(deps, exchange, certificate, print),
    ask: phone === null ? null : t('checks.askIssuer', { phone }),
    again: paths.newCheck(),
    receipt: t('checks.receipt', {
      code: receiptOf(deps, { number: certificate.number, outcome, minute: formatShortInstant(now) }),
      when: formatShortInstant(now),
    }),
    printed: t('checks.receiptNote'),
  });
}
