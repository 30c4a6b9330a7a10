// A holder finds the own certificates without an account, sees facts and history, and downloads the PDF.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { checkOutcome } from '../../domain/certifications/certificate.ts';
import { normaliseCertificateNumber } from '../../domain/certifications/certificate-number.ts';
import { documentTypes, normaliseDocumentNumber } from '../../domain/people/document-type.ts';
import { personNameKey } from '../../domain/people/person-name.ts';
import { InvalidInput, NotFound, RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { findHolder } from '../../use-cases/certifications/find-holder.ts';
import { printFileOf } from '../../use-cases/certifications/make-print-file.ts';
import { certifiedFacts } from '../certificates/present-certificate.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { optionalText, text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { discreet, get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { levelName } from '../presenting/names.ts';
import { beginHolding, endHolding, holderOf } from './holding.ts';

export function findRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.newFind.pattern, 'public', (exchange) => showForm(exchange, freshForm())),
    post(paths.finds.pattern, 'public', findForm(deps)),
    get(paths.myCertificates.pattern, 'public', (exchange) => showOwn(deps, exchange)),
    get(paths.myCertificate.pattern, 'public', (exchange) => showOne(deps, exchange)),
    gives(
      ['pdf'],
      get(paths.myCertificateFile.pattern, 'public', (exchange) => sendFile(deps, exchange)),
    ),
    post(paths.endFind.pattern, 'public', endForm),
  ].map(discreet);
}

function showForm(exchange: Exchange, state: FormState): void {
  exchange.page(
    'finds/new',
    exchange.t('finds.title'),
    {
      title: exchange.t('finds.title'),
      action: paths.finds(),
      values: {
        number: '',
        documentType: 'resident_identity_card',
        documentNumber: '',
        name: '',
        claimCode: '',
        ...state.values,
      },
      documentTypes: documentTypes.map((one) => ({ value: one.code, text: one[exchange.lang] })),
    },
    formOptions(state),
  );
}

interface Find {
  number: string | null;
  documentType: string;
  documentNumber: string | null;
  name: string;
  claimCode: string;
}

const findForm = (deps: Deps): FormSpec<Find> => ({
  schema: Joi.object({
    number: optionalText('finds.number', 60),
    documentType: Joi.string()
      .valid(...documentTypes.map((one) => one.code))
      .default('resident_identity_card')
      .label('finds.documentType'),
    documentNumber: optionalText('finds.documentNumber', 40),
    name: text('finds.name', 60).required(),
    claimCode: text('finds.claimCode', 40).required(),
  }),
  show: showForm,
  async act(exchange, value) {
    if (value.number === null && value.documentNumber === null)
      throw new InvalidInput([{ field: 'number', code: 'finds.numberOrDocument' }]);
    const personId = await findHolder(deps, {
      certificateNumber: value.number === null ? null : normaliseCertificateNumber(value.number),
      documentType: value.documentType,
      documentNumber: value.documentNumber === null ? null : normaliseDocumentNumber(value.documentNumber),
      nameKey: personNameKey(value.name),
      claimCode: value.claimCode,
      address: exchange.address,
    });
    beginHolding(exchange, personId);
    return { to: paths.myCertificates() };
  },
});

async function showOwn(deps: Deps, exchange: Exchange): Promise<void> {
  const personId = holderOf(exchange);
  if (personId === null) return exchange.redirect(paths.newFind());
  const scope = { kind: 'self', personId } as const;
  const found = await deps.certificates.find(
    scope,
    { status: { $ne: 'undone' } },
    { sort: { issuedOn: -1 } },
  );
  exchange.page('finds/own', exchange.t('finds.own'), {
    title: exchange.t('finds.own'),
    end: paths.endFind(),
    record: paths.myRecord(),
    requests: paths.myRequests(),
    cards: found.map((one) => ({
      href: paths.myCertificate(one.id),
      title: `${exchange.t(`certificates.kind.${one.kind}`)} · ${one.occupationName}`,
      number: one.number,
      text: [levelName(exchange.lang, one.skillLevel), one.issuerName, formatDay(exchange.lang, one.issuedOn)]
        .filter((part) => part !== '—')
        .join(' · '),
      tag: one.origin === 'recorded' && one.status === 'valid' ? 'recordedElsewhere' : one.status,
    })),
  });
}

async function ownCertificate(deps: Deps, exchange: Exchange) {
  const personId = holderOf(exchange);
  if (personId === null) throw new NotFound();
  return deps.certificates.get({ kind: 'self', personId }, exchange.params.id!);
}

async function showOne(deps: Deps, exchange: Exchange): Promise<void> {
  const { t } = exchange;
  const certificate = await ownCertificate(deps, exchange);
  const prints = await deps.prints.of([certificate]);
  const current = prints.find((one) => one.id === certificate.currentPrintId) ?? null;
  const outcome = checkOutcome(certificate, current, dayOf(exchange.now));
  exchange.page(
    'finds/one',
    certificate.number,
    {
      title: t('finds.one'),
      tag: outcome === 'elsewhere' ? 'recordedElsewhere' : outcome,
      facts: certifiedFacts(deps, exchange, certificate, current),
      download:
        current !== null && certificate.status === 'valid' ? paths.myCertificateFile(certificate.id) : null,
      history: [
        ...prints.map((one) => ({
          when: formatDay(exchange.lang, one.madeOn),
          what: t(one.remark === null ? 'finds.printed' : 'finds.reprinted', { flowNumber: one.flowNumber }),
          who: null,
          note: null,
          href: null,
        })),
        ...(certificate.revokedOn === null
          ? []
          : [
              {
                when: formatDay(exchange.lang, certificate.revokedOn),
                what: t('finds.revoked'),
                who: null,
                note: t(`certificates.revocation.${certificate.revocationCategory ?? 'other'}`),
                href: null,
              },
            ]),
      ],
    },
    { breadcrumb: [{ href: paths.myCertificates(), text: t('finds.own') }] },
  );
}

async function sendFile(deps: Deps, exchange: Exchange): Promise<void> {
  const certificate = await ownCertificate(deps, exchange);
  if (certificate.status !== 'valid' || certificate.currentPrintId === null)
    throw new RuleBroken('certificates.noDownload');
  const bytes = await printFileOf(deps, certificate, certificate.currentPrintId);
  exchange.send(bytes, { type: 'application/pdf', name: `${certificate.number}.pdf` });
}

const endForm: FormSpec<object> = {
  schema: Joi.object({}),
  show: (exchange) => exchange.redirect(paths.front()),
  async act(exchange) {
    endHolding(exchange);
    return { to: paths.front() };
  },
};
