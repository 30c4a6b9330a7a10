// The facts of a certificate in the order of the paper, for its own page, the public check and the holder.
import type { Deps } from '../../deps.ts';
import type { Certificate, Print } from '../../domain/certifications/certificate.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { maskToLastFour } from '../../domain/people/masking.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { levelName, occupationName } from '../presenting/names.ts';

export interface FactRow {
  readonly label: string;
  readonly value: string;
  readonly certificate: string | null;
  readonly href: string | null;
  readonly tag: string | null;
  readonly note: string | null;
}

/** Every certified fact; of the document number only its last four places. */
export function certifiedFacts(
  deps: Pick<Deps, 'cipher' | 'reference'>,
  exchange: Pick<Exchange, 't' | 'lang'>,
  certificate: Certificate,
  print: Print | null,
): FactRow[] {
  const { t, lang } = exchange;
  const type = documentTypes.find((one) => one.code === certificate.documentType);
  const row = (key: string, value: string, extra: Partial<FactRow> = {}): FactRow => ({
    label: t(`certificates.fact.${key}`),
    value,
    certificate: null,
    href: null,
    tag: null,
    note: null,
    ...extra,
  });
  const number = deps.cipher.open(certificate.documentNumberSealed);
  return [
    row('name', certificate.holderName),
    row('document', maskToLastFour(number), { note: type?.[lang] ?? certificate.documentType }),
    row('number', certificate.number, { certificate: certificate.number }),
    row('kind', t(`certificates.kind.${certificate.kind}`)),
    ...(certificate.occupationName === ''
      ? []
      : [
          row(
            'occupation',
            certificate.trade
              ? `${certificate.occupationName}（${certificate.trade}）`
              : certificate.occupationName,
            {
              note:
                lang === 'en' && certificate.occupationCode !== null
                  ? occupationName(deps.reference, lang, certificate.occupationCode)
                  : null,
            },
          ),
        ]),
    ...(certificate.skillLevel === null ? [] : [row('level', levelName(lang, certificate.skillLevel))]),
    ...(certificate.hours === null
      ? []
      : [row('hours', t('certificates.hours', { count: certificate.hours }))]),
    row('issuer', certificate.issuerName),
    row('issuedOn', formatDay(lang, certificate.issuedOn)),
    ...(certificate.validUntil === null ? [] : [row('validUntil', formatDay(lang, certificate.validUntil))]),
    ...(print === null
      ? []
      : [
          row('flowNumber', print.flowNumber, {
            note: print.remark === null ? null : t('certificates.remarkReissued'),
          }),
        ]),
    ...(certificate.source === null ? [] : [row('source', certificate.source)]),
    ...(certificate.verification === null
      ? []
      : [row('verification', t(`certificates.verification.${certificate.verification}`))]),
  ];
}
